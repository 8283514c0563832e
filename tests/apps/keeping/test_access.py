"""Who looks at what is kept, and whose: asked of the doors themselves, without a page between.

Data protection reviews people of unsealed cases (Data Protection Act 2018 section 39: kept no longer than necessary); of
sealed ones the named owners do, if they review at all.
"""

import pytest
from django.http import Http404

from lodestar.cases.models import Case
from lodestar.keeping import access
from lodestar.kernel.ids import new_id
from lodestar.record.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import PersonFactory, SealOwnerFactory, user_of
from tests.factories.keeping import BreachFactory, DisposalFactory, SubjectRequestFactory


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
