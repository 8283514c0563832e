"""Who looks at what is kept, and whose: asked of the doors themselves, without a page between.

Data protection reviews people of unsealed cases (Data Protection Act 2018 section 39: kept no longer than necessary); of
sealed ones the named owners do, if they review at all.
"""

from datetime import timedelta

import pytest
from django.http import Http404

from lodestar.casework.cases.models import Case
from lodestar.information_governance.retention import access
from lodestar.platform.audit.models import Event
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import a_member
from tests.factories.cases import PersonFactory, SealOwnerFactory, theirs, user_of
from tests.factories.keeping import BreachFactory, DisposalFactory, RequestTaskFactory, ReviewDueFactory, SubjectRequestFactory


@pytest.fixture
def officer(fenmarch):
    """Of data protection."""
    return a_member("data_protection")


def sealed_to(person, *members):
    for member in members:
        SealOwnerFactory(case=person.case, user=user_of(member))
    Case.objects.filter(id=person.case_id).update(sealed=True)
    return person


def test_people_of_unsealed_cases_are_reviewed_and_of_sealed_ones_by_their_owners(officer):
    person, own = PersonFactory(), sealed_to(PersonFactory(), officer)
    sealed, others = sealed_to(PersonFactory(), a_member()), a_member("coordinator")
    assert set(access.people_to_review(officer)) == {person, own}
    assert not access.people_to_review(others).exists()
    assert access.person_to_review(officer, person.id) == person
    for member, wanted in [(officer, sealed.id), (officer, new_id()), (others, person.id)]:
        with pytest.raises(Http404):
            access.person_to_review(member, wanted)


def test_a_look_at_somebody_is_written_down_when_they_are_shown(officer):
    person, before = PersonFactory(), Event.objects.count()
    access.person_to_review(officer, person.id)
    assert Event.objects.count() == before
    access.person_to_review(officer, person.id, viewed=True)
    assert Event.objects.get(code="keeping.looked").people == [person.id]


def test_a_wish_to_let_somebody_go_is_seen_as_the_case_is(officer):
    wish, own = DisposalFactory(), DisposalFactory(case=sealed_to(PersonFactory(), officer).case)
    sealed = DisposalFactory(case=sealed_to(PersonFactory(), a_member()).case)
    for found in (wish, own):
        assert access.disposal_for(officer, found.id) == found
    for member, wanted in [(officer, sealed.id), (officer, new_id()), (a_member("coordinator"), wish.id)]:
        with pytest.raises(Http404):
            access.disposal_for(member, wanted)


def test_the_register_of_breaches_is_for_those_who_keep_it(officer):
    breach = BreachFactory()
    assert access.breach_for(officer, breach.id) == breach
    for member, wanted in [(officer, new_id()), (a_member("coordinator"), breach.id)]:
        with pytest.raises(Http404):
            access.breach_for(member, wanted)


def test_who_asked_about_themselves_is_for_those_who_answer_and_their_showing_is_written_down(officer):
    request, before = SubjectRequestFactory(), Event.objects.count()
    assert access.request_for(officer, request.id) == request
    assert Event.objects.count() == before
    access.request_for(officer, request.id, viewed=True)
    assert Event.objects.get(code="keeping.request_looked").subject == str(request.id)
    for member, wanted in [(officer, new_id()), (a_member("coordinator"), request.id)]:
        with pytest.raises(Http404):
            access.request_for(member, wanted)


@pytest.fixture
def owner(fenmarch):
    """An investigator, named on sealed cases."""
    return a_member("investigator")


@pytest.fixture
def sealed(owner):
    """Somebody in a sealed case of the owner's and of a colleague's."""
    return sealed_to(PersonFactory(), owner, a_member("investigator"))


@pytest.fixture
def reopened(owner):
    """Somebody in a case on which the owner was named, and which is sealed no more."""
    person = PersonFactory()
    SealOwnerFactory(case=person.case, user=user_of(owner))
    return person


