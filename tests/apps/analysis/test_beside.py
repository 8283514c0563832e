"""What stands beside the figure is what the ledger and the pairings say, however far it is counted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.analysis.access import scope_for
from lodestar.analysis.queries import still as queries
from lodestar.analysis.queries.still import Against, beside
from lodestar.cases.models import Obligation
from lodestar.cases.queries.open_at import open_at
from tests.factories.accounts import a_member
from tests.factories.cases import MET
from tests.factories.figures import HOUR, MARCH, answered, met
from tests.factories.investigations import CrimeFactory
from tests.factories.referrals import PairingFactory, ReferralFactory
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def coordinator():
    return a_member("coordinator")


@pytest.mark.parametrize("most", [1, 3, 1_000])
def test_what_is_open_and_late_is_counted_no_further_than_anybody_reads(coordinator, monkeypatch, most):
    for number in range(3):
        case, _ = met(coordinator, at=MET + number * HOUR)
        answered(coordinator, case, "make_safe", MARCH.ends + timedelta(days=1))  # open still at the end of March
    met(coordinator, at=MARCH.begins - timedelta(days=40))  # of another period
    Obligation.objects.update(opened_at=MET)
    rows = open_at(MARCH.ends).filter(case__encountered_at__gte=MARCH.begins)
    late = rows.filter(due_at__lt=MARCH.ends)
    assert late.exclude(state="open").exists()
    monkeypatch.setattr(queries, "MOST", most)
    with at_most(3 if most == 1_000 else 2):
        still = beside(scope_for(coordinator), MARCH, timezone.now()).still
    assert (still.open, still.late) == (min(rows.count(), most + 1), min(late.count(), most + 1))


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
    found = beside(scope_for(coordinator), MARCH, timezone.now()).against
    assert found == {"nrm": Against(5, 2, 1), "dtn": Against(), "received": Against(), "crimes": Against(3, 1, 1)}
    assert (found["nrm"].open, found["crimes"].open) == (2, 1)
