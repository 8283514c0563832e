"""The ledger stores what the pure rules say, and no more than that."""

import pytest

from lodestar.casework.case_files.actions.people import change_person
from lodestar.casework.ledger.actions import answer_duty
from lodestar.casework.ledger.models import Obligation, ObligationEvent
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person

pytestmark = pytest.mark.usefixtures("fenmarch")


def test_not_possible_stays_open_and_goes_to_the_supervisor():
    officer = a_member("frontline")
    case = a_case(officer)
    person = a_person(officer, case, age_min=15, age_max=15)
    owed = Obligation.objects.get(case=case, person=person, code="safe_place")
    answer_duty(by=officer, at=MET, case=case, obligations=[owed], kind="not_possible", because="No foster bed until 04:00.")
    owed.refresh_from_db()
    assert (owed.state, owed.with_role, owed.holder_id) == ("open", "supervisor", None)


def test_what_goes_when_a_fact_is_added_names_the_fact_and_the_event():
    officer = a_member("frontline")
    case = a_case(officer)
    person = a_person(officer, case, age_min=None, age_max=None)
    owed = Obligation.objects.get(case=case, person=person, code="establish_age")
    person = change_person(by=officer, at=MET, person=person, version=1, facts={"age_min": 30, "age_max": 30})
    owed.refresh_from_db()
    last = ObligationEvent.objects.filter(obligation=owed).order_by("recorded_at", "id").last()
    assert (owed.state, last.kind) == ("not_owed", "not_owed")
    assert {"age_min", "age_max"} <= set(last.facts)
    assert last.event is not None
