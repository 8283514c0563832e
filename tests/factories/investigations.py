"""Crimes, allocations, reviews, and detectives to give cases to."""

from datetime import date

import factory

from lodestar.casework.allocation.models import Allocation, Conflict
from lodestar.casework.investigations import models
from lodestar.platform.accounts.access import Member
from tests.factories.accounts import AccreditationFactory, Somebody, UserFactory, a_member
from tests.factories.cases import MET, CaseFactory, PersonFactory


class CrimeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Crime

    person = factory.SubFactory(PersonFactory)
    kind = "recorded"
    number = factory.Sequence(lambda n: f"37/{n:05d}/26")
    at = MET
    recorded_at = MET
    by = Somebody()


class AllocationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Allocation

    case = factory.SubFactory(CaseFactory)
    number = 1
    kind = "pip2"
    owner = Somebody()
    at = MET
    recorded_at = MET
    by = Somebody()


class ConflictFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Conflict

    case = factory.SubFactory(CaseFactory)
    user = factory.SubFactory(UserFactory)
    reason = "Her uncle is a witness."
    recorded_at = MET
    by = Somebody()


class ReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Review

    case = factory.SubFactory(CaseFactory)
    number = 1
    at = MET
    directions = "Get the school's record by Friday."
    recorded_at = MET
    by = Somebody()


def a_detective(*skills: str, name: str = "", since: date = date(2020, 1, 1), until: date | None = None) -> Member:
    """An investigator with these accreditations, PIP2 unless told otherwise; with "" none."""
    member = a_member("investigator", name=name)
    for skill in skills or ("pip2",):
        if skill:
            AccreditationFactory(user_id=member.user, code=skill, from_date=since, to_date=until)
    return member
