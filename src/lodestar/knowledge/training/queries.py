"""Named reads of training: what people must have and have on a day, what is due, sessions, and how questions were answered."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, DateTimeField, DurationField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Greatest, Lower

from lodestar.knowledge.training import models, rules
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Membership, Shift, User
from lodestar.platform.time.days import add_months, london, london_date, start_of_day


def attended() -> QuerySet[models.Attendance]:
    """Every attendance that was not taken back."""
    return models.Attendance.objects.filter(withdrawals__isnull=True)


def required_between(first: date, last: date) -> QuerySet[models.RequiredTraining]:
    """What was required of any role on a day from the first to the last."""
    return models.RequiredTraining.objects.filter(from_day__lte=last).exclude(to_day__lt=first).select_related("course")


def _days_attended(users: Any, required: Iterable[models.RequiredTraining]) -> Mapping[tuple[UUID, UUID], list[date]]:
    days: dict[tuple[UUID, UUID], list[date]] = defaultdict(list)
    rows = attended().filter(user__in=users, course__in={row.course_id for row in required})
    for user, course, day in rows.values_list("user", "course", "attended_on"):
        days[user, course].append(day)
    return days


def trained_at(pairs: Iterable[tuple[UUID, date]]) -> dict[tuple[UUID, date], bool | None]:
    """Whether each person had on that day all training then required of their roles, whether or not they still had days left to
    attend it; None where nothing was required of any of their roles. Three queries whatever the number."""
    asked = set(pairs)
    users, days = {user for user, _ in asked}, [day for _, day in asked] or [date.min]
    required, places = list(required_between(min(days), max(days))), defaultdict(list)
    members = Membership.objects.filter(user__in=users if required else (), from_date__lte=max(days))
    for row in members.exclude(to_date__lt=min(days)):
        places[row.user_id].append(row)
    has = _days_attended(users, required)
    answers: dict[tuple[UUID, date], bool | None] = {}
    for user, day in asked:
        roles = {role for row in places[user] if row.from_date <= day <= (row.to_date or day) for role in row.roles}
        needed = [row.course for row in required if row.role in roles and row.from_day <= day <= (row.to_day or day)]
        valid = [rules.status_on(has[user, course.id], course.valid_months, day, day).is_valid for course in needed]
        answers[user, day] = all(valid) if needed else None
    return answers


@dataclass(frozen=True)
class Need:
    """A course that somebody at work must have by a role, and whether they have it. `shift` is when their last shift began."""

    place: Membership
    role: str
    shift: str
    course: models.Course
    status: rules.Status

    def code(self, name: str) -> str:
        """Its `course`, `role`, `unit` or `shift`, by which coverage is narrowed and grouped."""
        return str({"course": self.course.id, "role": self.role, "unit": self.place.unit_id, "shift": self.shift}[name])


def needs_on(day: date, *, units: Collection[UUID] | None = None, user: UUID | None = None) -> list[Need]:
    """What is required on a day of everybody at work, of these units or of one person, by unit and name. Four queries."""
    rows = Membership.objects.filter(from_date__lte=day, user__is_active=True).select_related("user", "unit")
    joined: dict[tuple[UUID, str], date] = {}
    places: dict[UUID, Membership] = {}
    for row in (rows if user is None else rows.filter(user=user)).order_by("from_date", "id"):
        for role in row.roles:
            joined.setdefault((row.user_id, role), row.from_date)
        if (row.to_date or day) >= day and (units is None or row.unit_id in units):
            places[row.user_id] = row
    required = list(required_between(day, day))
    begins = Shift.objects.filter(user__in=places, from_at__gte=start_of_day(day - timedelta(days=28))).order_by("from_at")
    shifts = {user: rules.shift_of(london(at).hour) for user, at in begins.values_list("user_id", "from_at")}
    has, needs = _days_attended(places, required), []
    for place in places.values():
        for rule in [rule for rule in required if rule.role in place.roles]:
            due = max(joined[place.user_id, rule.role], rule.from_day) + timedelta(days=rule.within_days)
            status = rules.status_on(has[place.user_id, rule.course_id], rule.course.valid_months, due, day)
            needs.append(Need(place, rule.role, shifts.get(place.user_id, "none"), rule.course, status))
    return sorted(needs, key=lambda need: (need.place.unit.name, need.place.user.name, need.place.id, need.course.title))


def _interval(of: Any, unit: str = "months") -> Func:
    return Func(of, template=f"make_interval({unit} => %(expressions)s)", output_field=DurationField())


def training_due(member: Member, until: datetime) -> QuerySet[Any, Any]:
    """Required courses that the member has not, or that expire, within 30 days, as first pages read them."""
    today, instant = london_date(until), DateTimeField()
    last = attended().filter(user=member.user, course=OuterRef("course")).order_by("-attended_on").values("attended_on")
    joined = Membership.objects.filter(user=member.user, roles__contains=[OuterRef("role")]).order_by("from_date")
    rows = required_between(today, today).filter(role__in=member.roles)
    rows = rows.annotate(last=Subquery(last[:1]), joined=Subquery(joined.values("from_date")[:1]))
    rows = rows.annotate(
        ends=Cast("last", instant) + _interval(F("course__valid_months")),
        due=Cast(Greatest("from_day", "joined"), instant) + _interval(F("within_days"), "days"),
    ).filter(Q(last__isnull=True, due__lt=until + rules.SOON) | Q(ends__lt=until + rules.SOON))
    at = Coalesce("ends", "due", output_field=instant)
    return rows.order_by("course__title", "id").values_list(
        Value("training_due"), "course_id", "course__title", "course__kind", at
    )


def checks_due(member: Member, until: datetime) -> QuerySet[Any, Any]:
    """Sessions whose questions at six months the member has not answered, as first pages read them."""
    today = london_date(until)
    sat = models.Sitting.objects.filter(recorded_by=member.user, moment="six_months").values("session")
    rows = attended().filter(user=member.user, session__isnull=False).exclude(session__in=sat)
    rows = rows.filter(attended_on__lte=add_months(today, -rules.LATER), attended_on__gt=add_months(today, -rules.OPEN_FOR))
    at = Cast(Cast("attended_on", DateTimeField()) + _interval(Value(rules.LATER)), DateTimeField())
    return rows.order_by("attended_on", "id").values_list(Value("training_check"), "session_id", "course__title", Value(""), at)


def courses() -> QuerySet[models.Course]:
    """The courses of the force, by title."""
    return models.Course.objects.order_by("title", "id")


def sessions() -> QuerySet[models.Session]:
    """Sessions with their course and how many attended, the latest first."""
    came = Count("attendance_rows", filter=Q(attendance_rows__withdrawals__isnull=True), distinct=True)
    return models.Session.objects.select_related("course").annotate(came=came).order_by("-first_day", "id")


def attendance_of(**whose: Any) -> list[models.Attendance]:
    """Who attended a session, or what a user attended, in order of the day."""
    rows = attended().filter(**whose).select_related("user", "course", "session__course")
    return list(rows.order_by("attended_on", "recorded_at", "id"))


def colleagues_by(usernames: Collection[str], emails: Collection[str]) -> list[User]:
    """Who has one of these user names or e-mail addresses exactly, in small letters, and works or has worked for this force."""
    rows = User.objects.annotate(address=Lower("email")).filter(Q(username__in=usernames) | Q(address__in=emails))
    return list(rows.filter(memberships__isnull=False).distinct())


def drawn_on(day: date, topics: Iterable[str], seed: str, most: int) -> list[models.Question]:
    """So many of the questions of these topics that are asked on a day, drawn by a seed."""
    rows = models.Question.objects.filter(topic__in=[*topics], asked_from__lte=day).exclude(asked_to__lt=day)
    bank = {question.id: question for question in rows}
    return [bank[each] for each in rules.drawn(bank, seed, most)]


def sittings_of(user: UUID) -> list[models.Sitting]:
    """What somebody sat, the latest first."""
    rows = models.Sitting.objects.filter(recorded_by=user).select_related("session__course")
    return list(rows.order_by("-recorded_at", "-id"))


def open_checks(
    rows: Iterable[models.Session], days: Mapping[UUID | None, date], sat: Iterable[models.Sitting], day: date
) -> list[tuple[models.Session, str]]:
    """Of these sessions, attended on these days, the checks that can be answered on a day and were not sat."""
    before = {(sitting.session_id, sitting.moment) for sitting in sat}
    return [
        (session, moment)
        for session in rows
        if rules.topics_on(day, session.course.covers)
        for moment in rules.moments_open(session.first_day, session.last_day, days.get(session.id), day)
        if (session.id, moment) not in before
    ]


def answers_of(sitting: models.Sitting) -> list[models.SittingAnswer]:
    """The answers of a sitting in the order in which its questions were drawn."""
    rows = {row.question_id: row for row in sitting.answers.select_related("question")}
    return [rows[each] for each in rules.drawn(rows, sitting.seed)]


def results_of(session: models.Session) -> list[tuple[str, int, int, int]]:
    """By moment how many sat a session's questions, how many answers were right, and of how many."""
    counts = {"sat": Count("sitting", distinct=True), "right": Count("id", filter=Q(chosen=F("question__right")))}
    rows = models.SittingAnswer.objects.filter(sitting__session=session).values_list("sitting__moment").order_by()
    return sorted(rows.annotate(**counts, answers=Count("id")), key=lambda row: [*rules.MOMENTS].index(row[0]))


def question_rows(*, newest: bool = False, topic: str = "") -> QuerySet[models.Question]:
    """Every version of the questions, of one topic or all, or the newest of each: those asked until further notice first."""
    later = models.Question.objects.filter(thread=OuterRef("thread"), number__gt=OuterRef("number"))
    rows = models.Question.objects.filter(~Exists(later) if newest else Q(), Q(topic=topic) if topic else Q())
    return rows.order_by(F("asked_to").desc(nulls_first=True), "topic", "-number", "id")
