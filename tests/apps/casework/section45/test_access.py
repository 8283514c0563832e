"""Whose an offence is: asked of the door itself, without a page between."""

import pytest
from django.http import Http404

from lodestar.casework.section45.access import offences_for
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import a_member
from tests.factories.cases import AllegedOffenceFactory, CaseMemberFactory, PersonFactory, user_of


def test_an_offence_is_had_with_the_others_of_its_person_and_never_with_somebody_elses(fenmarch):
    officer, person = a_member("frontline"), PersonFactory()
    CaseMemberFactory(case=person.case, user=user_of(officer))
    first, second = AllegedOffenceFactory(person=person), AllegedOffenceFactory(person=person)
    another = AllegedOffenceFactory()
    for place, wanted in enumerate((first, second), 1):
        found = offences_for(officer, person.id, wanted.id, Permission.CASE_VIEW, viewed=False)
        assert found == (wanted, [first, second], place)
    for member, offence, permission in [
        (officer, another.id, Permission.CASE_VIEW),
        (officer, new_id(), Permission.CASE_VIEW),
        (officer, first.id, Permission.SECTION45_COUNTERSIGN),
        (a_member("frontline"), first.id, Permission.CASE_VIEW),
    ]:
        with pytest.raises(Http404):
            offences_for(member, person.id, offence, permission, viewed=False)
