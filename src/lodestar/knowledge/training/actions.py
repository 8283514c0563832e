"""Recording courses, sessions, attendance by hand, code and table, what roles must have, questions, and answering them."""

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.knowledge.training import models
from lodestar.knowledge.training.queries import attendance_of, attended, colleagues_by
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.tables.template_rows import LookedAt, look_at, template_rows
from lodestar.platform.tables.values import Unreadable, read_day
from lodestar.platform.text.csv_safety import table
from lodestar.platform.text.ids import new_id
from lodestar.platform.time.days import london_date

COVERAGE_COLUMNS = ("unit", "role", "shift", "course", "name", "state", "day")
LETTERS, LENGTH = "ABCDEFGHJKMNPQRSTUVWXYZ23456789", 6  # of a code: none that is read for another
KIND, LONGEST = "attendance", 120  # characters
NO_DAY = "attended_on is no day of the session so far"


def _by(by: Member) -> dict[str, Any]:
    return {"recorded_at": timezone.now(), "recorded_by_id": by.user}


def record_course(*, by: Member, at: datetime, course: models.Course | None = None, **facts: Any) -> models.Course:
    """Records a course, or changes what is said of one."""
    key, facts_and_by = course.id if course else new_id(), facts | _by(by)
    row, is_new = models.Course.objects.update_or_create(id=key, defaults=facts, create_defaults=facts_and_by)
    audit("training.course_recorded" if is_new else "training.course_changed", by=by, at=at, subject=str(key), fields=facts)
    return row


def plan_session(*, by: Member, at: datetime, course: models.Course, first_day: date, **facts: Any) -> models.Session:
    """Plans a session of one day or several, with a code that signs people in on its days."""
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    facts |= {"first_day": first_day, "last_day": facts.get("last_day") or first_day}
    row = models.Session.objects.create(course=course, code=code, **facts, **_by(by))
    audit("training.session_planned", by=by, at=at, subject=str(row.id), fields=facts)
    return row


def attend_by_code(*, by: Member, at: datetime, code: str) -> bool:
    """Signs the member in to the session of this code, once; False where no session of this day has it."""
    today = london_date(at)
    session = models.Session.objects.filter(code=code.upper(), first_day__lte=today, last_day__gte=today).first()
    if session:
        record_attendance(by=by, at=at, session=session, how="code", user_id=by.user, attended_on=today)
    return session is not None


def record_attendance(*, by: Member, at: datetime, session: models.Session, how: str, attended_on: Any, **who: Any) -> bool:
    """Records that somebody attended a session, a user or a partner by name and organisation, unless that is recorded already.
    False where the day is no day of the session so far: nobody is trained by what has not been."""
    day = attended_on or session.first_day
    is_day = session.first_day <= day <= min(session.last_day, london_date(at))
    if is_day and not attended().filter(session=session, **who).exists():
        record_several(by=by, at=at, session=session, how=how, rows=[{"attended_on": day, **who}])
    return is_day


