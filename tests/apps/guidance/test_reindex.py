"""`guidance_reindex`: what older code cut is found by what is cut now, and nothing else of the library changes."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lodestar.guidance import actions
from lodestar.guidance.models import Document, Meaning, Passage, Posting, Reading, Term, Version
from lodestar.guidance.queries.search import search
from tests.factories.guidance import MeaningFactory, ReadingFactory, StaleFactFactory

LINE = "# Who to ring\n\nRing the support line on 0800 808 3733 at any hour, and say who is with you."
CELLS = "# Cells\n\nLook at who pays the solicitor."


def names(question):
    return [one.document.file_name for one in search(question, on=date(2026, 11, 25))]


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
    MeaningFactory(version=line)
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


def test_only_what_is_published_is_indexed_and_its_meaning_stays(cut_by_older_code, take_in, editor):
    take_in("draft.md", "# Draft\n\nA draft of the night desk.", is_published=False)
    cells = Version.objects.get(document__file_name="cells.md")
    actions.withdraw(by=editor, at=timezone.now(), version=cells, because="old")
    Posting.objects.create(version=cells, term="paid", best=1, spread=1, places=b"\0\0\xff")  # left behind
    assert "1 document, 1 passage" in reindexed()
    assert set(Posting.objects.values_list("version__document__file_name", flat=True)) == {"line.md"}
    assert not Term.objects.filter(word__in=["draft", "solicitor", "0800"]).exists()
    assert Meaning.objects.get().version.document.file_name == "line.md"


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
