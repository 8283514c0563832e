"""A crime number, or why there is none, and whose referral it stands beside."""

from datetime import datetime

from lodestar.accounts.access import Member
from lodestar.cases import ledger
from lodestar.cases.models import Person
from lodestar.investigations import actions
from lodestar.investigations.models import Crime
from lodestar.referrals import actions as referrals

SharedNumber = actions.SharedNumber


def record_crime(
    *, by: Member, at: datetime, person: Person, kind: str, number: str = "", why_not: str = "", words: str = "",
    may_share: bool = False,
) -> Crime:  # fmt: skip
    """Records what `investigations.actions.record_crime` records, and in the same transaction that the person's referral has
    its crime, or needs none. The same number again changes nothing. Raises SharedNumber as it does."""
    code = "investigations.crime_recorded" if kind == "recorded" else "investigations.no_crime_number"
    with ledger.acting_on(person.case_id, by=by.user, at=at, code=code):
        row = actions.record_crime(
            by=by, at=at, person=person, kind=kind, number=number, why_not=why_not, words=words, may_share=may_share
        )
        if row.kind == "recorded":
            referrals.crime_recorded(person, row.at)
        elif row.kind == "not_needed":
            referrals.no_crime_needed(person)
    return row
