"""Whatever is planted in the stored ledger, or in the facts past the actions, the nightly check finds."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from lodestar.casework.cases.models import Person
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.jobs import NOBODY, mend
from lodestar.casework.ledger.models import Obligation, ObligationAnswer, ObligationEvent
from tests.apps.casework.cases.histories import NEVER, History
from tests.factories.accounts import UnitFactory
from tests.factories.cases import MET
from tests.offenders import each

CHANGES = {
    "state": {"state": "closed", "closed_at": MET},
    "not owed": {"state": "not_owed", "closed_at": MET},
    "due": {"due_at": MET},
    "due from": {"due_from": "nothing"},
    "due before": {"due_before": ["charge"]},
    "whose": {"owed_by": "custody"},
    "with whom": {"with_role": "custody"},
    "when": {"when": "later"},
    "line": {"line": 9},
    "why": {"why": ["because"]},
    "rests on": {"rests_on": "something else"},
    "not possible": {"not_possible": True},
    "rule": {"rule_from": MET.date()},
    "sealed": {"sealed": True},
    "opens": {"opens_at": NEVER},
}


@each("what", CHANGES)
def test_a_change_of_any_column_is_found(fenmarch, what):
    history = History()
    history.add_person(0, {"person": {"roles": ["possible_victim"], "belief": "reasonable_grounds"}})
    row = Obligation.objects.filter(case=history.case, code="record_crime").get()
    Obligation.objects.filter(id=row.id).update(**CHANGES[what])
    (found,) = ledger.differences([history.case])
    assert found.key[1] == "record_crime"


def test_a_unit_or_a_holder_changed_is_found(fenmarch):
    history = History()
    history.add_person(0, {"person": {"roles": ["possible_victim"], "belief": "reasonable_grounds"}})
    rows = Obligation.objects.filter(case=history.case, code="record_crime")
    rows.update(unit=UnitFactory())
    assert [found.key[1] for found in ledger.differences([history.case])] == ["record_crime"]
    rows.update(unit=history.case.unit_id, holder=history.sergeant.user)
    assert [found.key[1] for found in ledger.differences([history.case])] == ["record_crime"]


def test_a_row_that_nothing_owes_and_one_that_is_missing_are_found(fenmarch):
    history = History()
    history.add_person(0, {"person": {"roles": ["possible_victim"], "belief": "reasonable_grounds"}})
    row = Obligation.objects.filter(case=history.case, code="record_crime").get()
    Obligation.objects.filter(id=row.id).update(code="make_tea")
    assert sorted((found.key[1], found.says) for found in ledger.differences([history.case])) == [
        ("make_tea", "stored as owed, and nothing owes it"),
        ("record_crime", "owed, and not stored"),
    ]


def test_a_fact_written_past_the_actions_is_found(fenmarch):
    history = History()
    history.add_person(0, {"person": {"roles": ["possible_victim"], "age_min": 40, "age_max": 40}})
    Person.objects.filter(case=history.case).update(age_min=14, age_max=14)
    assert "tell_childrens_services_now" in {found.key[1] for found in ledger.differences([history.case])}


def test_evidence_written_past_the_actions_is_found(fenmarch):
    history = History()
    history.add_person(0, {"person": {"roles": ["possible_victim"], "belief": "reasonable_grounds"}})
    owed = Obligation.objects.filter(case=history.case, code="record_crime").get()
    ObligationAnswer.objects.create(
        case=history.case, person=owed.person, code=owed.code, kind="done", rests_on=owed.rests_on,
        happened_at=MET, recorded_at=MET, by_id=history.officer.user,
    )  # fmt: skip
    assert [(found.key[1], found.says) for found in ledger.differences([history.case])] == [
        ("record_crime", "differs in closed_with, state")
    ]


def test_what_an_earlier_release_left_with_another_role_is_found_and_mended(fenmarch):
    """A review before no further action stood with the supervisor, and is now the detective inspector's."""
    history = History()
    history.add_person(0, {"person": {"roles": ["suspect"], "belief": "signs_only"}})
    history.offence(0, {"offence": {"act": "Theft Act 1968", "section": "9", "stage": "no_further_action"}})
    rows = Obligation.objects.filter(case=history.case, code="di_review_before_no_further_action")
    rows.update(with_role="supervisor")
    (found,) = ledger.differences([history.case])
    assert (found.key[1], found.says) == ("di_review_before_no_further_action", "differs in with_role")
    with CaptureQueriesContext(connection) as asked:
        mend("fenmarch", [history.case.id])
    assert rows.get().with_role == "detective_inspector"
    assert ledger.differences([history.case]) == []
    last = ObligationEvent.objects.filter(obligation=rows.get()).latest("recorded_at")
    assert (last.kind, last.cause, last.by, last.facts) == ("changed", "rules.changed", NOBODY, [])
    assert any("cases_case" in one["sql"] and "FOR UPDATE" in one["sql"] for one in asked), "nobody writes to it meanwhile"
