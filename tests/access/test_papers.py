"""Every paper is made and opens; one that cannot be made is told in plain words, a fault of Lodestar to the administrator too."""

import inspect
import json
from datetime import timedelta
from importlib import import_module

import pytest
from django.core.management import call_command, get_commands
from django.utils import timezone

from lodestar.config import manage
from lodestar.exchange.exports.rules.files import FORMATS
from lodestar.oversight.boards.models import Board
from lodestar.oversight.recommendations.models import Report
from lodestar.platform.accounts.models import Draft
from lodestar.platform.accounts.permissions import ROLES, Permission
from lodestar.platform.audit.models import Event
from lodestar.platform.documents import made as of_made
from lodestar.platform.documents.description import BrokenDocument, Document, Heading, TooBusy, TooLong
from lodestar.platform.documents.made import KINDS
from lodestar.platform.tables.rules import KINDS as TABLES
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.web.presenters import timeline
from tests.access.asking import browser
from tests.access.papers import Found, find_papers
from tests.access.world import HERE, OWN
from tests.factories.signed_in import form

WRITES_A_FILE = ("documents.made", "buffer.write(", "write_bytes(", "encode_records(")
SUMMARY, BOARDS = Permission.CPS_SUMMARY, Permission.BOARD_MANAGE
NO_PAPER = {"seed_demo", "backup", "restore"}  # they write files for themselves


def test_every_paper_of_every_page_is_made_and_opens(world, capsys):
    found = find_papers(world)
    kinds = sorted({ending for ending, _ in found.made.values()})
    with capsys.disabled():
        print(f"{len(found.made)} papers of pages: {', '.join(kinds)}")
    assert not found.wrong, "\n".join([f"{len(found.wrong)} of {len(found.made)} papers:", *found.wrong])
    assert {"pdf", "docx", "xlsx", "csv", "json"} <= set(kinds)
    assert len(found.made) > 80


# --- commands --------------------------------------------------------------------------------------------------------------


def role_with(permission):
    return next(role for role in ROLES if permission in ROLES[role].permissions)


def as_member(world, role):
    return {"user": world.members[role].username, "tenant": HERE}


def commands(world, folder):
    """Each paper of each command: the command, what is asked, and the kind; files go into the folder."""
    where, of_summary, of_board = (world.where(role, OWN) for role in ("coordinator", *map(role_with, (SUMMARY, BOARDS))))
    with within(HERE):
        report = Report.objects.get(id=where["report_id"]).title
        board = Board.objects.get(id=of_board["board_id"]).name
    today, case = timezone.localdate().isoformat(), where["reference"]
    as_user, reasons = as_member(world, "coordinator"), {"recipient": "A partner", "reason": "They asked"}
    given = as_user | reasons
    answers = folder / "answers.json"
    answers.write_text(json.dumps({"answers": {"pv-under-age": "no", "pv-want-to-submit-nrm": "no"}}))
    month = {"first": "2026-03-01", "last": "2026-03-31", "reason": "A check", "known": "", **as_user}
    for kind in KINDS:
        summary = as_member(world, role_with(SUMMARY)) | reasons
        yield "cps_summary", [of_summary["reference"], 1], summary | {"kind": kind, "folder": folder}, kind
        pack = {"as_at": today, "out": folder / f"pack.{kind}"}
        yield "boards_pack", [board], as_member(world, role_with(BOARDS)) | pack, kind
        yield "referral_pack", [str(answers)], {"kind": kind}, kind
    yield "respond", [report], as_user | {"as_at": today, "folder": folder / "response"}, ""
    yield "guidance_pack", [], {"to": str(folder / "essentials.html"), "tenant": HERE}, "html"
    for name in TABLES:
        for kind in ("csv", "xlsx"):
            yield "import_template", [name], {"form": kind}, kind
    for kind in FORMATS:
        yield "export_htcds", [case], given | {"use": "support", "kind": kind, "crossing": "They asked"}, kind
        for numbers, period in (("aggregate", "2026-Q1"), ("figure", "2026-Q1"), ("return", "2026-03")):
            yield "export_numbers", [numbers, period], given | {"format": kind}, kind
    yield "service_list", ["export"], as_user, "json"
    yield "settings_file", ["export", str(folder / "settings.json")], as_user, "json"
    yield "figure", [], month | {"json": True}, "json"
    yield "measures", [], month | {"json": True}, "json"


