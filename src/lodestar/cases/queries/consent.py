"""Named reads of the talks with one person about referral."""

from django.db.models import QuerySet

from lodestar.cases.models import ConsentAnswer, Person
from lodestar.cases.queries.talks import as_talk
from lodestar.cases.rules.talks import Ladder, ladder


def talks_of(person: Person) -> QuerySet[ConsentAnswer]:
    """Every talk with a person about referral, the latest first."""
    return (
        ConsentAnswer.objects.filter(person=person)
        .select_related("recorded_by")
        .order_by("-asked_at", "-recorded_at", "-id")
    )


def answers_of(person: Person) -> QuerySet[ConsentAnswer]:
    """The talks in which the answer about referral was given or left open, the latest first; not those about the rest."""
    return talks_of(person).filter(leaves_referral=False)


def ladder_of(person: Person) -> Ladder:
    """What stands of all talks with a person, rung by rung."""
    return ladder(as_talk(row) for row in reversed(talks_of(person)))
