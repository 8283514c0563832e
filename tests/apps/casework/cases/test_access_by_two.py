"""What one asks and another decides, of a safe address and of immigration: who is shown it, decides it and writes down that it
was told. Asked of the doors themselves."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

import pytest
from django.http import Http404

from lodestar.casework.cases import access
from lodestar.casework.disclosures import access as may
from lodestar.casework.disclosures.models import AddressDisclosure, ImmigrationDisclosure
from lodestar.casework.safe_addresses.access import addresses_of, holder_of_reported, may_see_address
from lodestar.platform.approvals.access import may_decide, may_judge, sees_why
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import a_member
from tests.factories.cases import (
    MET,
    AddressTellingFactory,
    CaseFactory,
    CaseMemberFactory,
    ImmigrationDisclosureFactory,
    PersonFactory,
    SafeAddressFactory,
    SealOwnerFactory,
    user_of,
)
from tests.offenders import each

INSPECTOR = "detective_inspector"
HOUR = timedelta(hours=1)


class Kind(NamedTuple):
    """One of the two: its rows, and what says whose it was before it was told at another time."""

    asked: type
    made: Callable[..., Any]
    first: str

    def door(self, member, row):
        return may.asked_for(member, self.asked, row)

    def waiting(self, member, most):
        return may.to_decide(member, self.asked, most)


KINDS = [
    Kind(AddressDisclosure, AddressTellingFactory, "first_asked_by"),
    Kind(ImmigrationDisclosure, ImmigrationDisclosureFactory, "proposed_by"),
]


@pytest.fixture(params=KINDS, ids=["address", "immigration"])
def kind(fenmarch, request):
    return request.param


@pytest.fixture
def person(fenmarch):
    return PersonFactory()


def on_the_case(person, *roles, **about):
    member = a_member(*roles or ("frontline",), **about)
    CaseMemberFactory(case=person.case, user=user_of(member))
    return member


def an_inspector(person):
    return on_the_case(person, INSPECTOR, rank=INSPECTOR)


def decided(person, *, approved=True, **about):
    return {"approved": approved, "decided_at": MET, "decided_by": user_of(an_inspector(person)), **about}


@each(
    ("role", "rank", "decides"),
    [(INSPECTOR, INSPECTOR, True), (INSPECTOR, "detective_sergeant", False), ("frontline", INSPECTOR, False)],
)
def test_an_inspector_by_role_and_rank_decides(kind, role, rank, decides):
    assert may_decide(a_member(role, rank=rank), kind.asked) is decides


def test_nobody_judges_what_they_asked_or_wrote_down(kind, person):
    first, writer, other = (an_inspector(person) for _ in range(3))
    row = kind.made(person=person, asked_by=user_of(writer), **{kind.first: user_of(first)})
    assert [may_judge(member, row) for member in (first, writer, other)] == [False, False, True]
    assert not may_judge(on_the_case(person), row)


@each(
    ("how", "may_tell", "may_write"),
    [
        ({"approved": True}, True, True),
        ({"approved": False}, False, False),
        ({}, False, False),
        ({"approved": True, "told_at": MET}, True, False),
        ({"approved": True, "told_outside": True}, True, False),
        ({"approved": True, "happened_without": True, "told_at": MET}, False, False),
    ],
)
def test_what_was_approved_is_told_by_whoever_works_the_case_and_written_down_once(kind, person, how, may_tell, may_write):
    colleague = on_the_case(person)
    told = {"told_by": user_of(colleague)} if "told_at" in how else {}
    row = kind.made(person=person, **{**(decided(person) if "approved" in how else {}), **told, **how})
    assert may.may_tell(colleague, row) is may_tell
    assert may.may_record_disclosure(colleague, row) is may_write
    allocation = on_the_case(person, "crime_allocation")  # sees the case, and works on nobody
    assert not may.may_tell(allocation, row)
    assert not may.may_record_disclosure(allocation, row)


def test_one_is_had_by_who_asked_by_who_decides_and_once_approved_by_who_tells(kind, person):
    asker, inspector, colleague = on_the_case(person), an_inspector(person), on_the_case(person)
    asked = kind.made(person=person, asked_by=user_of(asker))
    approved = kind.made(person=person, asked_by=user_of(asker), **decided(person))
    for member, row in ((asker, asked), (inspector, asked), (asker, approved), (colleague, approved)):
        assert kind.door(member, row.id) == row
    for member, row in ((asker, asked), (inspector, asked)):
        assert sees_why(member, row)
    assert not sees_why(colleague, approved)
    allocation = on_the_case(person, "crime_allocation")
    theirs = kind.made(person=person, asked_by=user_of(allocation))
    elsewhere = kind.made(asked_by=user_of(asker), **decided(person))
    for member, wanted in (
        (colleague, asked.id), (asker, elsewhere.id), (asker, new_id()), (allocation, theirs.id), (a_member(), approved.id),
    ):  # fmt: skip
        with pytest.raises(Http404):
            kind.door(member, wanted)


def test_who_wrote_down_that_it_was_told_is_not_shown_why_and_who_asked_is(kind, person):
    asker, writer = on_the_case(person), on_the_case(person)
    about = {"happened_without": True, "told_at": MET, "told_by": user_of(writer), kind.first: user_of(asker)}
    row = kind.made(person=person, asked_by=user_of(writer), **about)
    assert kind.door(asker, row.id) == row
    assert sees_why(asker, row)
    assert not sees_why(writer, row)
    with pytest.raises(Http404):
        kind.door(writer, row.id)


def test_what_waits_for_an_inspector_is_what_others_asked_the_oldest_first(kind, person):
    inspector, other = an_inspector(person), an_inspector(person)
    late, early = (kind.made(person=person, asked_at=MET + hours * HOUR) for hours in (2, 1))
    kind.made(person=person, asked_by=user_of(inspector))
    told = {"happened_without": True, "told_at": MET, "told_by": user_of(other), "asked_at": MET + 3 * HOUR}
    kind.made(person=person, **told, **{kind.first: user_of(inspector)})
    of_another = kind.made(person=person, **told, **{kind.first: user_of(other)})
    kind.made(person=person, **decided(person))
    unseen = kind.made(person__case=CaseFactory(sealed=True))
    assert kind.waiting(inspector, 9) == [early, late, of_another]
    assert kind.waiting(inspector, 1) == [early]
    SealOwnerFactory(case=unseen.person.case, user=user_of(inspector))
    assert unseen in kind.waiting(inspector, 9)
    for member in (on_the_case(person), a_member(INSPECTOR, rank="detective_sergeant")):
        with pytest.raises(Http404):
            kind.waiting(member, 9)


@each(
    ("held", "owned", "expected"),
    [
        ([], True, None),
        ([True], True, "owner"),
        ([True, True], True, "owner"),
        ([True], False, "interim"),
        ([True, False], True, None),
        ([False], True, None),
    ],
)
def test_what_another_system_said_of_an_address_is_shown_to_who_has_the_case(fenmarch, held, owned, expected):
    people = {"owner": a_member("investigator"), "interim": a_member()}
    case = CaseFactory(interim_owner=user_of(people["interim"]), owner=user_of(people["owner"]) if owned else None)
    person = PersonFactory(case=case)
    for is_reported in held:
        SafeAddressFactory(person=person, is_reported=is_reported)
    assert holder_of_reported(person) == (people[expected].user if expected else None)
    assert [name for name, member in people.items() if may_see_address(member, person)] == [expected] * bool(expected)


def test_the_latest_ten_that_other_systems_say_are_shown(fenmarch):
    officer = a_member()
    person = PersonFactory(case=CaseFactory(interim_owner=user_of(officer)))
    rows = [
        SafeAddressFactory(person=person, is_reported=True, address=f"{number} Mill Lane", recorded_at=MET - number * HOUR)
        for number in range(11)
    ]
    assert addresses_of(officer, person) == rows[:10]


def test_of_references_those_of_cases_that_one_sees_are_told(fenmarch):
    officer, protection = a_member(), a_member("data_protection")
    case, other = CaseFactory(), CaseFactory()
    CaseMemberFactory(case=case, user=user_of(officer))
    among = [case.reference, other.reference, "FM-99-9999"]
    assert access.references_seen(officer, among) == {case.reference}
    assert access.references_seen(officer, []) == set()
    assert access.references_seen(protection, among) == set()
