"""Two peer reviews of the demo force: last year’s closed, with its areas in the plan, and this year’s under way."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from lodestar.demo.work import clock_at
from lodestar.oversight.peer_review import actions
from lodestar.oversight.peer_review.models import PeerFinding, PeerReview
from lodestar.oversight.peer_review.rules import THEMES, activities
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Membership
from lodestar.platform.registry.demo_parts import YEARS, DemoPart, register_demo_part
from lodestar.platform.time.days import london_date

DAY, YEAR = timedelta(days=1), timedelta(days=365)
WEEKS = timedelta(days=18)  # that a review lasts
REMARKS = {
    "leadership": ("The Delivery Board meets each quarter and has a plan", "The plan has owners; few items have a measure"),
    "identification": ("Referrals are checked by the coordinator before they go", "Good at the desk, uneven on response shifts"),
    "victims": ("Needs are assessed within the first days", "Those who decline the NRM are not always offered anything again"),
    "investigation": ("Every report goes to an investigator of PIP2 or higher", "Reviews are on time; few give directions"),
    "partnership": (
        "Agreements with three partners, training each quarter",
        "Nobody knows yet whether training changes anything",
    ),
}
CITED = {"victims": "measure:needs-in-time", "investigation": "measure:pip2-in-time"}
FOUND = (
    ("leadership", "good_practice", "A chief officer asks for the late items by name each month"),
    ("victims", "area", "Those who decline the NRM are not offered support again after 28 days"),
    ("investigation", "area", "Supervisors’ reviews note progress and give no direction"),
    ("partnership", "area", "Businesses at risk are not visited unless something is reported"),
)
TAKEN = (("Offer support again to those who decline", "victims", "protect", "inspector"),
         ("Reviews that direct", "investigation", "pursue", "supervisor"))  # fmt: skip


def peer_review(members: Mapping[str, Member], now: datetime) -> None:
    """Last year’s review and this year’s, by the same peer, who is posted here for the weeks of each."""
    peer, today = members["peer"], london_date(now)
    posting = Membership.objects.filter(id=peer.membership)
    posting.update(from_date=today - 30 * DAY, to_date=today + WEEKS)
    then = {"from_date": today - YEAR - 30 * DAY, "to_date": today - YEAR + WEEKS}
    Membership.objects.create(user_id=peer.user, unit_id=peer.unit, roles=list(peer.roles), **then)
    with clock_at(now - YEAR, now):
        former = _under_way(members, now - YEAR)
    if former is None:
        return  # no case so early: a demo of a few months
    with clock_at(now - YEAR + WEEKS, now):
        _reported_and_closed(members, former, now - YEAR + WEEKS)
    review = _under_way(members, now - 3 * DAY)
    if review is not None:
        _record_judgements(members, review, now - DAY)


def _under_way(members: Mapping[str, Member], at: datetime) -> PeerReview | None:
    by: Any = {"by": members["coordinator"], "at": at - 20 * DAY}
    day = london_date(at)
    review = actions.plan_review(
        **by, remit="The whole response to modern slavery, by the five themes", asked_force="Saltmere Police",
        asked_name="Det Supt Ivo Harcastle", first=day - DAY, last=day + WEEKS, reviewer=members["peer"].user,
    )  # fmt: skip
    try:
        actions.draw_sample(
            **by, review=review, seen=1, cases_from=day - timedelta(days=300), cases_to=day - 14 * DAY, size=12,
            seed=day.toordinal(),
        )  # fmt: skip
    except actions.Refused:
        actions.move_review(**by, row=review, to="not_held", seen=1, because="There is no case to review yet")
        return None
    _assessed(members["coordinator"], at - 10 * DAY, review, list(THEMES), 0, ("in_place", "partly", "embedded", "planned"))
    actions.move_review(by=members["coordinator"], at=at, row=review, to="under_way", seen=review.version)
    return review


def _assessed(by: Member, at: datetime, review: PeerReview, themes: list[str], whose: int, scores: tuple[str, ...]) -> None:
    for theme in themes:
        asked = activities(review.questions, theme)
        answers: dict[str, Any] = {each.code: score for each, score in zip(asked, scores, strict=True)}
        answers |= {"remark": REMARKS[theme][whose]} | ({} if whose else {"cited": [CITED[theme]] if theme in CITED else []})
        actions.assess(by=by, at=at, review=review, theme=theme, answers=answers, seen=review.version)


def _reported_and_closed(members: Mapping[str, Member], review: PeerReview, at: datetime) -> None:
    peer, coordinator = members["peer"], members["coordinator"]
    _assessed(peer, at, review, list(THEMES), 1, ("in_place", "partly", "partly", "planned"))
    for theme, kind, words in FOUND:
        actions.record_finding(by=peer, at=at, review=review, theme=theme, kind=kind, words=words)
    actions.move_review(by=peer, at=at, row=review, to="reported", seen=review.version)
    areas = list(PeerFinding.objects.filter(review=review, kind="area").order_by("recorded_at", "id"))
    for area, (title, domain, four_p, whose) in zip(areas, TAKEN, strict=False):
        what: Any = {"title": title, "domain": domain, "four_p": four_p, "owner": members[whose].user}
        actions.take_area(by=coordinator, at=at, finding=area, seen=1, due_on=london_date(at) + 330 * DAY, **what)
    why = "The council leads on this from April; asked for at its next meeting"
    actions.move_finding(by=coordinator, at=at, row=areas[-1], to="not_taken", seen=1, because=why)
    actions.move_review(by=coordinator, at=at, row=review, to="closed", seen=review.version)


def _record_judgements(members: Mapping[str, Member], review: PeerReview, at: datetime) -> None:
    """What the reviewer has done so far: two themes, one finding, one former area."""
    peer = members["peer"]
    _assessed(peer, at, review, ["leadership", "victims"], 1, ("in_place", "in_place", "partly", "partly"))
    drawn = review.cases.get(number=1)
    words = "The victim was told who her contact is, and that contact rang when it was promised"
    actions.record_finding(by=peer, at=at, review=review, theme="victims", kind="good_practice", words=words, drawn=drawn)
    area = PeerFinding.objects.get(review__state="closed", theme="investigation", kind="area")
    because = "Four of five reviews in the sample give no direction"
    actions.move_finding(by=peer, at=at, row=area, to="no_better", seen=area.version, because=because)


register_demo_part(DemoPart("peer_review", peer_review, needs=(YEARS, "responses")))
