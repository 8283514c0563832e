"""What comes with Lodestar: put in once, brought to what a later release says, and left alone where the force changed it."""

import importlib
from dataclasses import replace
from datetime import date

import pytest
from django.utils import timezone

from lodestar.guidance import actions
from lodestar.guidance.actions import keeping
from lodestar.guidance.models import Passage, StaleFact, ThesaurusEntry
from lodestar.kernel.reference_lists import reference_list

OLD_NUMBER = "To arrange support, call the Salvation Army on 0300 303 8151."


@pytest.fixture
def ships(monkeypatch, editor):
    """Stocks the library from the first rows of the lists, each row changed or left out as `said` has it, and no pages."""
    stock = importlib.import_module("lodestar.guidance.actions.stock")  # the package has its action by this name
    monkeypatch.setattr(stock, "_pages", lambda by, at: 0)

    def put_in(**said):
        def of(app, name):
            listed = reference_list(app, name)
            rows = [{**row, **said.get(row["code"], {})} for row in listed.rows[:8] if said.get(row["code"], {}) is not None]
            return replace(listed, rows=tuple(rows))

        monkeypatch.setattr(stock, "reference_list", of)
        return actions.stock(by=editor, at=timezone.now())

    return put_in


def test_what_comes_with_lodestar_is_put_in_once(editor):
    assert actions.stock(by=editor, at=timezone.now()) > 200
    assert actions.stock(by=editor, at=timezone.now()) == 0


def test_an_entry_that_a_release_changes_reaches_a_force_that_left_it_alone(ships):
    ships()
    assert ships(nick={"means": ["arrest", "necessity"]}) == 1
    assert ThesaurusEntry.objects.get(code="nick").means == ["arrest", "necessity"]
    assert ships(nick=None) == 1
    assert not ThesaurusEntry.objects.get(code="nick").is_used
    assert ships() == 1
    assert ThesaurusEntry.objects.get(code="nick").is_used


def test_an_entry_that_the_force_changed_or_took_out_of_use_stays_as_it_is(ships, editor):
    ships()
    told, now = {"both_ways": False, "group": "", "owner": "", "review_by": date(2030, 1, 1)}, timezone.now()
    changed, ended = ThesaurusEntry.objects.get(code="nick"), ThesaurusEntry.objects.get(code="bail")
    keeping.keep_words(by=editor, at=now, entry=changed, says=["nick"], means=["steal"], **told)
    keeping.end_words(by=editor, at=now, entry=ended)
    assert ships(nick={"means": ["arrest", "necessity"]}, bail={"means": ["release"]}) == 0
    assert ThesaurusEntry.objects.get(code="nick").means == ["steal"]
    assert not ThesaurusEntry.objects.get(code="bail").is_used


def test_a_fact_that_a_release_brings_or_changes_is_marked_in_what_stands_already(ships, take_in):
    code = next(row["code"] for row in reference_list("guidance", "superseded_facts").rows if "0300 303 8151" in row["says"])
    ships(**{code: None})
    take_in("old.txt", OLD_NUMBER)
    assert Passage.objects.get().stale == []
    ships()
    assert Passage.objects.get().stale == [code]
    ships(**{code: {"says": ["0300 000 0000"]}})
    assert Passage.objects.get().stale == []


def test_a_fact_that_the_force_took_out_of_use_is_not_brought_back(ships, editor):
    ships()
    fact = StaleFact.objects.first()
    keeping.end_fact(by=editor, at=timezone.now(), fact=fact)
    assert ships(**{fact.code: {"called": "another"}}) == 0
    fact.refresh_from_db()
    assert not fact.is_used
