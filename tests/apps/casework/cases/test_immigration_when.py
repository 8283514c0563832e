"""When immigration was told decides whether it was as approved: whoever of the case writes it down, and whenever."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from lodestar.casework.case_files.actions.case import give_case
from lodestar.casework.disclosures.actions import AlreadyDisclosed, decide_disclosure, propose_disclosure, record_when_disclosed
from lodestar.casework.disclosures.models import ImmigrationDisclosure
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.audit.models import Event
from tests.apps.casework.cases.test_papers import text
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_disclosure, a_person
from tests.factories.figures import verdict
from tests.factories.signed_in import form, signed_in

MONDAY, HOUR = datetime(2026, 3, 2, 9, 0, tzinfo=UTC), timedelta(hours=1)


@pytest.fixture
def approved(fenmarch):
    """Who proposed it, and what was approved on Monday at nine."""
    with time_machine.travel(MONDAY - HOUR, tick=False):
        officer = a_member("frontline", name="PC Brandreth")
        case = a_case(officer)
        person = a_person(officer, case, name="Petra", british=False)
        row = propose_disclosure(by=officer, at=timezone.now(), person=person, words=a_disclosure())
    inspector = a_member("detective_inspector", rank="detective_inspector")
    decide_disclosure(by=inspector, at=MONDAY, disclosure=row, approved=True, because="The least that will do")
    row.refresh_from_db()
    return officer, row


def writes(client, member, row, when, at):
    with time_machine.travel(at, tick=False):
        return signed_in(client, member).post(f"/immigration/{row.id}", form(when=when))


def without():
    return ImmigrationDisclosure.objects.filter(happened_without=True)


def figure_says(row):
    return verdict(a_member("coordinator"), row.person.case, 3)


def test_what_was_told_in_time_is_as_approved_though_it_is_written_down_days_later(client, approved):
    officer, row = approved
    assert writes(client, officer, row, "2 March 2026 1000", MONDAY + timedelta(days=4)).status_code == 302
    row.refresh_from_db()
    assert (row.told_at, row.told_by_id) == (MONDAY + HOUR, officer.user)
    assert not without().exists()
    assert Event.objects.get(code="cases.immigration_told").happened_at == MONDAY + HOUR
    assert figure_says(row) == "cannot_tell"


def test_a_colleague_of_the_case_writes_it_down_and_is_not_shown_why(client, approved):
    officer, row = approved
    colleague = a_member("frontline", name="PC Ode")
    with time_machine.travel(MONDAY + 2 * HOUR, tick=False):
        assert signed_in(client, colleague).get(f"/immigration/{row.id}").status_code == 404
    give_case(by=officer, at=MONDAY, case=row.person.case, to=colleague.user)
    with time_machine.travel(MONDAY + 2 * HOUR, tick=False):
        listed = text(signed_in(client, colleague).get(f"/people/{row.person_id}/immigration"))
        page = text(client.get(f"/immigration/{row.id}"))
    assert "Record when it was disclosed" in listed
    assert "That she was found" in page
    for hidden in ("He hides there", "The least that will do"):
        assert hidden not in page
    assert writes(client, colleague, row, "1000", MONDAY + 2 * HOUR).status_code == 302
    row.refresh_from_db()
    assert (row.told_at, row.told_by_id) == (MONDAY + HOUR, colleague.user)
    assert not without().exists()


def test_told_before_it_was_approved_is_told_without_though_the_button_is_pressed_after(client, approved):
    officer, row = approved
    answer = writes(client, officer, row, "0700", MONDAY + HOUR)
    assert answer.status_code == 302
    told = without().get()
    assert (told.told_at, told.recipient, told.what) == (MONDAY - 2 * HOUR, row.recipient, row.what)
    row.refresh_from_db()
    assert row.told_at is None
    with time_machine.travel(MONDAY + HOUR, tick=False):
        assert "Not approved before" in text(client.get(answer.url))
    looks = Obligation.objects.filter(person=row.person, state="open", code__endswith="looks_at_happened_without")
    assert looks.count() == 2
    assert figure_says(row) == "happened"


def test_told_after_it_had_lapsed_is_told_without(client, approved):
    officer, row = approved
    late = MONDAY + timedelta(hours=74)
    with time_machine.travel(late, tick=False):
        assert "The approval has expired" in text(signed_in(client, officer).get(f"/immigration/{row.id}"))
    answer = writes(client, officer, row, "", late)  # now cannot be meant
    assert answer.status_code == 422
    assert "Write when it was disclosed" in text(answer)
    assert writes(client, officer, row, "1030", late).status_code == 302
    assert without().get().told_at == late - HOUR / 2


def test_a_day_on_which_the_approval_began_wants_its_time(client, approved):
    officer, row = approved
    answer = writes(client, officer, row, "2 March 2026", MONDAY + timedelta(days=2))
    assert answer.status_code == 422
    assert "Write the day and the time" in text(answer)
    assert writes(client, officer, row, "3 March 2026 0900", MONDAY + timedelta(days=2)).status_code == 302
    assert not without().exists()


def test_what_was_refused_or_told_before_is_not_told_by_this_page(client, approved):
    officer, row = approved
    assert writes(client, officer, row, "", MONDAY + HOUR).status_code == 302
    answer = writes(client, officer, row, "", MONDAY + HOUR)
    assert answer.status_code == 422
    assert "already recorded" in text(answer)
    with pytest.raises(AlreadyDisclosed):
        record_when_disclosed(by=officer, at=MONDAY + HOUR, row=row)
    assert not without().exists()
