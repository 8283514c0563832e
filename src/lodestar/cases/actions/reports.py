"""Whoever has a case is alerted of what came in of it from elsewhere, in the transaction that took it in."""

from datetime import datetime

from lodestar.accounts.access import Member
from lodestar.cases.models import Case, MatchAlert, SealOwner

AGAIN, ADDED, YOURS = "again", "added", "yours"  # `models.met_before.CAME`


def alert_of_new(*, by: Member, at: datetime, case: Case) -> None:
    """Alerts whoever has this new case that it came in from `by` and is theirs."""
    MatchAlert.objects.create(
        of_case=case, came=YOURS, came_by_id=by.user, to_id=case.interim_owner_id, told_as="owner", alerted_at=at
    )


def alert_of_report(*, by: Member, at: datetime, case: Case, came: str) -> None:
    """Alerts the named owners of a sealed case, else whoever has it, of a report that `by` brought in, unless they have one of
    the same that they have not seen yet. `came` is what it has to do with the case. Whoever brought it is told nothing, and
    no alert says what it holds. `at` is when it came in."""
    if case.sealed:
        to = list(SealOwner.objects.filter(case=case).values_list("user", flat=True))
    else:
        to = [case.owner_id or case.interim_owner_id]
    same = MatchAlert.objects.filter(of_case=case, came=came, came_by=by.user, seen_at__isnull=True)
    told = {by.user, *same.values_list("to", flat=True)}
    MatchAlert.objects.bulk_create(
        MatchAlert(
            of_case=case, came=came, came_by_id=by.user, to_id=user, told_as="named_owner" if case.sealed else "owner",
            alerted_at=at,
        )
        for user in to
        if user not in told
    )  # fmt: skip
