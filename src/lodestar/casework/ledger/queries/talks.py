"""Talks about referral as the facts read them: those of many cases at once, and what each of them proves."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from lodestar.casework.cases.models import ConsentAnswer
from lodestar.casework.cases.rules import Talk
from lodestar.platform.obligations.obligation_status import Evidence

FOUR_THINGS = frozenset({"home_office_decides", "police_are_told", "need_not_talk", "if_no_note_goes"})
UNDERSTOOD_BY_ITSELF = frozenset({"independent", "not_needed"})


def answer_at(person: UUID, talks: Iterable[ConsentAnswer], at: datetime) -> ConsentAnswer | None:
    """The talk with this person that counts at `at`: of `talks`, in their order, the latest asked by then. None where none
    was."""
    own = [talk for talk in talks if talk.person_id == person and talk.asked_at <= at and not talk.leaves_referral]
    return own[-1] if own else None


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
