"""Searching by meaning, where an operator supplies a model: what it finds besides, whose rows it reads, and when it fails."""

import logging
import time
from math import sqrt

import pytest
from django.utils import timezone

from lodestar.knowledge.publishing.actions.stages import withdraw
from lodestar.knowledge.search.jobs import calculate_vectors
from lodestar.knowledge.search.models import Meaning
from lodestar.knowledge.search.queries import meaning
from lodestar.knowledge.search.queries.candidates import Wanted
from lodestar.knowledge.search.queries.search import find, search
from lodestar.platform.tenancy.tenant_transaction import within
from tests.apps.knowledge.library.test_search import CAR_WASH, KIDNEY, TODAY
from tests.factories.accounts import TenantFactory
from tests.factories.guidance import MeaningFactory


class Matters:
    """A sentence model of ten lines: a text means as much of each matter as it has words of it."""

    name = "a" * 64
    of = (("wages", "penny", "earn"), ("kidney", "organ", "transplant"), ("orion", "stars", "winter"))

    def vectors(self, texts):
        return [bytes(sum(text.lower().count(word) for word in words) for words in self.of) for text in texts]

    def nearest(self, question, groups):
        (asked,) = self.vectors([question])
        each = [[self.likeness(asked, one) for one in group] for group in groups]
        return [(likeness.index(max(likeness)), max(likeness)) for likeness in each]

    def likeness(self, one, other):
        length = sqrt(sum(part * part for part in one)) * sqrt(sum(part * part for part in other))
        return sum(a * b for a, b in zip(one, other, strict=True)) / length if length else 0.0


@pytest.fixture
def model(monkeypatch):
    used = Matters()
    monkeypatch.setattr(meaning, "model", lambda: used)
    monkeypatch.setattr(meaning, "_failed", set())
    return used


@pytest.fixture
def library(take_in):
    take_in("car-wash.md", CAR_WASH)
    take_in("kidney.md", KIDNEY)


def reckoned(tenant):
    return calculate_vectors(tenant, time.monotonic() + 60)


def listed(question, **wanted):
    found = find(question, on=TODAY, wanted=Wanted(**wanted))
    return [one.document.file_name for one in found.results]


def test_what_has_no_word_of_the_question_is_found_by_its_meaning(library, fenmarch, model):
    before = listed("they earn not one penny")
    reckoned(fenmarch)
    assert before == []
    assert listed("they earn not one penny") == ["car-wash.md"]
    assert search("they earn not one penny", on=TODAY) == []  # a page of the journey quotes by words alone


def test_what_it_finds_is_narrowed_as_what_words_find(take_in, fenmarch, model):
    take_in("kidney.md", KIDNEY, nation="northern_ireland")
    reckoned(fenmarch)
    assert listed("transplants", nation="wales") == []
    assert listed("transplants", nation="northern_ireland") == ["kidney.md"]


def test_each_passage_is_reckoned_once_and_anew_for_another_model(library, fenmarch, model, monkeypatch):
    monkeypatch.setattr(meaning, "PASSAGES_OF_A_ROW", 1)
    assert reckoned(fenmarch) == 2
    assert reckoned(fenmarch) == 0
    assert {(row.version.document.file_name, row.start, row.passages) for row in Meaning.objects.all()} == {
        ("car-wash.md", 0, 1), ("kidney.md", 0, 1),
    }  # fmt: skip
    model.name = "b" * 64
    assert listed("transplants") == []
    assert reckoned(fenmarch) == 2
    assert reckoned(fenmarch) == 0
    assert set(Meaning.objects.values_list("model", flat=True)) == {"b" * 64}


def test_a_long_version_is_reckoned_part_by_part(take_in, fenmarch, model, monkeypatch):
    monkeypatch.setattr(meaning, "PASSAGES_OF_A_ROW", 2)
    pages = ["Orion.", "Of the stars in winter.", "The kidney.", "More of Orion.", "Wages."]
    version = take_in("pages.txt", "\f".join(pages)).version
    assert reckoned(fenmarch) == version.passages
    assert sum(Meaning.objects.values_list("passages", flat=True)) == version.passages
    assert Meaning.objects.count() > 1
    (one,) = find("transplants", on=TODAY).results
    assert "kidney" in one.passage.text


def test_what_is_withdrawn_is_found_by_its_meaning_no_more(take_in, editor, fenmarch, model):
    version = take_in("kidney.md", KIDNEY).version
    reckoned(fenmarch)
    assert listed("transplants") == ["kidney.md"]
    withdraw(by=editor, at=timezone.now(), version=version, because="Wrong.")
    assert listed("transplants") == []
    assert not Meaning.objects.exists()


def test_a_model_that_fails_leaves_the_search_by_words_and_says_so_once(library, fenmarch, model, caplog):
    reckoned(fenmarch)
    before = find("kidney scar", on=TODAY)
    model.nearest = lambda question, groups: 1 / 0
    with caplog.at_level(logging.ERROR):
        after = [find("kidney scar", on=TODAY) for _ in range(2)]
    assert [one.document.file_name for one in after[1].results] == [one.document.file_name for one in before.results]
    (said,) = [record.getMessage() for record in caplog.records if record.name == meaning.__name__]
    assert "ZeroDivisionError" in said
    assert "kidney" not in said


def test_without_a_model_nothing_is_asked(library, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert meaning.nearest("kidney") == {}


def test_a_force_is_answered_from_its_own_vectors(db, model):
    version = {}
    for slug in ("north", "south"):
        TenantFactory(slug=slug, reference_prefix=slug[:2].upper())
        with within(slug):
            version[slug] = MeaningFactory(model=model.name, vectors=b"\0\1\0").version_id
    for slug in ("north", "south", "north"):
        with within(slug):
            assert list(meaning.nearest("kidney")) == [version[slug]]
