"""What stands beside the figure: how many tasks are open or late, and referrals and crimes with the other."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.worklists import open_at
from lodestar.oversight.measures.access import scope_for
from lodestar.oversight.measures.queries.open_items import Against, figure_context
from tests.factories.accounts import a_member
from tests.factories.cases import MET
from tests.factories.figures import HOUR, MARCH, answered, met
from tests.factories.investigations import CrimeFactory
from tests.factories.referrals import PairingFactory, ReferralFactory

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def coordinator():
    return a_member("coordinator")


def test_what_is_open_and_late_is_counted_at_the_end_of_the_period(coordinator):
    for number in range(3):
        case, _ = met(coordinator, at=MET + number * HOUR)
        answered(coordinator, case, "make_safe", MARCH.ends + timedelta(days=1))  # open still at the end of March
    met(coordinator, at=MARCH.begins - timedelta(days=40))  # of another period
    Obligation.objects.update(opened_at=MET)
    rows = open_at(MARCH.ends).filter(case__encountered_at__gte=MARCH.begins)
    late = rows.filter(due_at__lt=MARCH.ends)
    assert late.exclude(state="open").exists()
    still = figure_context(scope_for(coordinator), MARCH, timezone.now()).still
    assert (still.open, still.late) == (rows.count(), late.count())


def test_each_referral_and_crime_has_the_other_or_was_settled_or_is_open(coordinator):
    for pairing in ({"crime_at": MET}, {"settled": True}, {}, None, {"crime_at": MET, "settled": True}):
        _, person = met(coordinator)
        ReferralFactory(person=person, route="nrm", sent_at=MET)
        if pairing is not None:
            PairingFactory(person=person, **pairing)
    for pairing in ({"referral_at": MET}, {"referral_at": None, "settled": True}, {"referral_at": None}):
        _, person = met(coordinator)
        CrimeFactory(person=person)
        PairingFactory(person=person, crime_at=MET, **pairing)
    found = figure_context(scope_for(coordinator), MARCH, timezone.now()).against
    assert found == {"nrm": Against(5, 2, 1), "dtn": Against(), "received": Against(), "crimes": Against(3, 1, 1)}
    assert (found["nrm"].open, found["crimes"].open) == (2, 1)
