"""What the library answers, in force or not, what is kept of it; and what search reads, made anew by guidance_reindex."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lodestar.knowledge.library.models import Document, Passage, Reading, Version
from lodestar.knowledge.publishing.actions.stages import supersede, withdraw
from lodestar.knowledge.search.models import Posting, Term, ThesaurusEntry
from lodestar.knowledge.search.queries.candidates import mender
from lodestar.knowledge.search.queries.search import find, search
from lodestar.platform.tenancy.request_cache import forget
from tests.factories.guidance import ReadingFactory, StaleFactFactory, ThesaurusEntryFactory

TODAY = date(2026, 11, 25)
CAR_WASH = "# Car washes\n\nWorkers at a hand car wash may be owed wages. Look at who holds their passports."
KIDNEY = "# Organ removal\n\nA scar from an operation on a kidney, and nobody who looks after it."


def names(question, **wanted):
    return [one.document.file_name for one in search(question, on=TODAY, **wanted)]


@pytest.fixture
def library(take_in):
    take_in("car-wash.md", CAR_WASH)
    take_in("kidney.md", KIDNEY)


def test_what_has_the_words_is_found_and_what_has_none_is_not(library):
    assert names("who holds the passports") == ["car-wash.md"]
    assert names("aardvark") == []


def test_a_slip_is_mended_only_where_the_library_does_not_have_the_word(library):
    assert names("pasports") == ["car-wash.md"]
    assert names("kidny scar") == ["kidney.md"]
    assert names("kidnye") == ["kidney.md"]  # two letters in each other's place
    assert names("pasprots") == ["car-wash.md"]  # and one slip more


def test_many_slips_cost_no_more_statements_than_one(library, django_assert_max_num_queries):
    with django_assert_max_num_queries(11):
        assert sorted(names("pasports hodls workres lokos kidny opreation")) == ["car-wash.md", "kidney.md"]


def test_a_word_longer_than_anybody_types_is_no_fault(library):
    for letters in (60, 61, 256, 300):
        assert mender(frozenset(), "k" * letters)("k" * letters) == {}


def test_a_slip_for_what_stands_in_the_thesaurus_alone_is_mended_too(library):
    ThesaurusEntryFactory(says=["bracelet"], means=["scar"])
    forget("guidance.thesaurus")
    assert names("braclet") == ["kidney.md"]


def test_slang_finds_what_guidance_calls_otherwise(library):
    assert names("pickers not getting a penny") == []
    ThesaurusEntryFactory(says=["penny"], means=["wages"])
    forget("guidance.thesaurus")
    assert names("pickers not getting a penny") == ["car-wash.md"]
    ThesaurusEntry.objects.update(is_used=False)
    forget("guidance.thesaurus")
    assert names("pickers not getting a penny") == []


def test_the_passage_says_its_page(take_in):
    take_in("guide.txt", "Nothing of note.\fThe kidney is spoken of on the second page of this guide.")
    (one,) = search("kidney", on=TODAY)
    assert one.passage.page == 2
    assert "second page" in one.passage.text


@pytest.mark.parametrize(
    ("about", "holds"),
    [
        ({}, True),
        ({"valid_to": date(2026, 11, 25)}, True),
        ({"valid_to": date(2026, 11, 24)}, False),
        ({"valid_from": date(2026, 11, 25)}, True),
        ({"valid_from": date(2026, 11, 26)}, False),
    ],
)
def test_what_holds_today_is_said(take_in, about, holds):
    take_in("kidney.md", KIDNEY, **about)
    (one,) = search("kidney", on=TODAY)
    assert one.in_force is holds
    assert ("not in force on this day" in one.warnings) is not holds


def test_a_word_that_stands_in_a_title_alone_is_found(take_in):
    take_in("kidney.md", KIDNEY, title="Transplantation")
    take_in("other.md", "Something else altogether.")
    assert names("transplantation") == ["kidney.md"]


def test_what_another_replaces_is_history_and_stands_behind_it(take_in, editor):
    take_in("new.md", KIDNEY)
    take_in("old.md", KIDNEY + " Formerly.")
    new, old = (Document.objects.get(file_name=name) for name in ("new.md", "old.md"))
    supersede(by=editor, at=timezone.now(), document=new, former=old)
    found = search("kidney", on=TODAY)
    assert [(one.document.file_name, one.in_force) for one in found] == [("new.md", True), ("old.md", False)]
    assert "superseded" in found[1].warnings[0]


def test_a_search_is_narrowed_by_nation(take_in):
    take_in("ni.md", KIDNEY + " a", nation="northern_ireland")
    take_in("ew.md", KIDNEY + " b")
    take_in("uk.md", KIDNEY + " c", nation="uk")
    assert sorted(names("kidney", nation="wales")) == ["ew.md", "uk.md"]
    assert sorted(names("kidney", nation="northern_ireland")) == ["ni.md", "uk.md"]


def test_topic_pages_of_lodestar_are_listed_with_the_others(take_in):
    take_in("own.md", KIDNEY, is_own=True)
    assert names("kidney") == ["own.md"]


def test_a_file_called_as_a_topic_page_is_a_document_of_its_own(take_in):
    take_in("custody.md", KIDNEY + " Ours.", is_own=True)
    take_in("custody.md", KIDNEY + " The force's.")
    take_in("custody.md", KIDNEY + " Ours, later.", is_own=True)
    assert sorted(names("kidney")) == ["custody.md", "lodestar/custody.md"]


def test_what_shows_little_of_what_was_asked_may_not_answer(library):
    assert find("kidney scar", on=TODAY).has_answer
    found = find("kidney of a zebra in the jungle at midnight", on=TODAY)
    assert [one.document.file_name for one in found.results] == ["kidney.md"]
    assert not found.has_answer
    assert find("aardvark", on=TODAY).results == ()


LINE = "# Who to ring\n\nRing the support line on 0800 808 3733 at any hour, and say who is with you."
CELLS = "# Cells\n\nLook at who pays the solicitor."


def reindexed(tenant="fenmarch"):
    said = io.StringIO()
    call_command("guidance_reindex", tenant=tenant, stdout=said)
    return said.getvalue()


def kept():
    """What search reads, and what it must leave alone."""
    return (
        sorted(Posting.objects.values_list("version", "term", "best", "spread", "places")),
        sorted(Term.objects.values_list("word", "term", "passages", "versions")),
    ), (
        sorted(Passage.objects.values_list("id", "number", "heading", "text", "stale")),
        sorted(Version.objects.values_list("id", "state", "published_at")),
        sorted(Reading.objects.values_list("id", "version", "opened_at", "understood_at")),
    )


@pytest.fixture
def cut_by_older_code(take_in):
    """A number was cut into three, a word had another stem, and a term stood of a word that is cut no more."""
    line, cells = take_in("line.md", LINE).version, take_in("cells.md", CELLS).version
    ReadingFactory(version=line, understood_at=timezone.now())
    right = kept()
    Posting.objects.filter(term="08008083733").update(term="0800")
    Term.objects.filter(word="08008083733").delete()
    Term.objects.filter(word="solicitor").update(term="solicitor")
    Posting.objects.filter(term="solicitor", version=cells).update(term="solicitor")
    Term.objects.create(word="0800", term="0800", passages=7, versions=3)
    return right


def test_what_older_code_cut_is_found_again_and_nothing_else_changes(cut_by_older_code):
    assert names("0800 808 3733") == []
    assert "2 documents, 2 passages" in reindexed()
    assert names("0800 808 3733") == ["line.md"]
    assert names("solicitors") == ["cells.md"]
    assert kept() == cut_by_older_code
    reindexed()
    assert kept() == cut_by_older_code


def test_only_what_is_published_is_indexed(cut_by_older_code, take_in, editor):
    take_in("draft.md", "# Draft\n\nA draft of the night desk.", is_published=False)
    cells = Version.objects.get(document__file_name="cells.md")
    withdraw(by=editor, at=timezone.now(), version=cells, because="old")
    Posting.objects.create(version=cells, term="paid", best=1, spread=1, places=b"\0\0\xff")  # left behind
    assert "1 document, 1 passage" in reindexed()
    assert set(Posting.objects.values_list("version__document__file_name", flat=True)) == {"line.md"}
    assert not Term.objects.filter(word__in=["draft", "solicitor", "0800"]).exists()


def test_facts_that_no_longer_hold_are_marked_as_the_code_of_today_reads_them(take_in, fenmarch):
    StaleFactFactory(code="old_line", says=["0800 808 3733"])
    take_in("line.md", LINE)
    Passage.objects.update(stale=[])
    reindexed()
    assert Passage.objects.get(text__contains="support line").stale == ["old_line"]


def test_a_force_that_is_not_there_is_told(fenmarch):
    with pytest.raises(CommandError, match="no force"):
        reindexed("nowhere")
    assert not Document.objects.exists()
