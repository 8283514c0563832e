"""Keeping the library on its pages: a file in, two people, history, the words of the thesaurus, what waits."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from lodestar.knowledge.library.models import Document, Version
from lodestar.knowledge.publishing.forms.manifest import read_manifest
from lodestar.knowledge.search.models import Search, ThesaurusEntry
from tests.apps.knowledge.library.test_pages import text_of
from tests.factories.accounts import UnitFactory, a_member
from tests.factories.cases import MET
from tests.factories.guidance import SearchFactory, VersionFactory
from tests.factories.signed_in import form, signed_in


def a_file(words=b"Ring the duty sergeant first.", name="guide.txt"):
    return SimpleUploadedFile(name, words, "text/plain")


def test_a_file_is_a_draft_until_a_second_person_approves_and_it_is_published(one, other):
    sent = one.post("/guidance/add", form(file=a_file(), title="Guide", review_by="1 March 2027", topics="custody, custody"))
    version = Version.objects.get()
    path = f"/guidance/versions/{version.id}/stage"
    assert sent["Location"] == path
    assert (version.state, version.document.topics) == ("draft", ["custody"])
    assert one.post(path, form(approve="1")).status_code == 422
    assert "a second person approves it" in text_of(one.get(path))
    assert other.post(path, form(publish="1")).status_code == 422
    for step in ("approve", "publish"):
        assert other.post(path, form(**{step: "1"})).status_code == 302
    version.refresh_from_db()
    assert (version.state, version.is_alone) == ("published", False)
    assert "Approved" not in text_of(one.get("/guidance/keeping"))


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "guide.txt", "The file is empty."),
        (b"%PDF-1.4 nothing", "guide.pdf", "It cannot be read"),
        (b"MZ", "guide.exe", "This kind of file cannot be imported"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_sentence(one, content, name, words):
    page = one.post("/guidance/add", form(file=a_file(content, name), title="Marmalade"))
    assert page.status_code == 422
    assert words in text_of(page)
    assert 'value="Marmalade"' in page.content.decode()
    assert not Version.objects.exists()


def test_what_was_published_alone_is_confirmed_by_another(take_in, one, other):
    version = take_in("guide.txt", "Ring the duty sergeant first.").version
    path = f"/guidance/versions/{version.id}/stage"
    assert "Published alone: confirm it" in text_of(one.get("/guidance/keeping"))
    assert "not confirmed yet" in text_of(other.get(f"/guidance/documents/{version.document_id}"))
    assert one.post(path, form(confirm="1")).status_code == 422
    assert other.post(path, form(confirm="1")).status_code == 302
    assert "not confirmed yet" not in text_of(other.get(f"/guidance/documents/{version.document_id}"))


def test_nothing_is_withdrawn_without_a_reason(take_in, one):
    version = take_in("guide.txt", "Ring the duty sergeant first.").version
    path = f"/guidance/versions/{version.id}/stage"
    page = one.post(path, form(withdraw="1"))
    assert page.status_code == 422
    assert "Write why it is withdrawn" in text_of(page)
    assert one.post(path, form(withdraw="1", because="The number is wrong.")).status_code == 302
    version.refresh_from_db()
    assert (version.state, version.withdrawn_because) == ("withdrawn", "The number is wrong.")


def test_what_is_said_of_a_document_is_changed_and_a_new_title_is_found(take_in, one):
    version = take_in("guide.txt", "Ring the duty sergeant first.").version
    former = take_in("old.txt", "Ring the desk.", title="Old guide").version
    path = f"/guidance/documents/{version.document_id}/about"
    page = one.post(path, form(title="Zebra guide", valid_from="2 March 2026", valid_to="1 March 2026"))
    assert "It ends before it begins" in text_of(page)
    sent = form(title="Zebra guide", supersedes="old guide", nation="scotland", origin="force")
    assert one.post(path, sent).status_code == 302
    found = text_of(one.get("/guidance", {"q": "ring the duty sergeant", "nation": "all"}))
    assert "Zebra guide" in found
    assert "Scotland" in found
    assert "What replaced it: Zebra guide" in text_of(one.get(f"/guidance/documents/{former.document_id}"))


def test_what_waits_is_listed_and_dealt_with(take_in, one):
    take_in("guide.txt", "Ring 0300 303 8151.", review_by=timezone.localdate().replace(year=2020, day=1))
    search = SearchFactory(words=["zebra"])
    SearchFactory(words=["known"], has_answer=True)
    page = text_of(one.get("/guidance/keeping"))
    assert "zebra" in page
    assert "known" not in page
    assert "due 1" in page
    assert one.post(f"/guidance/keeping/{search.id}", form()).status_code == 422
    assert one.post(f"/guidance/keeping/{search.id}", form(done="A page is added.")).status_code == 302
    assert not Search.objects.filter(has_answer=False, dealt_with_at=None).exists()
    assert one.get(f"/guidance/keeping/{search.id}").status_code == 404


@pytest.mark.parametrize(("kind", "anchor"), [("versions", "Waits for a second person"), ("review", "Past their review")])
def test_every_list_of_what_waits_says_how_many_and_is_read_to_its_end(one, editor, kind, anchor):
    for number in range(45):
        state = {"review_by": date(2020, 1, 1)} if kind == "review" else {}
        version = VersionFactory(document__title=f"Guide of {number:03}", **({} if kind == "versions" else {
            "state": "published", "is_alone": True, "published_at": MET, "published_by_id": editor.user,
            "confirmed_at": MET, "confirmed_by_id": a_member("guidance_editor").user,
        }))  # fmt: skip
        Document.objects.filter(id=version.document_id).update(**state) if state else None
    first = one.get("/guidance/keeping")
    assert f"{anchor} (45)" in text_of(first)
    seen, path = [], link_to(first, "All 45")
    while path:
        page = one.get(path)
        seen += re.findall(r"Guide of \d\d\d|word\d+", text_of(page))
        path = link_to(page, "Show the next ones")
        path = path and f"/guidance/keeping{path}"
    assert len(seen) == len(set(seen)) == 45


def test_for_whom_a_document_is_of_what_kind_and_how_it_is_marked_is_said_and_shown(take_in, one):
    version = take_in("guide.txt", "Ring the duty sergeant about wraps.", title="Guide of readers").version
    take_in("other.txt", "Ring the duty inspector about wraps.", title="Another", exploitation=["gangs"])
    path = f"/guidance/documents/{version.document_id}"
    sent = form(title="Guide of readers", audience="First responders, custody", exploitation=["criminal", "labour"],
                classification="OFFICIAL-SENSITIVE")  # fmt: skip
    assert one.post(f"{path}/about", sent).status_code == 302
    row = Document.objects.get(id=version.document_id)
    assert (row.audience, row.exploitation) == (["first_responder", "custody"], ["criminal", "labour"])
    page = text_of(one.get(path))
    for words in ("First responders, custody", "Criminal exploitation, labour", "OFFICIAL-SENSITIVE"):
        assert words in page
    again = one.get(f"{path}/about").content.decode()
    assert 'value="first responders, custody"' in again
    assert re.search(r'value="labour"[^>]* checked', again)
    other = Document.objects.get(title="Another")
    one.post(f"/guidance/documents/{other.id}/about", form(title="Another", exploitation=["sexual"]))
    other.refresh_from_db()
    assert (other.exploitation, other.classification) == (["sexual", "gangs"], "OFFICIAL")


def test_a_manifest_says_how_a_document_is_marked():
    said = ("official-sensitive", "", "Official", "OFFICIAL: SENSITIVE", "official sensitive", "OFFICIAL_SENSITIVE", "Secret")
    rows = read_manifest("\n".join(["file,classification", *(f"a.txt,{one}" for one in said)]).encode()).rows
    high = "OFFICIAL-SENSITIVE"
    assert [row.about.classification for row in rows] == [high, "", "OFFICIAL", high, high, high, high]
    assert [row.is_not_published for row in rows] == [False] * 6 + [True]
    assert [row.not_understood for row in rows[:6]] == [[]] * 6
    assert rows[6].not_understood == [
        "classification 'Secret' is not known: it is taken as OFFICIAL-SENSITIVE, and a draft stays a draft"
    ]


def test_the_next_version_is_marked_as_the_one_before_it_where_nothing_is_said(take_in, one, other):
    document = take_in("guide.txt", "Ring the desk.", classification="OFFICIAL-SENSITIVE").version.document
    page = one.get("/guidance/add").content.decode()
    chosen = re.search(r'<select[^>]* name="classification".*?<option value="([^"]*)"', page, re.DOTALL)
    one.post("/guidance/add", form(file=a_file(), classification=chosen[1]))
    path = f"/guidance/versions/{Version.objects.get(number=2).id}/stage"
    for step in ("approve", "publish"):
        assert other.post(path, form(**{step: "1"})).status_code == 302
    document.refresh_from_db()
    assert document.classification == "OFFICIAL-SENSITIVE"
    one.post("/guidance/add", form(file=a_file(b"Ring.", "new.txt"), classification=chosen[1]))
    assert Document.objects.get(file_name="new.txt").classification == "OFFICIAL"


def link_to(page, words):
    found = re.search(rf'href="([^"]+)">{words}', page.content.decode())
    return found[1].replace("&amp;", "&") if found else ""


def test_words_are_added_changed_and_taken_out_of_use(take_in, one):
    take_in("guide.txt", "A zebra crossing is a place to meet.", title="Crossings")
    answer = "Crossings"
    assert answer not in text_of(one.get("/guidance", {"q": "stripeyhorse"}))
    sent = form(says="stripeyhorse, stripey", means="zebra", review_by="1 March 2027", group="animals")
    assert one.post("/guidance/words/new", sent).status_code == 302
    entry = ThesaurusEntry.objects.get()
    assert (entry.says, entry.means, entry.is_used) == (["stripeyhorse", "stripey"], ["zebra"], True)
    assert answer in text_of(one.get("/guidance", {"q": "stripeyhorse"}))
    assert "stripeyhorse" in text_of(one.get("/guidance/words"))
    assert one.post(f"/guidance/words/{entry.id}", form(end="1")).status_code == 302
    entry.refresh_from_db()
    assert not entry.is_used
    assert "Not used" in text_of(one.get("/guidance/words"))


def readers(unit, how_many):
    return [a_member("frontline", name="PC Halloran-Voss", unit=unit) for _ in range(how_many)]


def rows_on(page):
    assert page.status_code == 200
    assert "Halloran" not in page.content.decode()
    return re.findall(r"(Team \w) (?:People )?(\d+) (?:Opened it )?(.+?) (?:Read and understood )?(\d+|Too few to say)(?= |$)",
                      text_of(page).partition("Read and understood")[2])  # fmt: skip


def test_every_team_is_counted_with_its_size_and_nobody_is_named(take_in, one):
    version = take_in("guide.txt", "Ring the duty sergeant first.").version
    path = f"/guidance/documents/{version.document_id}"
    teams = [UnitFactory(name=f"Team {letter}") for letter in "ABC"]
    first, second, *_ = readers(teams[0], 4)
    readers(teams[1], 3)  # who have read nothing
    readers(teams[2], 2)
    signed_in(Client(), first).get(path)
    client = signed_in(Client(), second)
    client.get(path)
    client.post(f"/guidance/versions/{version.id}/understood", form())
    assert "/coverage" in one.get(f"/guidance/versions/{version.id}/stage").content.decode()
    few = "Too few to say"
    assert rows_on(one.get(f"{path}/coverage")) == [
        ("Team A", "4", "2", "1"), ("Team B", "3", "0", "0"), ("Team C", "2", few, few)
    ]  # fmt: skip


def test_a_supervisor_sees_their_own_units_and_whoever_leads_nobody_sees_none(take_in):
    version = take_in("guide.txt", "Ring the duty sergeant first.").version
    path = f"/guidance/documents/{version.document_id}"
    own = UnitFactory(name="Team A")
    below, other = UnitFactory(name="Team B", parent=own), UnitFactory(name="Team C")
    for unit in (own, below, other):
        readers(unit, 3)
    client = signed_in(Client(), a_member("supervisor", unit=own))
    assert f"{path}/coverage" in client.get(path).content.decode()
    assert [row[:2] for row in rows_on(client.get(f"{path}/coverage"))] == [("Team A", "4"), ("Team B", "3")]
    officer = signed_in(Client(), a_member("frontline", unit=own))
    assert "/coverage" not in officer.get(path).content.decode()
    assert officer.get(f"{path}/coverage").status_code == 404