def test_every_paper_of_every_command_is_made_and_opens(world, tmp_path, capsysbinary):
    found, ran = Found(), set()
    for command, words, options, kind in commands(world, tmp_path):
        name, before = " ".join(map(str, [command, *words, kind])), set(tmp_path.rglob("*.*"))
        ran.add(command)
        try:
            call_command(command, *words, **options)
        except BaseException as fault:  # SystemExit too
            found.wrong.append(f"{name}: {type(fault).__name__}: {fault}")
            continue
        printed, files = capsysbinary.readouterr().out, sorted(set(tmp_path.rglob("*.*")) - before)
        for file in files:
            found.open(f"{name}: {file.name}", file.suffix.removeprefix("."), file.read_bytes())
        if not files:
            found.open(name, kind, printed)
    with capsysbinary.disabled():
        print(f"{len(found.made)} papers of {len(ran)} commands")
    assert not found.wrong, "\n".join([f"{len(found.wrong)} of {len(found.made)} papers:", *found.wrong])
    assert papers_written_by_commands() - NO_PAPER <= ran, "name the new command in `commands`"


def test_a_command_that_cannot_make_its_paper_says_so_in_a_line(monkeypatch):
    def broken():
        raise BrokenDocument("a heading is empty")

    monkeypatch.setattr(manage, "_execute", broken)
    with pytest.raises(SystemExit, match=r"^This paper could not be made: a heading is empty\.$"):
        manage.main()


def papers_written_by_commands():
    """The commands of Lodestar that write a file, by what stands in their code."""
    ours = [(name, app) for name, app in get_commands().items() if app.startswith("lodestar.")]
    code = {name: inspect.getsource(import_module(f"{app}.management.commands.{name}")) for name, app in ours}
    return {name for name, text in code.items() if any(mark in text for mark in WRITES_A_FILE)}


# --- what cannot be made ---------------------------------------------------------------------------------------------------


@pytest.fixture
def paper(world):
    """A browser at work and the address of a timeline as PDF."""
    return browser(world, "coordinator"), f"/cases/{world.where('coordinator', OWN)['reference']}/timeline/pdf"


def refuse_with(monkeypatch, fault):
    def make(document):
        raise fault

    monkeypatch.setitem(of_made.KINDS, "pdf", of_made.Kind("application/pdf", make))


REFUSALS = [
    (TooBusy("Try again in a minute."), 503, "60", b"Try again in a minute."),
    (TooLong("Shorten the longest answers."), 422, None, b"Shorten the longest answers."),
    (BrokenDocument("skipped a level", "Petra", word_works=True), 503, None, b"data-told"),
]


@pytest.mark.parametrize(("fault", "status", "again", "words"), REFUSALS)
def test_what_cannot_be_made_is_a_page_in_plain_words(world, paper, monkeypatch, fault, status, again, words):
    client, address = paper
    refuse_with(monkeypatch, fault)
    answer = client.get(address)
    assert (answer.status_code, answer.headers.get("Retry-After")) == (status, again)
    assert words in answer.content
    assert b"Petra" not in answer.content
    assert (b"/timeline/docx" in answer.content) is fault.word_works
    with within(HERE):
        assert not Event.objects.filter(code="cases.timeline_printed", recorded_at__gte=timezone.now() - timedelta(minutes=1))


def test_a_heading_that_skips_a_level_is_told_to_the_administrator(world, paper, monkeypatch, caplog):
    client, address = paper

    def broken(case, lines, now):
        return Document("A title", "OFFICIAL", "Foot", now.date(), (Heading("Of Petra", 3),))

    monkeypatch.setattr(timeline, "paper", broken)
    administrator = browser(world, "administrator")
    before = administrator.get("/my-work").content.count(b"data-service")
    answer = client.get(address)
    assert (answer.status_code, b"data-told" in answer.content, b"data-word" in answer.content) == (503, True, False)
    assert "case-timeline-paper could not be made: a heading of level 3 follows one of level 1" in caplog.text
    assert "Petra" not in caplog.text
    shown = administrator.get("/my-work").content
    assert shown.count(b"data-service") == before + 1
    assert b"case-timeline-paper" in shown


def test_a_form_that_a_paper_stopped_did_nothing_and_stays_a_draft(world, monkeypatch):
    from lodestar.exchange.assess import views

    def broken(*given, **more):
        raise TooBusy("Try again in a minute.")

    monkeypatch.setattr(views, "redirect", broken)
    client, typed = browser(world, "coordinator"), form(wrong="The list is not what I have")
    answer = client.post("/wrong", typed)
    assert (answer.status_code, b"data-kept" in answer.content) == (503, True)
    with within(HERE):
        assert Draft.objects.filter(key=typed["submission_key"]).exists()