def record_several(*, by: Member, at: datetime, session: models.Session, how: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Records that these attended a session, by a table that was read for it or by hand."""
    same = {"course_id": session.course_id, "session": session, "how": how, **_by(by)}
    models.Attendance.objects.bulk_create(models.Attendance(**same, **row) for row in rows)
    audit("training.attended", by=by, at=at, subject=str(session.id), fields=[how])


def record_read(*, by: Member, at: datetime, course: models.Course) -> None:
    """Records that the member has read or seen what a course is, once a day."""
    day = {"user_id": by.user, "attended_on": london_date(at)}
    if not attended().filter(course=course, **day).exists():
        models.Attendance.objects.create(course=course, how="self", **day, **_by(by))
        audit("training.attended", by=by, at=at, subject=str(course.id), fields=["self"])


def withdraw_attendance(*, by: Member, at: datetime, attendance: models.Attendance, reason: str) -> None:
    """Takes back an attendance that was recorded wrongly, once."""
    models.AttendanceWithdrawal.objects.get_or_create(attendance=attendance, defaults={"reason": reason, **_by(by)})
    audit("training.attendance_withdrawn", by=by, at=at, subject=str(attendance.id))


def require_course(*, by: Member, at: datetime, course: models.Course, for_role: str, from_day: date, **days: Any) -> None:
    """Requires a course of a role: what was required before ends the day before, and what begins no sooner is changed."""
    rows = models.RequiredTraining.objects.filter(course=course, role=for_role).exclude(to_day__lt=from_day)
    rows.filter(from_day__lt=from_day).update(to_day=from_day - timedelta(days=1))
    if not rows.filter(from_day__gte=from_day).update(from_day=from_day, **days):
        models.RequiredTraining.objects.create(course=course, role=for_role, from_day=from_day, **days, **_by(by))
    audit("training.required", by=by, at=at, subject=str(course.id), fields=[for_role])


def record_question(*, by: Member, at: datetime, asked_from: date, old: models.Question | None = None, **facts: Any) -> None:
    """Adds a question; or the next version of an old one, which is asked from a day on in its place."""
    version = {"thread": old.thread, "number": old.number + 1} if old else {"thread": new_id()}
    row = models.Question.objects.create(asked_from=asked_from, **version, **facts, **_by(by))
    if old:
        last = min(old.asked_to or date.max, asked_from - timedelta(days=1))
        models.Question.objects.filter(id=old.id).update(asked_to=last)
    audit("training.question_recorded", by=by, at=at, subject=str(row.id), fields=facts)


def sit(*, by: Member, at: datetime, session: models.Session, moment: str, seed: str, chosen: Mapping[UUID, int]) -> None:
    """Records how the member answered the questions that the seed drew, once a session and moment: what was first remains."""
    key = {"session": session, "moment": moment, "recorded_by_id": by.user}
    sitting, is_new = models.Sitting.objects.get_or_create(**key, defaults={"seed": seed, "recorded_at": at})
    if is_new:
        rows = (models.SittingAnswer(sitting=sitting, question_id=each, chosen=option) for each, option in chosen.items())
        models.SittingAnswer.objects.bulk_create(rows)
        audit("training.sat", by=by, at=at, subject=str(session.id), fields=[moment])


def export_coverage(*, by: Member, at: datetime, rows: Sequence[Sequence[str]]) -> bytes:
    """Who has what is required of them, as a CSV file; that it was saved is logged."""
    audit("training.coverage_exported", by=by, at=at, fields=COVERAGE_COLUMNS)
    return table(COVERAGE_COLUMNS, rows)


def read_attendance(content: bytes, session: models.Session, today: date) -> LookedAt:
    """What a table holds for a session. Raises NotRead for one that cannot be read as a whole. Writes nothing."""
    rows, by_key = list(template_rows(content, KIND)), defaultdict[str, set[UUID]](set)
    for user in colleagues_by(*({cells.get(name, "").lower() for *_, cells in rows} - {""} for name in ("username", "email"))):
        by_key[user.username].add(user.id)
        by_key[user.email.lower()].add(user.id)

    def read(cells: Mapping[str, str]) -> tuple[Any, dict[str, Any]]:
        day = read_day(cells["attended_on"]) if cells.get("attended_on") else session.first_day
        if not session.first_day <= day <= min(session.last_day, today):
            raise Unreadable(NO_DAY)
        who = _who(cells, by_key)
        return _key(who), {**who, "attended_on": day}

    return look_at(content, rows, {_key(vars(row)) for row in attendance_of(session=session)}, read)


def _key(who: Mapping[str, Any]) -> tuple[Any, str, str]:
    return who.get("user_id"), who.get("partner_name", "").casefold(), who.get("organisation", "").casefold()


def _who(cells: Mapping[str, str], by_key: Mapping[str, set[UUID]]) -> dict[str, Any]:
    """A colleague, or a partner. Raises Unreadable where a row is neither."""
    keys = [cells[name].lower() for name in ("username", "email") if cells.get(name)]
    users = [by_key.get(key, set()) for key in keys]
    if keys:
        is_clear = all(len(matches) == 1 for matches in users) and len(set.union(*users)) == 1
        if not is_clear:
            raise Unreadable("no colleague has exactly this username and email")
        return {"user_id": next(iter(users[0]))}
    partner = {"partner_name": cells.get("name", ""), "organisation": cells.get("organisation", "")}
    if not all(partner.values()) or max(map(len, partner.values())) > LONGEST:
        raise Unreadable(
            f"username or email is missing; of a partner name and organisation, each of at most {LONGEST} characters"
        )
    return partner