def test_a_sealed_case_is_decided_by_its_named_owners_whatever_their_role(officer, owner, sealed, reopened):
    assert list(access.people_to_review(owner)) == [sealed]
    wish, of_none = DisposalFactory(case=sealed.case), DisposalFactory(case=reopened.case)
    DisposalFactory(case=sealed.case, asked_by=user_of(owner))
    assert access.disposal_for(owner, wish.id) == wish
    for member, wanted in [(owner, of_none.id), (officer, wish.id), (a_member("investigator"), wish.id)]:
        with pytest.raises(Http404):
            access.disposal_for(member, wanted)
    assert list(access.own_sealed_wishes(owner)) == [wish], "of colleagues, and of what is sealed"
    assert not access.own_sealed_wishes(officer).exists()
    may_not = a_member("guidance_editor")
    SealOwnerFactory(case=sealed.case, user=user_of(may_not))
    assert not access.own_sealed_wishes(may_not).exists()
    assert not access.people_to_review(may_not).exists()


def test_who_is_due_in_a_sealed_case_is_shown_to_its_named_owners_until_a_wish_waits(owner, sealed, reopened):
    due = ReviewDueFactory(person=sealed)
    ReviewDueFactory(person=reopened)
    assert list(access.own_sealed_due(owner, due.due_on)) == [due]
    assert not access.own_sealed_due(owner, due.due_on - timedelta(days=1)).exists()
    may_not = a_member("guidance_editor")
    SealOwnerFactory(case=sealed.case, user=user_of(may_not))
    for member in (may_not, a_member("investigator")):
        assert not access.own_sealed_due(member, due.due_on).exists()
    DisposalFactory(case=sealed.case, person=sealed.id)
    assert not access.own_sealed_due(owner, due.due_on).exists()


def test_what_was_asked_of_whoever_has_a_case_is_seen_by_who_answers_but_not_of_a_sealed_one(officer, sealed):
    request = SubjectRequestFactory()
    task = RequestTaskFactory(request=request)
    RequestTaskFactory(request=request, case=sealed.case, person=sealed.id)
    assert list(access.tasks_of(officer, request)) == [task]
    assert not access.tasks_of(a_member("coordinator"), request).exists()


def test_what_people_ask_about_themselves_is_reviewed_by_whoever_has_the_case(owner, sealed):
    colleague = a_member("coordinator")  # who sees every case
    owned = RequestTaskFactory(case=theirs(owner, case__owner=user_of(owner), case__interim_owner=user_of(colleague)).case)
    meanwhile = RequestTaskFactory(case=PersonFactory(case__interim_owner=user_of(colleague)).case)
    within = RequestTaskFactory(case=sealed.case, person=sealed.id)
    of_none = RequestTaskFactory(case=sealed_to(PersonFactory(case__owner=user_of(colleague)), owner).case)
    RequestTaskFactory()  # of somebody else's case, which the coordinator sees
    assert set(access.own_tasks(owner)) == {owned, within, of_none}
    assert list(access.own_tasks(colleague)) == [meanwhile]
    assert access.task_for(owner, within.id) == within
    for member, wanted in [(colleague, within.id), (owner, meanwhile.id), (owner, new_id())]:
        with pytest.raises(Http404):
            access.task_for(member, wanted)
    may_not = a_member("guidance_editor")
    SealOwnerFactory(case=sealed.case, user=user_of(may_not))
    assert not access.own_tasks(may_not).exists()


def test_a_look_at_what_somebody_asks_is_written_down_and_leads_to_them_while_they_are_there(owner, sealed):
    task = RequestTaskFactory(case=sealed.case, person=sealed.id)
    before = Event.objects.count()
    access.task_for(owner, task.id)
    assert Event.objects.count() == before
    access.task_for(owner, task.id, viewed=True)
    assert Event.objects.get(code="keeping.request_task_looked").people == [sealed.id]
    assert access.person_of(task) == sealed
    assert access.person_of(RequestTaskFactory(case=sealed.case)) is None
