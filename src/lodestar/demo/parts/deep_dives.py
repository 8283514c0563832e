"""Two deep dives of the demo force: one completed, with findings and a dispute, and one whose cases wait for their reviewers."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from lodestar.oversight.deep_dives import actions
from lodestar.oversight.deep_dives.models import CaseReview, DeepDive, Finding
from lodestar.oversight.deep_dives.queries.material import answers_from_records
from lodestar.oversight.deep_dives.rules.questions import items_of, quarter_of
from lodestar.platform.accounts.access import Member
from lodestar.platform.registry.demo_parts import YEARS, DemoPart, register_demo_part
from lodestar.platform.time.days import london_date

DAY = timedelta(days=1)
MISSED = ("A1", "A3")  # in the first case: a missed sign, and a crime that was not recorded
FOUND = (
    ("B3", "Ask for a nurse at once, and write down when", "supervisor"),
    ("E2", "Put money and devices into every plan", "inspector"),
)
WHY = "Nobody else in the force coordinates; the reviewers are of other units"
USUAL = (("met", 70), ("partly", 14), ("not_met", 4), ("not_applicable", 8), ("cannot_tell", 4))
NOTES = {
    "partly": "Done late, or not for everybody",
    "not_met": "Nothing shows that it was done",
    "not_applicable": "The case did not call for it",
    "cannot_tell": "The records do not say",
}


def deep_dives(members: Mapping[str, Member], now: datetime) -> None:
    """Draws this quarter's and the one before: the earlier is reviewed, disputed, settled and completed, and has actions."""
    coordinator, period = members["coordinator"], quarter_of(london_date(now))
    drawn: list[DeepDive] = []
    while len(drawn) < 2 and period.last > london_date(now) - timedelta(days=600):
        try:
            at = now - (20 if drawn else 1) * DAY
            drawn.append(actions.draw_deep_dive(by=coordinator, at=at, period=period, reason=WHY, seed=period.first.toordinal()))
        except actions.Refused:
            pass  # a quarter in which nobody was met
        period = quarter_of(period.first - DAY)
    for dive in drawn[1:]:
        _complete(members, dive, now)


def _complete(members: Mapping[str, Member], dive: DeepDive, now: datetime) -> None:
    by_user, chance = {member.user: member for member in members.values()}, Random(dive.seed)
    items = items_of(dive.version)
    reviews = list(CaseReview.objects.filter(drawn__dive=dive).select_related("drawn__case", "drawn__dive"))
    for review in sorted(reviews, key=lambda row: (row.drawn.number, row.marking)):
        from_records, reviewer = answers_from_records(review.drawn.case, items, now), by_user[review.reviewer_id]
        answers = {}
        for item in items:
            answer = from_records[item.code].answer if item.code in from_records and chance.random() < 0.8 else _usual(chance)
            if review.drawn.number == 1 and item.code in MISSED:
                answer = "not_met"
            elif item.is_critical and answer == "not_met":
                answer = "partly"  # chance alone makes no other case inadequate
            note = {"note": NOTES.get(answer, ""), "evidence": "Timeline of the case" if answer != "met" else ""}
            answers[item.code] = {"answer": answer, **note}
        at = now - 12 * DAY
        actions.save_section(by=reviewer, at=at, review=review, items=items, answers=answers, seen=review.version)
        actions.submit_review(by=reviewer, at=at, review=review)
    coordinator = members["coordinator"]
    common: Any = {"by": coordinator, "at": now - 8 * DAY, "dive": dive}
    for question, words, whose in FOUND:
        actions.record_finding(**common, question=question, words=words, owner=members[whose].user)
    done = Finding.objects.filter(dive=dive, question="B3")[0]
    actions.move_finding(by=members["supervisor"], at=now - 2 * DAY, row=done, to="done", seen=1, because="Briefed on shift")
    drawn = dive.cases.select_related("case").get(number=1)
    owner = by_user[drawn.case.owner_id or drawn.case.interim_owner_id]
    dispute = actions.dispute_answer(
        by=owner, at=now - 10 * DAY, drawn=drawn, question=MISSED[1], because="It is in the pocket book"
    )  # fmt: skip
    actions.settle_dispute(by=coordinator, at=now - 9 * DAY, dispute=dispute, answer="not_met", reason="It is not recorded")
    actions.complete(by=coordinator, at=now - 7 * DAY, dive=dive)


def _usual(chance: Random) -> str:
    return chance.choices([answer for answer, _ in USUAL], [weight for _, weight in USUAL])[0]


register_demo_part(DemoPart("deep_dives", deep_dives, needs=(YEARS, "closures")))
