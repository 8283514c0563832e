"""Failing 1 by look-back: signs that stood in earlier records and nobody considered, apart from none, and from what cannot be
told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.analysis.queries.looked_back import looked_back
from lodestar.analysis.rules import CANNOT_TELL, DID_NOT, HAPPENED
from lodestar.analysis.rules.period import Period
from lodestar.cases.models import Person
from lodestar.kernel.days import london_date
from lodestar.recognition.models import PromptStep
from tests.apps.recognition.earlier import a_concern, bring_in, ruben
from tests.factories.accounts import a_member
from tests.factories.figures import verdicts
from tests.factories.records import (
    EarlierRecordFactory,
    MetBeforeFactory,
    PromptFactory,
    PromptStepFactory,
    RecordSignFactory,
)

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def coordinator():
    return a_member("coordinator")


def verdict_of(member, person):
    today = london_date(timezone.now())
    return verdicts(member, 1, period=Period(today - timedelta(days=90), today))[person.case_id]


def every_kind(by):
    for number, kind in enumerate(("custody", "missing", "stop", "address", "call")):
        bring_in(by, {"name": f"Other {number}", "born": "1970-01-02", "narrative": "x"}, kind=kind, file=f"{kind}.csv")


def ago(days):
    return timezone.now() - timedelta(days=days)


def considered(person, came_in, answered):
    """A record with a sign about this person that came in so many days ago, and a no to what it asks of so many days ago."""
    record = EarlierRecordFactory(happened_at=ago(60), recorded_at=ago(came_in))
    RecordSignFactory(record=record)
    MetBeforeFactory(earlier_person=record.earlier_person, person=person)
    prompt = PromptFactory(earlier_person=record.earlier_person, state="no")
    PromptStepFactory(prompt=prompt, what="no", reason="His school knows why.", to=None, at=ago(answered))


def test_signs_that_nobody_considered_were_missed(coordinator):
    person = a_concern(coordinator)
    bring_in(coordinator, ruben())
    assert not PromptStep.objects.filter(what="no").exists()
    assert verdict_of(coordinator, person) == HAPPENED


def test_nothing_held_is_cannot_tell_and_never_did_not(coordinator):
    person = a_concern(coordinator)
    assert verdict_of(coordinator, person) == CANNOT_TELL
    bring_in(coordinator, {"name": "Other", "born": "1970-01-02", "narrative": "x"})
    assert verdict_of(coordinator, person) == CANNOT_TELL  # four kinds are not held


def test_every_kind_held_and_no_sign_is_did_not_of_those_who_can_be_looked_for(coordinator):
    known, unknown = a_concern(coordinator), a_concern(coordinator, name="Mina", born="")
    every_kind(coordinator)
    assert (verdict_of(coordinator, known), verdict_of(coordinator, unknown)) == (DID_NOT, CANNOT_TELL)


@pytest.mark.parametrize(
    ("came_in", "answered", "expected"),
    [
        (40, 20, DID_NOT),  # considered before the first concern, which was ten days ago
        (40, 5, HAPPENED),  # considered after it
        (15, 20, HAPPENED),  # of a record that had not come in
    ],
)
def test_signs_that_were_considered_before_the_first_concern_were_not_missed(coordinator, came_in, answered, expected):
    every_kind(coordinator)
    person = a_concern(coordinator, days=10)
    considered(person, came_in, answered)
    assert verdict_of(coordinator, person) == expected


def test_considered_signs_alone_do_not_say_that_there_were_no_others(coordinator):
    person = a_concern(coordinator, days=10)
    considered(person, 40, 20)
    assert verdict_of(coordinator, person) == CANNOT_TELL  # records of the other kinds may show what nobody considered
    told = looked_back(Person.objects.filter(id=person.id).values("id"), timezone.now())[person.id]
    assert (told.is_whole, told.signs_at, told.was_considered) == (False, None, True)


def test_one_that_was_considered_does_not_stand_for_another_that_was_not(coordinator):
    every_kind(coordinator)
    person = a_concern(coordinator, days=10)
    considered(person, 40, 20)
    considered(person, 40, 5)
    assert verdict_of(coordinator, person) == HAPPENED
