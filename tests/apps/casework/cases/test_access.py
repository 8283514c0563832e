"""Who sees which case, and what hangs on one: asked of the doors themselves, without a page between.

Need to know: Data Protection Act 2018 section 40 (security of personal data) and the College of Policing's authorised
practice on information management. A sealed case is its named owners' alone.
"""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from lodestar.casework.case_files.queries import files_of
from lodestar.casework.cases import access
from lodestar.casework.cases.models import Case, Person
from lodestar.information_governance.access_alerts.queries import unsealed_case
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.models import Event
from lodestar.platform.text.ids import new_id
from lodestar.platform.text.paging import Place
from tests.factories.accounts import UnitFactory, a_member
from tests.factories.cases import MET, CaseFactory, CaseFileFactory, CaseMemberFactory, PersonFactory, SealOwnerFactory, user_of
from tests.offenders import each

HOUR = timedelta(hours=1)


@pytest.fixture
def units(fenmarch):
    """A unit, one below it, and one beside it."""
    above = UnitFactory()
    return above, UnitFactory(parent=above), UnitFactory()


def given(member, case, **about):
    CaseMemberFactory(case=case, user=user_of(member), **about)
    return case


def sealed_to(case, *members):
    for member in members:
        SealOwnerFactory(case=case, user=user_of(member))
    Case.objects.filter(id=case.id).update(sealed=True)
    case.refresh_from_db()
    return case


def seen(member):
    return set(access.visible_cases(member))


@each(
    ("roles", "expected"),
    [
        (("frontline",), {"given", "named"}),
        (("investigator",), {"given", "named"}),
        (("supervisor",), {"given", "named", "unit", "below"}),
        (("supervisor", "administrator"), {"given", "named", "unit", "below"}),
        (("coordinator",), {"given", "named", "unit", "below", "elsewhere"}),
        (("frontline", "coordinator"), {"given", "named", "unit", "below", "elsewhere"}),
        (("administrator",), set()),
        (("data_protection",), set()),
        ((), set()),
    ],
)
def test_a_case_is_seen_by_those_who_need_to_know(units, roles, expected):
    above, below, beside = units
    member = a_member(*roles or ("a role of old",), unit=above)
    cases = {
        "given": given(member, CaseFactory(unit=beside)),
        "named": sealed_to(CaseFactory(unit=beside), member),
        "unit": CaseFactory(unit=above),
        "below": CaseFactory(unit=below),
        "elsewhere": CaseFactory(unit=beside),
        "sealed": sealed_to(given(member, CaseFactory(unit=above)), a_member()),  # though it was given, and is of the unit
    }
    assert seen(member) == {cases[name] for name in expected}
    assert access.sees_cases(member) is bool(expected)
    people = {name: PersonFactory(case=case) for name, case in cases.items()}
    assert set(Person.objects.filter(access.visible(member, "case__"))) == {people[name] for name in expected}


def test_what_was_given_is_seen_until_it_is_taken_back(fenmarch):
    officer, now = a_member("frontline"), timezone.now()
    open_ended, for_now = given(officer, CaseFactory()), given(officer, CaseFactory(), to_at=now + HOUR)
    given(officer, CaseFactory(), to_at=now - HOUR)
    given(a_member("frontline"), CaseFactory())
    assert seen(officer) == {open_ended, for_now}


def test_a_case_is_had_by_its_reference_and_its_showing_is_written_down_when_it_is_shown(fenmarch):
    officer = a_member("frontline")
    case = given(officer, CaseFactory())
    before = Event.objects.count()
    assert access.case_for(officer, case.reference, Permission.CASE_VIEW) == case
    assert Event.objects.count() == before
    access.case_for(officer, case.reference, Permission.CASE_VIEW, viewed=True)
    assert Event.objects.filter(code="cases.viewed", by=officer.user, case=case.id).count() == 1
    for member, reference, permission in [
        (officer, "FM-99-9999", Permission.CASE_VIEW),
        (officer, case.reference, Permission.CASE_SEAL),
        (a_member("frontline"), case.reference, Permission.CASE_VIEW),
    ]:
        with pytest.raises(Http404):
            access.case_for(member, reference, permission, viewed=True)
    assert Event.objects.filter(code="cases.viewed").count() == 1


def test_a_person_is_had_with_their_case_and_their_showing_is_written_down_when_they_are_shown(fenmarch):
    officer = a_member("frontline")
    person = PersonFactory(case=given(officer, CaseFactory()))
    before = Event.objects.count()
    assert access.person_for(officer, person.id, Permission.CASE_VIEW) == person
    assert Event.objects.count() == before
    access.person_for(officer, person.id, Permission.CASE_VIEW, viewed=True)
    assert Event.objects.get(code="cases.person_viewed").people == [person.id]
    for member, wanted, permission in [
        (officer, new_id(), Permission.CASE_VIEW),
        (officer, person.id, Permission.CASE_SEAL),
        (a_member("frontline"), person.id, Permission.CASE_VIEW),
    ]:
        with pytest.raises(Http404):
            access.person_for(member, wanted, permission)


def test_files_come_page_by_page_and_none_twice_nor_left_out(fenmarch):
    case = CaseFactory()
    files = [CaseFileFactory(case=case, added_at=MET + number // 2 * HOUR) for number in range(5)]
    CaseFileFactory()
    found, place = [], None
    while page := files_of(case, 2, place):
        found += page
        place = Place(page[-1].added_at, page[-1].id)
    assert found == sorted(files, key=lambda file: (file.added_at, file.id), reverse=True)
    assert files_of(case, 9, Place(None, files[0].id)) == found, "a place without an instant is the beginning"


@each(
    ("role", "where", "may"),
    [
        ("supervisor", "above", True),
        ("supervisor", "below", True),
        ("supervisor", "beside", False),  # given to them, and of another unit: they pass it on to nobody
        ("coordinator", "beside", True),
        ("frontline", "above", False),
    ],
)
def test_a_case_is_given_within_the_unit_or_by_those_who_serve_the_force(units, role, where, may):
    unit = dict(zip(("above", "below", "beside"), units, strict=True))[where]
    member = a_member(role, unit=units[0])
    case = given(member, CaseFactory(unit=unit))
    for door in (access.case_to_give, access.case_to_pass_on):
        if may:
            assert door(member, case.reference, viewed=False) == case
        else:
            with pytest.raises(Http404):
                door(member, case.reference, viewed=False)


@pytest.mark.parametrize("role", ["supervisor", "coordinator"])
def test_a_sealed_case_is_given_to_nobody_and_passed_on_by_its_owners(units, role):
    member = a_member(role, unit=units[0])
    case = sealed_to(CaseFactory(unit=units[0]), member, a_member())
    with pytest.raises(Http404):
        access.case_to_give(member, case.reference, viewed=False)
    assert access.case_to_pass_on(member, case.reference, viewed=False) == case
    with pytest.raises(Http404):
        access.case_to_pass_on(a_member("coordinator"), case.reference, viewed=False)


def test_emergency_access_opens_no_sealed_case(fenmarch):
    case, sealed = CaseFactory(), sealed_to(CaseFactory(), a_member(name="PS Vale"), a_member(name="DI Ash"))
    assert unsealed_case(case.reference) == case
    assert unsealed_case(sealed.reference) is None
    assert unsealed_case("FM-99-9999") is None
    assert access.owners_of(sealed) == ["DI Ash", "PS Vale"]
