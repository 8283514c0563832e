"""Whose a concern and a question are: asked of the doors themselves, without a page between."""

import pytest
from django.http import Http404

from lodestar.casework.concerns import access
from lodestar.intelligence.earlier_records.access import prompt_for, seen_by
from lodestar.intelligence.earlier_records.models import Prompt
from lodestar.platform.audit.models import Event
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import a_member
from tests.factories.cases import MET, CaseFactory, CaseMemberFactory, PersonFactory, user_of
from tests.factories.recognition import SignSeenFactory
from tests.factories.records import a_prompt


@pytest.fixture
def officer(fenmarch):
    return a_member("frontline")


def test_a_concern_carries_the_signs_of_the_scene_that_stand(officer):
    case = CaseFactory()
    CaseMemberFactory(case=case, user=user_of(officer))
    SignSeenFactory(case=case, code="locked_in")
    SignSeenFactory(case=case, code="taken_back", withdrawn_at=MET, withdrawn_by=user_of(officer))
    SignSeenFactory(case=case, code="of_somebody", person=PersonFactory(case=case))
    SignSeenFactory(code="of_another_case")
    found = access.saved_concern(officer, case.id)
    assert found is not None
    assert found.scene_codes == ["locked_in"]
    assert access.saved_concern(a_member("frontline"), case.id) is None


def test_a_question_is_for_whom_it_is_asked_and_for_those_who_see_all(officer):
    prompt, another = a_prompt(officer), a_prompt(a_member("frontline"))
    assert list(seen_by(officer, Prompt.objects.all())) == [prompt]
    for member in (a_member("coordinator"), a_member("analyst")):
        assert set(seen_by(member, Prompt.objects.all())) == {prompt, another}
    administrator = a_member("administrator")
    theirs = a_prompt(administrator)  # asked before they came to a role that answers none
    assert prompt_for(officer, prompt.id, viewed=True) == prompt
    assert Event.objects.get(code="recognition.records_viewed").people == [prompt.earlier_person_id]
    for member, wanted in [(officer, another.id), (officer, new_id()), (administrator, theirs.id)]:
        with pytest.raises(Http404):
            prompt_for(member, wanted, viewed=True)
