"""A response from draft to publication: who may what, what is refused, frozen versions, recomputed numbers, files."""

import re
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from lodestar.oversight.measures.rules.facts import Period, year_to_quarter
from lodestar.oversight.recommendations.actions import Refused as StepRefused
from lodestar.oversight.recommendations.queries import steps_of
from lodestar.oversight.releases.models import Release
from lodestar.oversight.requirements.actions import link_evidence, record_requirement
from lodestar.oversight.requirements.evidence import (
    CANNOT_TELL,
    EVIDENCED,
    KINDS,
    WEAK,
    Evidence,
    EvidenceKind,
    query_of,
    read_query,
)
from lodestar.oversight.responses import actions, queries
from lodestar.oversight.responses.models import Paragraph, Response
from lodestar.oversight.responses.rules import documents, paragraphs
from lodestar.platform.audit.models import Event
from lodestar.platform.documents.description import restored, texts
from lodestar.platform.notices.models import Notice
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from tests.factories.accounts import a_member
from tests.factories.recommendations import ReportFactory
from tests.factories.responses import AskedFactory
from tests.factories.signed_in import html_of, read, sent, signed_in
from tests.factories.statements import at_most

STATES = {"met": EVIDENCED, "few": EVIDENCED, "untold": CANNOT_TELL, "told": WEAK}
ACTION = {"kind": "action", "words": "Train the rest", "role": "Training lead", "references": [("plan_item", "7")]}


@pytest.fixture
def numbers(monkeypatch):
    """Kinds of evidence whose numbers a test changes."""
    said = {"met": (30, 40), "few": (2, 40), "untold": (), "told": (50,)}

    def read(kind):
        def of(keys, period, at):
            found = {}
            for key in keys:
                value = said.get(key, ())
                words = f"{' of '.join(map(str, value)) or 'Cannot tell'}, {period.first} to {period.last}"
                query = query_of(kind, key, period, at)
                found[key] = Evidence(kind, key, f"About {key}", words, STATES.get(key, EVIDENCED), query, numbers=value)
            return found

        return of

    for kind, name, keys in (("measure", "Measures", STATES), ("plan_item", "Plan", "7")):
        monkeypatch.setitem(
            KINDS, kind, EvidenceKind(kind, name, lambda k=keys: [(key, f"About {key}") for key in k], read(kind))
        )
    return said


@pytest.fixture
def force(fenmarch, numbers):
    """A report with a recommendation to chief constables and one to both, evidence linked to the first; who answers it."""
    people = SimpleNamespace(
        writer=a_member("coordinator"), chief=a_member("chief_officer"), body=a_member("policing_body"),
        secretary=a_member("board_secretary"), officer=a_member("frontline"),
    )  # fmt: skip
    people.report = ReportFactory(title="The hidden victims", published_on=timezone.localdate() - timedelta(days=20))
    now, by = timezone.now(), {"by": people.writer, "at": timezone.now()}
    requirement = record_requirement(
        **by, standard="hidden_victims", code="R3", edition=date(2021, 5, 26), kind="recommendation", text="Deploy", source="x"
    )
    for key in ("met", "untold", "told"):
        link_evidence(**by, requirement=requirement, kind="measure", key=key)
    people.third = AskedFactory(report=people.report, requirement=requirement)
    people.fourth = AskedFactory(report=people.report, number="R4", addressees=["chief_constable", "policing_body"])
    AskedFactory(report=people.report, number="R1", addressees=["home_office"])
    people.row = actions.begin(**by, report=people.report, period=year_to_quarter(timezone.localdate(now)))
    return people


def write(force, recommendation, kind="fact", *keys, by=None, side="force", **more):
    given = {"references": [("measure", key) for key in keys], "due_on": date(2027, 3, 1) if kind == "action" else None} | more
    return actions.write(
        by=by or force.writer, at=timezone.now(), response=force.row, side=side, recommendation=recommendation, kind=kind, **given
    )


@contextmanager
def refusal(code, of=actions.Refused):
    with pytest.raises(of) as refused:
        yield
    assert refused.value.code == code


def answered(force):
    """A draft that answers both recommendations."""
    write(force, force.third, "assurance", "met", words="Investigators are allocated in time, 30 of them")
    write(force, force.third, **ACTION)
    write(force, force.fourth, "fact", "few", words="Of 40 people 2 had no plan; 50 were seen")
    write(force, force.fourth, "no_action", words="The navigator begins in March")


