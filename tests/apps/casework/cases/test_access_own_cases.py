"""The cases that are somebody's by name, and those they took in from files: the newest first, and no more than asked."""

from datetime import timedelta

from lodestar.casework.cases.access import own_cases
from lodestar.casework.cases.models import Case
from lodestar.platform.text.paging import Place
from tests.factories.accounts import a_member
from tests.factories.cases import MET, SealOwnerFactory, a_case, user_of


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
