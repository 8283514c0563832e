"""Named reads of the talks about referral."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import F, QuerySet

from lodestar.cases.models import ConsentAnswer, Person
from lodestar.cases.queries.compiled import compiled
from lodestar.cases.rules.talks import Ladder, Talk, ladder
from lodestar.kernel.obligation_status import Evidence

FOUR_THINGS = frozenset({"home_office_decides", "police_are_told", "need_not_talk", "if_no_note_goes"})
UNDERSTOOD_BY_ITSELF = frozenset({"independent", "not_needed"})


def talks_of(person: Person) -> QuerySet[ConsentAnswer]:
    """Every talk with a person about referral, the latest first."""
    return (
        ConsentAnswer.objects.filter(person=person)
        .select_related("recorded_by")
        .order_by("-asked_at", "-recorded_at", "-id")
    )


def answer_at(person: UUID, talks: Iterable[ConsentAnswer], at: datetime) -> ConsentAnswer | None:
    """The talk with this person that counts at `at`: of `talks`, in their order, the latest asked by then. None where none
    was."""
    own = [talk for talk in talks if talk.person_id == person and talk.asked_at <= at and not talk.leaves_referral]
    return own[-1] if own else None


def answers_of(person: Person) -> QuerySet[ConsentAnswer]:
    """The talks in which the answer about referral was given or left open, the latest first; not those about the rest."""
    return talks_of(person).filter(leaves_referral=False)


def as_talk(row: ConsentAnswer) -> Talk:
    """A talk as the rules read it."""
    return Talk(
        asked_at=row.asked_at,
        nrm=row.nrm,
        leaves_referral=row.leaves_referral,
        spoke_alone=row.spoke_alone,
        interpreter=row.interpreter,
        support=row.wants_support,
        police=row.police_may_contact,
        named=row.may_be_named,
        contact=row.contact_again,
    )


def ladder_of(person: Person) -> Ladder:
    """What stands of all talks with a person, rung by rung."""
    return ladder(as_talk(row) for row in reversed(talks_of(person)))


@compiled
def talks_in(cases: Sequence[UUID]) -> QuerySet[ConsentAnswer]:
    """Every talk in these cases, in the order in which they were asked; each carries its case as `of_case`."""
    rows = ConsentAnswer.objects.filter(person__case__in=cases).annotate(of_case=F("person__case_id"))
    return rows.order_by("asked_at", "recorded_at", "id")


def evidence(talks: Iterable[ConsentAnswer]) -> Mapping[UUID, Sequence[Evidence]]:
    """What a talk proves: that they were seen alone and understood (statutory guidance 2020, 5.4), and that the four
    things were said before the answer (5.29-5.31, 5.36)."""
    by_case: dict[UUID, list[Evidence]] = defaultdict(list)
    for talk in talks:
        proved = []
        if talk.spoke_alone is True and talk.interpreter in UNDERSTOOD_BY_ITSELF:
            proved.append("see_alone_with_independent_interpreter")
        if set(talk.said) >= FOUR_THINGS:
            proved.append("explain_who_will_know")
        who, by, row = str(talk.person_id), str(talk.recorded_by_id), str(talk.id)
        case: UUID = talk.of_case  # type: ignore[attr-defined]  # read with the talk
        by_case[case] += [Evidence(who, code, "", "", "done", talk.asked_at, "", by, row) for code in proved]
    return by_case