def approved(force):
    answered(force)
    actions.submit(by=force.writer, at=timezone.now(), response=force.row)
    return actions.decide(by=force.chief, at=timezone.now(), response=force.row, approved=True)


def published(force):
    approved(force)
    write(force, force.fourth, "action", by=force.body, side="body", words="Pay for a navigator", role="Head of commissioning")
    actions.comment(by=force.body, at=timezone.now(), response=force.row, letter={"sender": "Police and crime panel"})
    url = "https://example.org/answer"
    today = timezone.localdate()
    copied = ["copied_hmicfrs", "copied_home_secretary"]
    return actions.publish(by=force.body, at=timezone.now(), response=force.row, url=url, happened_on=today, copied=copied)


def test_an_assurance_that_records_cannot_tell_is_refused_and_kept(force):
    with refusal("cannot_tell"):
        write(force, force.third, "assurance", "untold", words="We are sure")
    row = write(force, force.third, "fact", "untold", words="It was looked at")
    assert (row.mark, write(force, force.third, "fact", "told", words="50 came").mark) == ("cannot_tell", "weak")
    path = f"/responses/{force.row.id}/parts/R3/new"
    typed = {"kind": "assurance", "words": "We are surely sure", "cites": ["measure:untold"], "version": "0"}
    page = sent(force.writer, path, **typed)
    assert page.status_code == 422
    assert "We are surely sure" in page.content.decode()
    assert sent(force.writer, path, **typed | {"kind": "gap"}).status_code == 302
    part = html_of(signed_in(page.client, force.writer), f"/responses/{force.row.id}/parts/R3")
    assert re.findall(r'data-mark="(\w+)"', part) == ["cannot_tell", "weak"]
    assert len(re.findall("data-own", part)) == 0


def test_suggestions_are_facts_and_gaps_and_are_chosen(force):
    found = queries.suggestions([force.third, force.fourth], Period(force.row.first, force.row.last), timezone.now())
    assert [(row.kind, row.references) for row in found] == [
        ("fact", [["measure", "met"]]), ("gap", [["measure", "untold"]]), ("fact", [["measure", "told"]])
    ]  # fmt: skip
    path = f"/responses/{force.row.id}/parts/R3/suggest"
    assert sent(force.writer, path, keep=["measure:untold"]).status_code == 302
    (row,) = queries.paragraphs_at(force.row, timezone.now())
    assert (row.kind, row.words) == ("gap", "")
    client = signed_in(sent(force.writer, path).client, force.writer)
    assert "measure:untold" not in html_of(client, path)
    nothing = html_of(client, f"/responses/{force.row.id}/parts/R4/suggest")
    assert "Nothing is left to suggest" in nothing
    assert 'class="govuk-button"' not in nothing


def test_it_is_not_submitted_until_each_is_answered(force, monkeypatch):
    write(force, force.third, "assurance", "met", words="We are sure")
    write(force, force.third, **ACTION)
    with pytest.raises(actions.Refused, match=r"R4$"):
        actions.submit(by=force.writer, at=timezone.now(), response=force.row)
    write(force, force.fourth, "no_action", words="Not ours")
    monkeypatch.setitem(STATES, "met", CANNOT_TELL)  # the records changed since it was written
    with pytest.raises(actions.Refused, match=r"R3$"):
        actions.submit(by=force.writer, at=timezone.now(), response=force.row)
    monkeypatch.setitem(STATES, "met", EVIDENCED)
    actions.submit(by=force.writer, at=timezone.now(), response=force.row)
    assert Notice.objects.filter(to_id=force.chief.user, kind=actions.NEXT, subject=str(force.row.id)).exists()


