"""Whom to ring about a thing owed: beside it, from the dated contacts, by the hour."""

from datetime import UTC, datetime, timedelta
from html import unescape
from uuid import UUID

import pytest
import time_machine
from django.utils import timezone

from lodestar.cases.actions.settings import approve_setting, propose_setting
from lodestar.cases.models import Obligation
from lodestar.cases.rules import SHIPPED
from lodestar.kernel.days import london_date
from lodestar.kernel.obligations import obligation_rows
from lodestar.reference.queries import contacts_on
from lodestar.web.presenters.ring import ABOUT, ring_now
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import signed_in
from tests.offenders import each

NOBODY = UUID(int=0)
NIGHT, DAY = datetime(2026, 11, 24, 2, 30, tzinfo=UTC), datetime(2026, 11, 24, 11, tzinfo=UTC)


@each("code", ABOUT)
def test_each_is_a_duty_of_the_list_and_somebody_answers_by_day_and_by_night(code: str) -> None:
    assert code in obligation_rows()
    for now in (NIGHT, DAY):
        assert len(ring_now(ABOUT[code], (), NOBODY, now)) == len(ABOUT[code])


def test_every_service_in_the_contacts_is_rung_about_something() -> None:
    known = {row["code"].removesuffix("_day").removesuffix("_night") for row in contacts_on(NIGHT.date())}
    assert known - {code for codes in ABOUT.values() for code in codes} == {"duty_coordinator"}


SET_BY_FORCE = {
    "tell_coroner": "number_coroner",
    "tell_foreign_office_protocol": "number_protocol_contact",
    "forced_marriage_steps": "number_forced_marriage_unit",
}


@pytest.mark.parametrize("code", SET_BY_FORCE)
def test_a_number_that_no_source_gives_is_not_known_until_the_force_sets_its_own(code: str) -> None:
    for told in (None, SHIPPED.on(NIGHT.date())):
        (one,) = ring_now(ABOUT[code], (), NOBODY, NIGHT, told)
        assert (one.number, one.detail) == ("", "Not set: ask your coordinator")
    (one,) = ring_now(ABOUT[code], (), NOBODY, NIGHT, {SET_BY_FORCE[code]: "01632 960 400"})
    assert (one.number, one.detail) == ("01632 960 400", "")


@pytest.mark.usefixtures("fenmarch")
def test_beside_a_death_stands_that_the_coroners_number_is_not_known_and_then_the_forces_own(client):
    supervisor = a_member("supervisor")
    case = a_case(supervisor, deaths=1)
    row = Obligation.objects.get(case=case, code="tell_coroner")
    page = unescape(signed_in(client, supervisor).get(f"/owed/{row.id}").content.decode())
    assert "Coroner’s office<small>Not set: ask your coordinator</small>" in page
    assert 'href="tel:"' not in page
    policy, second = a_member("policy_owner"), a_member("policy_owner")
    now, later = timezone.now(), timezone.now() + timedelta(days=2)
    change = propose_setting(
        by=policy, at=now, key="number_coroner", value="01632 960 400", from_date=london_date(later), reason="They said so.",
    )  # fmt: skip
    approve_setting(by=second, at=now, change=change.id)
    with time_machine.travel(later):
        page = unescape(signed_in(client, supervisor).get(f"/owed/{row.id}").content.decode())
        assert 'href="tel:01632960400"' in page
        assert "Not set: ask" not in page
        assert "Not set: ask your coordinator" in unescape(client.get("/ring").content.decode()), "it knows no force"


def test_a_service_with_two_numbers_gives_the_one_that_answers_now() -> None:
    numbers = {row["code"]: row.get("number") for row in contacts_on(NIGHT.date())}
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
