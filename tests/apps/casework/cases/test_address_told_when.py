"""When an address was told decides whether it was as approved: whoever of the case writes it down, and whenever; and what was
told at another time is written down once, and judged by nobody who asked for it or wrote it down."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from lodestar.casework.case_files.actions.case import give_case
from lodestar.casework.disclosures.actions import (
    AlreadyDisclosed,
    ask_to_tell,
    decide_address_disclosure,
    record_when_disclosed,
    tell_address,
)
from lodestar.casework.disclosures.models import AddressDisclosure
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.approvals.actions import CannotDecide
from tests.apps.casework.cases.test_papers import text
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import form, signed_in

MONDAY, HOUR = datetime(2026, 3, 2, 9, 0, 30, tzinfo=UTC), timedelta(hours=1)
NINE, LATE = MONDAY.replace(second=0), MONDAY.replace(second=0) + 74 * HOUR
ASKED = {"recipient": "Mrs Hale, Rowan House", "power": "Safeguarding", "use": "safeguarding", "reason": "A bed for tonight"}


def an_inspector(name):
    return a_member("detective_inspector", rank="detective_inspector", name=name)


@pytest.fixture
def approved(fenmarch):
    """An inspector who asked, a colleague of the case, and what another inspector approved on Monday at nine."""
    asker, colleague = an_inspector("DI Haldane"), a_member("frontline", name="PC Ode")
    with time_machine.travel(MONDAY - HOUR, tick=False):
        person = a_person(asker, a_case(asker), name="Petra")
        row = ask_to_tell(by=asker, at=timezone.now(), person=person, **ASKED)
        give_case(by=asker, at=timezone.now(), case=person.case, to=colleague.user)
    other = an_inspector("DI Merriweather")
    decide_address_disclosure(by=other, at=MONDAY, telling=row, approved=True, because="Rowan House is checked")
    row.refresh_from_db()
    return asker, colleague, row


def writes(client, member, row, when, at):
    with time_machine.travel(at, tick=False):
        return signed_in(client, member).post(f"/addresses-told/{row.id}", form(when=when))


def without():
    return AddressDisclosure.objects.filter(happened_without=True)


@pytest.mark.parametrize(("when", "told"), [("2 March 2026 0700", NINE - 2 * HOUR), ("1030", LATE - HOUR / 2)])
def test_what_was_told_at_another_time_is_told_without_and_looked_at(client, approved, when, told):
    asker, _, row = approved
    assert writes(client, asker, row, when, LATE).status_code == 302
    found = without().get()
    assert (found.told_at, found.recipient, found.use) == (told, row.recipient, row.use)
    row.refresh_from_db()
    assert row.told_at is None
    looks = Obligation.objects.filter(person=row.person, state="open", code__endswith="looks_at_happened_without")
    assert looks.count() == 2


def test_it_is_written_down_once_and_judged_by_neither(client, approved):
    asker, colleague, row = approved
    stale = AddressDisclosure.objects.get(id=row.id)
    assert writes(client, colleague, row, "1030", LATE).status_code == 302
    answer = writes(client, colleague, row, "1030", LATE)
    assert answer.status_code == 422
    assert "already recorded" in text(answer)
    for at in (LATE - HOUR, NINE + HOUR):
        with pytest.raises(AlreadyDisclosed):
            record_when_disclosed(by=asker, at=at, row=stale)
    with pytest.raises(AlreadyDisclosed):
        tell_address(by=asker, at=NINE + HOUR, telling=stale)
    told = without().get()
    with time_machine.travel(LATE, tick=False):
        assert client.get(f"/addresses-told/{told.id}").status_code == 404  # the reasons are not the writer's
        signed_in(client, asker)
        assert "Nothing to decide" in text(client.get("/addresses-told"))
        assert "First asked by DI Haldane" in text(client.get(f"/addresses-told/{told.id}"))
        assert client.post(f"/addresses-told/{told.id}", form(approved="yes", because="Mine")).status_code == 404
    with pytest.raises(CannotDecide):
        decide_address_disclosure(by=asker, at=LATE, telling=told, approved=True, because="Mine")
    with pytest.raises(IntegrityError, match="address_telling_not_by_who_asked_first"), transaction.atomic():
        without().update(approved=True, decided_at=LATE, decided_by_id=asker.user)
    decide_address_disclosure(by=an_inspector("DI Third"), at=LATE, telling=told, approved=True, because="Looked at")
