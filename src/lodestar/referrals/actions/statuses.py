"""Where a referral is when it begins, and whether its person has a crime: rows that follow from another write."""

from datetime import datetime
from typing import Any

from django.db import connection

from lodestar.cases.models import Person
from lodestar.kernel.ids import new_id
from lodestar.referrals.models.sent import Referral
from lodestar.referrals.rules.statuses import decision_state

# Both rows in one statement: recording what was sent asks the database for enough already.
BEGINS = """
with now as (
    insert into referrals_referralstatus (id, tenant, referral_id, direction, unit_id, sent_at, state, returned, open_checks)
    values (%s, %s, %s, %s, %s, %s, %s, false, %s)
)
insert into referrals_pairing (id, tenant, person_id, referral_at, settled) values (%s, %s, %s, %s, false)
on conflict (tenant, person_id) do update set referral_at = excluded.referral_at
"""
# What was settled before there was a crime is about there being none.
CRIME = """
insert into referrals_pairing as held (id, tenant, person_id, crime_at, settled) values (%s, %s, %s, %s, false)
on conflict (tenant, person_id) do update
set crime_at = excluded.crime_at, settled = held.settled and held.crime_at is not null
"""
NO_CRIME = """
insert into referrals_pairing as held (id, tenant, person_id, settled) values (%s, %s, %s, true)
on conflict (tenant, person_id) do update set settled = held.settled or held.crime_at is null
"""


def begins(referral: Referral) -> None:
    """A referral or notification was recorded: it stands somewhere, and its person has one."""
    state, person = decision_state(referral.route, ()).state, referral.person
    checks = referral.open_checks if referral.writing_id else None
    now: list[Any] = [new_id(), referral.tenant, referral.id, referral.direction, person.case.unit_id, referral.sent_at]
    with connection.cursor() as cursor:
        cursor.execute(BEGINS, [*now, state, checks, new_id(), referral.tenant, person.id, referral.sent_at])


def crime_recorded(person: Person, at: datetime) -> None:
    """A crime of this person has a number. Why there was none until now settles nothing any more."""
    with connection.cursor() as cursor:
        cursor.execute(CRIME, [new_id(), person.tenant, person.id, at])


def no_crime_needed(person: Person) -> None:
    """Somebody said why this person's referral needs no crime, whether it was sent already or is to be sent."""
    with connection.cursor() as cursor:
        cursor.execute(NO_CRIME, [new_id(), person.tenant, person.id])
