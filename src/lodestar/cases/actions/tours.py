"""The end of a tour, from which the times of what was recorded in it count."""

from datetime import datetime

from lodestar.accounts import actions as accounts
from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.models import Case


def end_tour(*, by: Member, at: datetime, to_at: datetime) -> None:
    """Names `to_at` as the end of the tour under way at `at`, and reckons afresh every case that the officer recorded in
    it: its times count from that end (`safety/queries.py`). Raises accounts.NoSuchEnd."""
    begun, until = accounts.end_tour_at(by=by, at=at, to_at=to_at)
    cases = Case.objects.filter(opened_by=by.user, recorded_at__gte=begun, recorded_at__lt=until)
    with ledger.acting_on(*cases.values_list("id", flat=True), by=by.user, at=at, code="accounts.tour_end_named"):
        pass  # the end is a fact of these cases: to reckon them is all there is to do
