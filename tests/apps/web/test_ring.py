"""Whom to ring about a thing owed: beside it, from the dated contacts, by the hour."""

from datetime import UTC, datetime
from html import unescape
from uuid import UUID

import pytest

from lodestar.cases.models import Obligation
from lodestar.kernel.obligations import obligation_rows
from lodestar.reference.queries import contacts_on
from lodestar.web.presenters.ring import ABOUT, ring_now
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import signed_in

NOBODY = UUID(int=0)
NIGHT, DAY = datetime(2026, 11, 24, 2, 30, tzinfo=UTC), datetime(2026, 11, 24, 11, tzinfo=UTC)


@pytest.mark.parametrize("code", ABOUT)
def test_each_is_a_duty_of_the_list_and_somebody_answers_by_day_and_by_night(code: str) -> None:
    assert code in obligation_rows()
    for now in (NIGHT, DAY):
        assert len(ring_now(ABOUT[code], (), NOBODY, now)) == len(ABOUT[code])


def test_every_service_in_the_contacts_is_rung_about_something() -> None:
    known = {row["code"].removesuffix("_day").removesuffix("_night") for row in contacts_on(NIGHT.date())}
    assert known - {code for codes in ABOUT.values() for code in codes} == {"duty_coordinator"}


def test_a_service_with_two_numbers_gives_the_one_that_answers_now() -> None:
    numbers = {row["code"]: row["number"] for row in contacts_on(NIGHT.date())}
    for now, hour in ((NIGHT, "night"), (DAY, "day")):
        rung = ring_now(("adult_safeguarding", "childrens_services"), (), NOBODY, now)
        assert [one.number for one in rung] == [
            numbers[f"adult_safeguarding_{hour}"], numbers[f"childrens_services_{hour}"],
        ]  # fmt: skip


@pytest.mark.usefixtures("fenmarch")
def test_the_number_stands_beside_what_is_owed_until_it_is_answered(client):
    officer = a_member("frontline")
    person = a_person(officer, a_case(officer), age_min=30, age_max=30, needs=["safe_place"])
    row = Obligation.objects.get(person=person, code="safe_place")
    housing = next(one["number"] for one in contacts_on(NIGHT.date()) if one["code"] == "emergency_housing")
    assert housing in unescape(signed_in(client, officer).get(f"/owed/{row.id}").content.decode())
    Obligation.objects.filter(id=row.id).update(state="closed", closed_at=row.case.encountered_at)
    assert housing not in unescape(client.get(f"/owed/{row.id}").content.decode())
