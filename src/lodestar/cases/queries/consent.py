"""Named reads of the talks about referral."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import QuerySet

from lodestar.cases.models import ConsentAnswer, Person
from lodestar.kernel.standing import Evidence

FOUR_THINGS = frozenset({"home_office_decides", "police_are_told", "need_not_talk", "if_no_note_goes"})
UNDERSTOOD_BY_ITSELF = frozenset({"independent", "not_needed"})
_COLUMNS = (
    "person__case_id", "person_id", "asked_at", "spoke_alone", "interpreter", "said", "recorded_by_id", "id",
)  # fmt: skip


def talks_of(person: Person) -> QuerySet[ConsentAnswer]:
    """Every talk with a person about referral, the latest first."""
    return (
        ConsentAnswer.objects.filter(person=person)
        .select_related("recorded_by")
        .order_by("-asked_at", "-recorded_at", "-id")
    )


def evidence(cases: Sequence[UUID]) -> Mapping[UUID, Sequence[Evidence]]:
    """What a talk proves: that they were seen alone and understood (statutory guidance 2020, 5.4), and that the four
    things were said before the answer (5.29-5.31, 5.36)."""
    found: dict[UUID, list[Evidence]] = defaultdict(list)
    rows = ConsentAnswer.objects.filter(person__case__in=cases).order_by("asked_at", "recorded_at", "id")
    for case, person, at, alone, interpreter, said, by, row in rows.values_list(*_COLUMNS):
        proved = []
        if alone is True and interpreter in UNDERSTOOD_BY_ITSELF:
            proved.append("see_alone_with_independent_interpreter")
        if set(said) >= FOUR_THINGS:
            proved.append("explain_who_will_know")
        found[case] += [Evidence(str(person), code, "", "", "done", at, "", str(by), str(row)) for code in proved]
    return found
