"""Callum's offence, the detective who has the case and the supervisor of its unit."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.case_files.actions.case import give_case
from tests.factories.accounts import a_member
from tests.factories.full_records import an_offence, callum


@pytest.fixture
def met():
    return callum(at=timezone.now() - timedelta(hours=3), name="Callum Reddish")


@pytest.fixture
def offence(met):
    return an_offence(met[0], met[2])


@pytest.fixture
def detective(met):
    member = a_member("investigator", name="DC Marchetti")
    give_case(by=met[0], at=timezone.now(), case=met[1], to=member.user)
    return member


@pytest.fixture
def sergeant(met):
    return a_member("supervisor", name="Sgt Solanki", unit=met[1].unit)
