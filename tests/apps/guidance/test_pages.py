"""The pages of the library: the answer, the passage, what no longer holds, what stands beside talk of custody."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from lodestar.guidance import actions
from lodestar.guidance.models import DidNotAnswer, Document, Search
from tests.factories.accounts import a_member
from tests.factories.guidance import StaleFactFactory, ThesaurusEntryFactory
from tests.factories.signed_in import form, signed_in

KIDNEY = "# Organ removal\n\nA scar from an operation on a kidney, and nobody who looks after it."


@pytest.fixture
def officer(fenmarch):
    return signed_in(Client(), a_member("frontline"))


@pytest.fixture
def desk(editor):
    return signed_in(Client(), editor)


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def test_a_question_is_answered_with_the_passage_and_how_it_stands(officer, take_in):
    take_in("kidney.md", KIDNEY, publisher="Home Office")
    text = text_of(officer.get("/guidance?q=kidney+scar"))
    assert "nobody who looks after it" in text
    assert "In force" in text
    assert "Home Office" in text
    assert "Not legal advice" in text


def test_the_result_leads_to_its_passage(officer, take_in):
    take_in("guide.txt", "Nothing of note.\fThe kidney is spoken of on the second page of this guide.")
    found = re.search(r'href="(/guidance/[^"]+)"', officer.get("/guidance?q=kidney").content.decode())
    address = found[1].replace("&amp;", "&")
    opened = officer.get(address)
    assert f'id="{address.rpartition("#")[2]}"' in opened.content.decode()
    assert "Page 2" in text_of(opened)


def test_what_no_longer_holds_is_said_beside_the_passage_on_both_pages(officer, take_in):
    StaleFactFactory(code="number", called="number", says=["01632 960 999"], replaced_by="01632 960 998")
    taken = take_in("old.md", "The kidney line is 01632960999.")
    said = "Differs from the force’s confirmed number: 01632 960 998"
    assert said in text_of(officer.get("/guidance?q=kidney")).replace("&#x27;", "’")
    assert said in text_of(officer.get(f"/guidance/{taken.version.document_id}"))


def test_talk_of_custody_shows_the_necessity_test_other_ways_and_who_to_ring(officer, take_in):
    ThesaurusEntryFactory(says=["nick"], means=["arrest"])
    take_in("kidney.md", KIDNEY)
    page = text_of(officer.get("/guidance?q=do+i+nick+him+kidney"))
    for words in ("necessity test", "voluntary attendance", "police protection", "01632 960 118"):
        assert words in page
    assert not re.search(r"\barrest", page.replace(KIDNEY, ""), re.IGNORECASE)
    assert "necessity test" not in text_of(officer.get("/guidance?q=kidney"))


def test_a_search_without_an_answer_is_on_the_list_of_the_owner_without_a_name(officer, desk, take_in):
    take_in("kidney.md", KIDNEY)
    assert "Ring the duty coordinator" in text_of(officer.get("/guidance?q=scar+Nguyen+Thanh+Lowestoft+bus+ticket"))
    kept = Search.objects.get()
    assert (kept.words, kept.dropped) == (["scar"], 5)
    text = text_of(desk.get("/guidance/no-answer"))
    assert "scar and 5 more" in text
    assert "Nguyen" not in text
    assert officer.get("/guidance/no-answer").status_code == 404


def test_a_draft_is_read_by_editors_only_and_a_withdrawn_one_is_history(officer, desk, take_in, editor):
    draft = take_in("draft.md", KIDNEY, is_published=False).version
    assert officer.get(f"/guidance/{draft.document_id}").status_code == 404
    assert "Draft" in text_of(desk.get(f"/guidance/{draft.document_id}"))
    gone = take_in("gone.md", KIDNEY + " More.").version
    actions.withdraw(by=editor, at=timezone.now(), version=gone, because="The number changed.")
    text = text_of(officer.get(f"/guidance/{gone.document_id}"))
    assert "Withdrawn: history only" in text
    assert "The number changed." in text


def test_the_file_is_handed_out_to_be_kept_never_to_be_run(officer, take_in):
    taken = take_in("page.html", "<h1>Kidney</h1><script>alert(1)</script><p>A scar.</p>")
    answer = officer.get(f"/guidance/{taken.version.document_id}/original")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")


def test_what_a_document_holds_is_text_and_nothing_that_runs(officer, take_in):
    taken = take_in("page.txt", "A kidney <script>alert(1)</script> and {{ 7 * 7 }}.")
    for address in ("/guidance?q=kidney", f"/guidance/{taken.version.document_id}"):
        answer = officer.get(address).content.decode()
        assert "<script>alert" not in answer
        assert "{{ 7 * 7 }}" in answer


def test_that_it_did_not_answer_is_told_to_the_owner(officer, desk, take_in):
    document = Document.objects.get(id=take_in("kidney.md", KIDNEY, title="Organs").version.document_id)
    officer.post(f"/guidance/{document.id}/did-not-answer", form())
    assert DidNotAnswer.objects.get().document_id == document.id
    assert "Organs" in text_of(desk.get("/guidance/no-answer"))


def test_a_search_costs_no_more_than_a_page_may(officer, take_in, django_assert_max_num_queries):
    for number in range(12):
        take_in(f"{number}.md", KIDNEY + f" Number {number}.")
    with django_assert_max_num_queries(15):
        answer = officer.get("/guidance?q=kidney+scar+operation+nobdy")
    assert len(answer.content) < 30_000


def test_a_long_document_is_read_a_part_at_a_time(officer, take_in):
    taken = take_in("long.md", "\n\n".join(f"Part {number}. " + "Words of the hostel. " * 40 for number in range(60)))
    first = officer.get(f"/guidance/{taken.version.document_id}")
    assert len(first.content) < 30_000
    assert "Show what follows" in text_of(first)
    later = officer.get(f"/guidance/{taken.version.document_id}?from=25")
    assert 'id="p25"' in later.content.decode()
    assert "Show what stands before" in text_of(later)
    assert officer.get(f"/guidance/{taken.version.document_id}?from=nonsense").status_code == 200
