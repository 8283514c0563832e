"""People who may have been met before."""

import factory

from lodestar.intelligence.identities.models import IdentityLink, Match, MatchAlert, MatchAnswer
from lodestar.platform.accounts.access import Member
from tests.factories.accounts import Somebody, UnitFactory, UserFactory, a_member
from tests.factories.cases import MET, PersonFactory


def a_team() -> dict[str, Member]:
    """A patrol, and three of another team: an owner of cases, a second, a coordinator."""
    here, there = UnitFactory(), UnitFactory()
    return {
        "patrol": a_member("frontline", unit=here, name="PC Brandreth"),
        "owner": a_member("investigator", unit=there, name="DC Abara"),
        "second": a_member("supervisor", unit=there, name="DS Lind"),
        "coordinator": a_member("coordinator", unit=there, name="Ms Quill"),
    }


class MatchFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Match

    person = factory.SubFactory(PersonFactory)
    other = factory.SubFactory(PersonFactory)
    reasons = ["name_same"]
    outcome = "shown"
    found_at = MET
    found_by = Somebody()


class MatchAnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MatchAnswer

    match = factory.SubFactory(MatchFactory)
    kind = "seems_same"
    said_at = MET
    said_by = Somebody()


class MatchAlertFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MatchAlert

    match = factory.SubFactory(MatchFactory)
    to = factory.SubFactory(UserFactory)
    told_as = "owner"
    alerted_at = MET


class IdentityLinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IdentityLink

    one = factory.SubFactory(PersonFactory)
    other = factory.SubFactory(PersonFactory)
    linked_at = MET
    linked_by = Somebody()
