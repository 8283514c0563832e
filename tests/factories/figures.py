"""Cases for the figure: people met, steps answered, and what the figure of March says."""

from datetime import date, timedelta

import factory
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation
from lodestar.oversight.measures.access import scope_for
from lodestar.oversight.measures.models import CrimeTotal
from lodestar.oversight.measures.queries.figure import Figure
from lodestar.oversight.measures.rules.facts import Period
from lodestar.oversight.measures.rules.failings import NUMBERS
from tests.factories.accounts import Somebody, a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.pure_figure import RecalculatedFigure

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
HOUR = timedelta(hours=1)
QUERY = {"first": "2026-03-01", "last": "2026-03-31"}


def figure(member, period=MARCH, at=None):
    """The figure reckoned in the plainest way, once the one of the pages was seen to say the same."""
    scope, when = scope_for(member), at or timezone.now()
    found = RecalculatedFigure(scope, period, when, is_past=at is not None)
    shown = Figure(scope, period, when, is_past=at is not None)
    assert (shown.counts, shown.before) == (found.counts, found.before)
    assert shown.is_owner == any(one.case.is_sealed for one in found.cases)
    return found


def verdicts(member, number, **asked):
    return {one.case.id: one.verdicts[number].verdict for one in figure(member, **asked).cases}


def every_verdict(member, case, **asked):
    """Of each failing, by one figure."""
    (found,) = (one for one in figure(member, **asked).cases if one.case.id == case.id)
    return {number: found.verdicts[number].verdict for number in NUMBERS}


def verdict(member, case, number, **asked):
    return verdicts(member, number, **asked).get(case.id)


def met(by, at=MET, **facts):
    case = a_case(by, at=at)
    return case, a_person(by, case, at=at, **facts)


def owed(case, code):
    return Obligation.objects.get(case=case, code=code)


def answered(by, case, code, at, kind="done", because=""):
    answer_duty(by=by, at=at, case=case, obligations=[owed(case, code)], kind=kind, because=because)


def sealed_by(owner, case):
    seal_case(by=owner, at=MET, case=case, reason="A relative.", owners=[owner.user, a_member("supervisor").user])


class CrimeTotalFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CrimeTotal

    month = date(2026, 3, 1)
    crimes = 4
    recorded_at = MET
    recorded_by = Somebody()
