"""Another end of a tour moves what is due by it, in one action; the nightly check finds no difference afterwards."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.cases.models import Case
from lodestar.casework.concerns.actions import ConcernInput, PersonInput, receive_concern
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import end_tour
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.accounts.actions import NoSuchEnd, begin_tour
from lodestar.platform.accounts.models import Shift
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import TourFactory, a_member
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")
HOUR = timedelta(hours=1)
LEFT = "hand_on_what_is_left"


@pytest.fixture
def officer():
    return a_member("frontline")


def a_tour_of(officer, **times):
    return TourFactory(user_id=officer.user, user=None, **times)


def a_concern(officer, at=None):
    at = at or timezone.now()
    case = a_case(officer, at=at)
    a_person(officer, case, at=at)
    return case


def due_by_the_end(case):
    return set(Obligation.objects.filter(case=case, code=LEFT, state="open").values_list("due_at", flat=True))


def in_step(*some):
    return ledger.differences(list(Case.objects.filter(id__in=[case.id for case in some]))) == []


@pytest.mark.parametrize("hours", [2, 14])
def test_an_earlier_and_a_later_end_move_what_is_due_by_it(officer, hours):
    a_tour_of(officer)
    one, other = a_concern(officer), a_concern(officer)
    now = timezone.now()
    end_tour(by=officer, at=now, to_at=now + hours * HOUR)
    assert due_by_the_end(one) == due_by_the_end(other) == {now + hours * HOUR}
    assert in_step(one, other)


def test_ended_now_it_is_due_now_and_a_sealed_case_moves_too(officer):
    a_tour_of(officer)
    case, sergeant = a_concern(officer), a_member("supervisor")
    seal_case(by=sergeant, at=timezone.now(), case=case, reason="A relative.", owners=[officer.user, sergeant.user])
    now = timezone.now()
    end_tour(by=officer, at=now, to_at=now)
    assert due_by_the_end(case) == {now}
    assert in_step(case)


def test_another_officers_cases_stay_as_they_are(officer):
    a_tour_of(officer), a_tour_of(other := a_member("frontline"))
    theirs = a_concern(other)
    before = due_by_the_end(theirs)
    end_tour(by=officer, at=timezone.now(), to_at=timezone.now() + HOUR)
    assert due_by_the_end(theirs) == before != set()
    assert in_step(theirs)


def test_an_end_before_now_or_a_day_after_the_beginning_is_none(officer):
    tour = a_tour_of(officer)
    now = timezone.now()
    for wrong in (now - HOUR, tour.from_at + 25 * HOUR):
        with pytest.raises(NoSuchEnd):
            end_tour(by=officer, at=now, to_at=wrong)
    assert Shift.objects.get().to_at == tour.to_at


def test_an_ended_tour_can_be_made_longer_and_takes_in_what_was_recorded_after_it(officer):
    now = timezone.now()
    a_tour_of(officer, from_at=now - 10 * HOUR, to_at=now - HOUR)
    case = a_concern(officer)
    assert due_by_the_end(case) == set()
    end_tour(by=officer, at=timezone.now(), to_at=now + HOUR)
    assert due_by_the_end(case) == {now + HOUR}
    assert in_step(case)


def test_whoever_records_after_the_end_they_named_is_on_a_tour_again(officer):
    now = timezone.now()
    a_tour_of(officer, from_at=now - 10 * HOUR, to_at=now - HOUR)
    told = ConcernInput({}, [PersonInput(new_id(), facts={"roles": ["possible_victim"]})])
    case = receive_concern(by=officer, at=now, case_id=new_id(), concern_input=told)[0]
    assert Shift.objects.count() == 2
    assert due_by_the_end(case) == {Shift.objects.latest("from_at").to_at}
    receive_concern(by=officer, at=now, case_id=new_id(), concern_input=told_again())
    assert Shift.objects.count() == 2
    assert in_step(case)


def told_again():
    return ConcernInput({}, [PersonInput(new_id(), facts={"roles": ["possible_victim"]})])


def test_the_page_names_an_end_or_ends_it_now(client, officer):
    with time_machine.travel("2026-03-10 20:00 +00:00", tick=False) as clock:
        signed_in(client, officer)
        begin_tour(user=officer.user, at=timezone.now())
        case = a_concern(officer)
        assert "05:00" in text_of(client, "/tour")
        with at_most(40):
            assert client.post("/tour", form(ends="0300")).status_code == 302
        assert due_by_the_end(case) == {Shift.objects.get().to_at}
        assert Shift.objects.get().to_at == timezone.now() + 7 * HOUR
        for wrong in ("", "whenever", "tomorrow 2100"):
            assert client.post("/tour", form(ends=wrong)).status_code == 422
        clock.shift(HOUR)
        client.post("/tour", form(now="1"))
        assert due_by_the_end(case) == {timezone.now()}
        assert "It ended" in text_of(client, "/tour")
        assert 'href="/tour"' in text_of(client, "/my-work")


def text_of(client, path):
    return client.get(path).content.decode()