def test_who_approves_did_not_write(force):
    answered(force)
    actions.submit(by=force.writer, at=timezone.now(), response=force.row)
    both = replace(force.writer, roles=(*force.writer.roles, "chief_officer"))
    with refusal("author"):
        actions.decide(by=both, at=timezone.now(), response=force.row, approved=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(id=force.row.id).update(approved_by=force.writer.user)
    with refusal("reason"):
        actions.decide(by=force.chief, at=timezone.now(), response=force.row, approved=False)
    actions.decide(by=force.chief, at=timezone.now(), response=force.row, approved=False, note="Say more of R4")
    assert (force.row.state, Notice.objects.filter(to_id=force.writer.user, kind=actions.BACK).count()) == ("draft", 1)


def test_a_version_stays_as_it_was_frozen(force, numbers):
    version = approved(force)
    first = force.row.versions.get(number=1)
    numbers["met"] = (1, 1)
    with refusal("state"):
        write(force, force.third, "gap", words="Later")
    version.refresh_from_db()
    assert (version.content["evidence"], version.content["paragraphs"]) == (
        first.content["evidence"],
        first.content["paragraphs"],
    )
    shown = " ".join(texts(queries.document_of(version, "briefing", timezone.now())))
    assert "30 of 40" in shown
    content = queries.content_of(
        force.report, queries.paragraphs_at(force.row, timezone.now()), Period(force.row.first, force.row.last), timezone.now()
    )
    assert "1 of 1" in " ".join(each["words"] for each in content["evidence"])
    page = html_of(signed_in(sent(force.writer, "/x").client, force.writer), f"/responses/{force.row.id}/versions/2")
    assert "data-same" in page
    assert [step.step for step in steps_of(force.report)] == ["chief_comments"]


def test_every_number_is_counted_again_by_its_query(force):
    """Of what Lodestar wrote: apart from quoted texts, dates and authors' own words each number is one of evidence."""
    version = published(force)
    commented = force.row.versions.get(number=version.number - 1)
    for row in (commented, force.row.versions.get(number=1)):
        evidence = paragraphs.evidence_of(row.content)
        own = [each["words"] for each in row.content["paragraphs"]] + [each["text"] for each in row.content["recommendations"]]
        for name in documents.MADE:
            described = restored(row.documents[name])
            for text in texts(described)[2:]:
                for words in sorted(filter(None, own), key=len, reverse=True):
                    text = text.replace(words, "")
                cited = [int(number) for number in re.findall(r"\[E(\d+)\]", text)]
                again = [read_query(evidence[number].query) for number in cited]
                assert [each.words for each in again] == [evidence[number].words for number in cited]
                if "Query: " in text:
                    continue
                for each in again:
                    text = text.replace(each.words, "").replace(each.title, "")
                assert documents_numbers(text, row.content) == [], text
        annex = [text for text in texts(restored(row.documents["annex"])) if "Query: " in text]
        assert len(annex) == len(evidence)
        for text in annex:
            again = read_query(re.search("Query: (.+)", text)[1])
            assert text.startswith(again.words)
    assert version.documents


def documents_numbers(text, content):
    """Numbers of a text that are no reference, no code of a recommendation, no address and no date."""
    text = re.sub(r"\[E\d+\]|\bR\d[a-g]?\b|section 55 of the Police Act 1996|2 Marsham Street, London SW1P 4DF", "", text)
    text = re.sub(r"\d{1,2} [A-Z]\w+ \d{4}(, \d\d:\d\d)?", "", text)
    return re.findall(r"\d+", text)


def test_small_numbers_are_hidden_in_what_is_published_and_registered(force):
    version = published(force)
    shown = " ".join(text for name in documents.MADE for text in texts(restored(version.documents[name])))
    assert "2 of 40" not in shown
    assert "Of 40 people fewer than 5 had no plan" in shown
    release = Release.objects.get(kind="response")
    assert [row[2] for row in release.content["rows"]] == ["No", "Yes"]
    assert html_of(signed_in(sent(force.writer, "/x").client, force.writer), f"/exports/numbers/{release.id}")
    done = [step.step for step in steps_of(force.report)]
    assert done == ["chief_comments", "policing_body_comments", "published", "copied_hmicfrs", "copied_home_secretary"]


def test_who_is_not_of_the_force_reads_no_small_number_before_it_leaves(force):
    approved(force)
    here = f"/responses/{force.row.id}"
    write(force, force.fourth, "fact", "few", by=force.body, side="body", words="Of 40 people 2 had no plan")
    pages = [f"{here}/parts/R4", f"{here}/parts/R4/new", *(f"{here}/versions/{number}" for number in (1, 2))]
    pages += [f"{here}/documents/{name}?version={number}&part={nth}"
              for name in documents.MADE for number in (1, 2) for nth in range(6)]  # fmt: skip
    small = re.compile(r"\b2 of 40|40 people 2")
    assert not [page for page in pages if small.search(read(force.body, page))]
    assert small.search(read(force.writer, pages[0]))
    assert small.search(read(force.chief, pages[-1]) + read(force.chief, pages[4]) + read(force.chief, pages[8]))


def test_a_correction_is_shown_with_what_was_published(force):
    version = published(force)
    version.refresh_from_db()
    frozen = version.documents["briefing"]
    actions.correct(by=force.writer, at=timezone.now(), response=force.row, part="R4", words="She began in May")
    version.refresh_from_db()
    assert version.documents["briefing"] == frozen
    assert "She began in May" in texts(queries.document_of(version, "briefing", timezone.now()))
    before = timezone.now() - timedelta(days=1)
    assert "She began in May" not in texts(queries.document_of(version, "briefing", before))


def test_a_publication_before_the_report_is_refused_whole(force):
    approved(force)
    write(force, force.fourth, "no_action", by=force.body, side="body", words="None is ours")
    actions.comment(by=force.body, at=timezone.now(), response=force.row, letter={})
    day = force.report.published_on - timedelta(days=1)
    with refusal("before_report", StepRefused), transaction.atomic():
        actions.publish(by=force.body, at=timezone.now(), response=force.row, url="https://example.org", happened_on=day)
    assert Response.objects.get(id=force.row.id).state == "commented"
    assert not Release.objects.filter(kind="response").exists()


def test_paragraphs_are_as_they_were_at_a_moment(force):
    row = write(force, force.third, "fact", "met", words="First")
    then = timezone.now()
    again = {"side": "force", "recommendation": force.third, "kind": "fact", "references": [("measure", "met")], "line": row.line}
    by = {"by": force.writer, "at": timezone.now()}
    second = actions.write(**by, response=force.row, words="Second", seen=1, **again)
    with pytest.raises(ConcurrentEdit):
        actions.write(**by, response=force.row, words="Third", seen=1, **again)
    actions.remove(by=force.writer, at=timezone.now(), paragraph=second, seen=2)
    assert queries.paragraphs_at(force.row, timezone.now()) == []
    assert [each.words for each in queries.paragraphs_at(force.row, then)] == ["First"]
    assert Paragraph.objects.filter(line=row.line).count() == 3


def test_who_sees_and_does_what(force, client):
    here, seen = f"/responses/{force.row.id}", {}
    for name in ("writer", "chief", "body", "secretary", "officer"):
        seen[name] = signed_in(client, getattr(force, name)).get(here).status_code
    assert seen == {"writer": 200, "chief": 200, "body": 404, "secretary": 404, "officer": 404}
    assert sent(force.chief, f"{here}/parts/R3/new", kind="gap", words="Mine", version="0").status_code == 404
    assert sent(force.writer, f"{here}/approve", decision="yes").status_code == 404
    approved(force)
    assert signed_in(client, force.secretary).get(here).status_code == 200
    assert sent(force.writer, f"{here}/parts/R4/new", kind="gap", words="Mine", version="0").status_code == 404
    assert sent(force.body, f"{here}/parts/R4/new", kind="gap", words="Theirs", version="0").status_code == 302
    with at_most(15):
        html_of(signed_in(client, force.body), here)
    for name in documents.MADE:
        assert html_of(client, f"{here}/documents/{name}", part="1")
    assert client.get(f"{here}/documents/letter/pdf").content.startswith(b"%PDF")
    assert Event.objects.filter(code="responses.saved", by=force.body.user).exists()


def test_the_command_writes_six_files_as_at_a_day(force, tmp_path):
    run = {"as_at": timezone.localdate().isoformat(), "user": "", "folder": str(tmp_path)}
    run["user"] = force.writer.username
    call_command("respond", "The hid", **run)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        f"{name}.{kind}" for name in documents.MADE for kind in ("docx", "pdf")
    )
    early = queries.documents_at(force.report, force.row, timezone.now() - timedelta(days=3))
    assert "They are not approved by anyone" in texts(early["briefing"])[1]
    for wrong in ({"as_at": "2026-13-01"}, {"as_at": "2999-01-01"}, {"user": "nobody"}, {"user": force.officer.username}):
        with pytest.raises(CommandError):
            call_command("respond", "The hid", **run | wrong)
    with pytest.raises(CommandError):
        call_command("respond", "Another", **run)
