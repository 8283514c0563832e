"""On a first page what is about a person comes before courses, plan items and other administration, for every role."""

import pytest
from django.utils import timezone

from lodestar.platform.accounts.permissions import ROLES, Permission
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import html_of, signed_in
from tests.factories.training import RequiredTrainingFactory
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")
READS_CASES = [role.code for role in ROLES.values() if Permission.CASE_VIEW in role.permissions and not role.database]
ABOUT_PEOPLE = ("data-group=", "data-held=", "data-reach=", 'id="panel-due"')


@each("role", READS_CASES)
def test_no_administrative_row_stands_above_a_row_about_a_person(client, role):
    member = a_member(role)
    case = a_case(member)
    a_person(member, case, place="custody", held_from=timezone.now())
    RequiredTrainingFactory(role=role, from_day="2020-01-01")
    html = html_of(signed_in(client, member), "/my-work")
    administrative = html.find('id="panel-due-other"')
    assert administrative > 0
    assert [mark for mark in ABOUT_PEOPLE if html.rfind(mark) > administrative] == []
