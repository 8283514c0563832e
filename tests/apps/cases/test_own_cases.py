"""The cases that are somebody's by name, the newest first and page by page."""

from dataclasses import replace
from datetime import timedelta

from lodestar.cases import ledger
from lodestar.cases.access import obligations_for, own_cases
from lodestar.cases.models import Case
from lodestar.kernel.paging import Place
from tests.factories.accounts import a_member
from tests.factories.cases import MET, SealOwnerFactory, a_case, a_person, user_of


def test_they_come_page_by_page_and_none_twice_nor_left_out(fenmarch):
    officer, colleague = a_member("frontline"), a_member("frontline")
    cases = [a_case(officer) for _ in range(5)]
    for number, case in enumerate(cases):  # two were written down at one instant
        Case.objects.filter(id=case.id).update(recorded_at=MET + timedelta(hours=number // 2))
    a_case(colleague)
    found, place = [], None
    while page := own_cases(officer, 2, place):
        found += page
        place = Place(page[-1].recorded_at, page[-1].id)
    assert found == sorted(cases, key=lambda case: (cases.index(case) // 2, case.id), reverse=True)
    assert own_cases(officer, 9, Place(None, cases[0].id)) == found, "a place without an instant is the beginning"


def test_a_sealed_one_is_its_owners_and_the_other_stays(fenmarch):
    officer = a_member("frontline")
    opened, sealed = a_case(officer), a_case(a_member("frontline"))
    SealOwnerFactory(case=sealed, user=user_of(officer))
    Case.objects.filter(id=sealed.id).update(sealed=True)
    assert set(own_cases(officer, 9)) == {opened, sealed}


def test_who_reaches_the_force_has_what_is_owed_in_open_cases_and_in_their_own_sealed_ones(fenmarch):
    coordinator, colleague = a_member("coordinator"), a_member("frontline")
    opened, own, other = (a_case(colleague) for _ in range(3))
    for case in (opened, own, other):
        a_person(colleague, case)
    SealOwnerFactory(case=own, user=user_of(coordinator))
    for case in (own, other):
        with ledger.acting_on(case.id, by=colleague.user, at=MET, code="cases.sealed") as (locked,):
            locked.sealed = True
            locked.save(update_fields=["sealed"])
    assert {row.case_id for row in obligations_for(coordinator)} == {opened.id, own.id}


def test_who_sees_no_case_is_owed_nothing_and_an_officer_what_is_in_theirs(fenmarch):
    officer, other = a_member("frontline"), a_member("frontline")
    mine, theirs = a_case(officer), a_case(other)
    for case in (mine, theirs):
        a_person(other, case)
    assert {row.case_id for row in obligations_for(officer)} == {mine.id}
    assert not obligations_for(replace(officer, roles=("administrator",))).exists(), "not even in a case once theirs"
