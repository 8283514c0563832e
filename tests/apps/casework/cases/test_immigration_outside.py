"""What was approved and told at another time: written down once, and judged by nobody who proposed it or wrote it down."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from lodestar.casework.case_files.actions.case import give_case
from lodestar.casework.disclosures.actions import (
    AlreadyDisclosed,
    NotApproved,
    decide_disclosure,
    propose_disclosure,
    record_when_disclosed,
    tell_in_a_file,
)
from lodestar.casework.disclosures.models import ImmigrationDisclosure
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.approvals.actions import CannotDecide
from tests.apps.casework.cases.test_papers import text
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_disclosure, a_person
from tests.factories.signed_in import form, signed_in
from tests.offenders import each

MONDAY, HOUR = datetime(2026, 3, 2, 9, 0, tzinfo=UTC), timedelta(hours=1)
LATE = MONDAY + 74 * HOUR
DECIDED = {"approved": "yes", "because": "I say so"}


def an_inspector(name):
    return a_member("detective_inspector", rank="detective_inspector", name=name)


def propose_and_approve(at, way="told"):
    proposer, other = an_inspector("DI Haldane"), an_inspector("DI Merriweather")
    with time_machine.travel(at - HOUR, tick=False):
        case = a_case(proposer)
        person = a_person(proposer, case, name="Petra", british=False)
        words = a_disclosure(way=way, parts=["support", "safeguarding", "law_enforcement"])
        row = propose_disclosure(by=proposer, at=timezone.now(), person=person, words=words)
    decide_disclosure(by=other, at=at, disclosure=row, approved=True, because="The least that will do")
    row.refresh_from_db()
    return proposer, row


@pytest.fixture
def approved(fenmarch):
    """An inspector who proposed it, a colleague of the case, and what another inspector approved on Monday at nine."""
    proposer, row = propose_and_approve(MONDAY)
    colleague = a_member("frontline", name="PC Ode")
    give_case(by=proposer, at=MONDAY, case=row.person.case, to=colleague.user)
    return proposer, colleague, row


def writes(client, member, row, when, at=LATE):
    with time_machine.travel(at, tick=False):
        return signed_in(client, member).post(f"/immigration/{row.id}", form(when=when))


def without():
    return ImmigrationDisclosure.objects.filter(happened_without=True)


def test_who_proposed_it_does_not_judge_that_it_was_told_outside_its_time(client, approved):
    proposer, colleague, row = approved
    assert writes(client, colleague, row, "1030").status_code == 302
    told = without().get()
    assert (told.asked_by_id, told.proposed_by_id) == (colleague.user, proposer.user)
    with time_machine.travel(LATE, tick=False):
        signed_in(client, proposer)
        assert "Nothing to decide" in text(client.get("/immigration"))
        page = text(client.get(f"/immigration/{told.id}"))
        assert "Was it right?" not in page
        assert "who did not propose or record this must decide" in page
        assert "Proposed by DI Haldane." in page
        assert client.post(f"/immigration/{told.id}", form(**DECIDED)).status_code == 404
    with pytest.raises(CannotDecide):
        decide_disclosure(by=proposer, at=LATE, disclosure=told, approved=True, because="I say so")
    with pytest.raises(IntegrityError, match="immigration_not_by_who_proposed"), transaction.atomic():
        without().update(approved=True, decided_at=LATE, decided_by_id=proposer.user)
    with time_machine.travel(LATE, tick=False):
        signed_in(client, an_inspector("DI Third"))
        assert "An immigration officer" in text(client.get("/immigration"))
        assert client.post(f"/immigration/{told.id}", form(**DECIDED)).status_code == 302


def test_it_is_written_down_once_whoever_writes_it(client, approved):
    proposer, colleague, row = approved
    stale = ImmigrationDisclosure.objects.get(id=row.id)
    assert writes(client, colleague, row, "1030").status_code == 302
    third = a_member("frontline", name="PC Tarn")
    give_case(by=proposer, at=LATE, case=row.person.case, to=third.user)
    with time_machine.travel(LATE, tick=False):
        page = text(signed_in(client, third).get(f"/people/{row.person_id}/immigration"))
        assert "Record when it was disclosed" not in page
        assert "Disclosed outside the approved time" in page
    answer = writes(client, third, row, "1030")
    assert answer.status_code == 422
    assert "already recorded" in text(answer)
    for at in (LATE - HOUR, MONDAY + HOUR):
        with pytest.raises(AlreadyDisclosed, match="A colleague has already recorded this disclosure"):
            record_when_disclosed(by=third, at=at, row=stale)
    assert without().count() == 1
    looks = Obligation.objects.filter(person=row.person, state="open", code__endswith="looks_at_happened_without")
    assert looks.count() == 2


def test_a_file_does_not_go_under_what_was_told_outside_its_time(fenmarch):
    proposer, row = propose_and_approve(MONDAY, way="file")
    record_when_disclosed(by=proposer, at=MONDAY - HOUR / 2, row=row)
    with pytest.raises(NotApproved):
        tell_in_a_file(by=proposer, at=MONDAY + HOUR, case=row.person.case, people=[row.person], recipient=row.recipient)


@each(
    ("words", "asks"),
    [
        ("March 2026", "Write the day and the time"), ("2026-03", "Write the day and the time"),
        ("March 2026 1030", "Write the day and the time"), ("2026", "Write the day and the time"),
    ],
)  # fmt: skip
def test_what_is_coarser_than_a_day_is_asked_for_its_day(client, approved, words, asks):
    _, colleague, row = approved
    answer = writes(client, colleague, row, words, MONDAY + 30 * HOUR)
    assert answer.status_code == 422
    assert asks in text(answer)
    assert not without().exists()


def test_twenty_twenty_six_o_clock_can_be_written(client, approved):
    _, colleague, row = approved
    assert writes(client, colleague, row, "20:26", MONDAY + 30 * HOUR).status_code == 302
    row.refresh_from_db()
    assert row.told_at == datetime(2026, 3, 2, 20, 26, tzinfo=UTC)


def test_the_hour_that_october_repeats_is_in_time_where_the_later_one_is(client, fenmarch):
    proposer, row = propose_and_approve(datetime(2026, 10, 25, 1, 10, tzinfo=UTC))
    assert writes(client, proposer, row, "25 October 0130", datetime(2026, 10, 26, 9, 0, tzinfo=UTC)).status_code == 302
    row.refresh_from_db()
    assert row.told_at == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert not without().exists()
