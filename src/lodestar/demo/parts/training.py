"""What the demo force trains: a seminar of 52 people with its questions, courses, films, and a unit with people missing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from lodestar.demo.concerns import listed
from lodestar.knowledge.library.models import Document
from lodestar.knowledge.training import actions, rules
from lodestar.knowledge.training.models import Course, Session
from lodestar.knowledge.training.queries import drawn_on
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.registry.demo_parts import DemoPart, register_demo_part
from lodestar.platform.time.days import add_months, london_date

DAY = timedelta(days=1)
MISSING = ("officer2", "supervisor2", "policy2", "admin2", "reviewer")  # Eldham was on duty that day
RIGHT = {"before": 48, "after": 86, "six_months": 71}  # in a hundred answers


def training(members: Mapping[str, Member], now: datetime) -> None:
    """Records it as who manages training and everybody else would."""
    keeper, data, began = members["training"], listed("training"), now - 600 * DAY
    for question in data["question"]:
        actions.record_question(by=keeper, at=began, asked_from=london_date(began), **question)
    for row in data["course"]:
        facts = {name: row.get(name) for name in ("kind", "title", "about", "covers", "for_whom", "valid_months")}
        document = Document.objects.filter(file_name__regex=rf"(^|/){row['code']}\.(webm|md)$").first()
        course = actions.record_course(by=keeper, at=began, document=document, **facts)
        days: Any = {"from_day": london_date(began), "to_day": None, "within_days": row["within"]}
        for role in row.get("roles", ROLES):
            actions.require_course(by=keeper, at=began, course=course, for_role=role, **days)
        at = now - row.get("days_ago", 40) * DAY
        if "partners" in row["for_whom"] and row["kind"] == "seminar":
            _seminar(members, course, data["partners"], now)
        elif course.kind in rules.BY_ONESELF:
            for username in row["came"]:
                actions.record_read(by=members[username], at=at, course=course)
        else:
            session = actions.plan_session(by=keeper, at=at, course=course, first_day=london_date(at), place="Headquarters")
            rows = [{"user_id": members[username].user, "attended_on": session.first_day} for username in row["came"]]
            actions.record_several(by=keeper, at=at, session=session, how="file", rows=rows)


def _seminar(members: Mapping[str, Member], course: Course, partners: Mapping[str, Any], now: datetime) -> None:
    day, keeper = add_months(london_date(now), -rules.LATER) - 8 * DAY, members["training"]
    at = now - (london_date(now) - day)
    plan: Any = {"course": course, "trainer": "Moira Adeyinka", "seats": 60}
    session = actions.plan_session(by=keeper, at=at, first_day=day, place="Marlsea Guildhall", **plan)
    actions.plan_session(by=keeper, at=now, first_day=london_date(now + 21 * DAY), place="Eldham Town Hall", **plan)
    for place, member in enumerate([member for name, member in members.items() if name not in MISSING]):
        _sit(member, session, "before", at - DAY)
        actions.attend_by_code(by=member, at=at, code=session.code)
        _sit(member, session, "after", at + DAY)
        if 2 < place < 20:  # the others have it still to do
            _sit(member, session, "six_months", now - (place % 5) * DAY)
    pairs = [(name, organisation) for organisation, names in partners.items() for name in names]
    rows = [{"attended_on": day, "partner_name": name, "organisation": organisation} for name, organisation in pairs]
    actions.record_several(by=keeper, at=at, session=session, how="file", rows=rows)


def _sit(member: Member, session: Session, moment: str, at: datetime) -> None:
    day, seed, chosen = london_date(at), rules.seed_of(session.id, member.user, moment), {}
    for question in drawn_on(day, rules.topics_on(day, session.course.covers), seed, rules.DRAWN):
        chance = sha256(f"{member.username} {moment} {question.words}".encode()).digest()
        wrong = (question.right + chance[1] % (len(question.options) - 1)) % len(question.options) + 1
        chosen[question.id] = question.right if chance[0] * 100 < RIGHT[moment] * 256 else wrong
    actions.sit(by=member, at=at, session=session, moment=moment, seed=seed, chosen=chosen)


register_demo_part(DemoPart("training", training, needs=("publishing",)))
