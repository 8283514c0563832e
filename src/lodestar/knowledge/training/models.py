"""Courses, their sessions and who attended; training that a role must have; questions, and who answered them in which sitting."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Index, Q, UniqueConstraint

from lodestar.knowledge.library.models import Document
from lodestar.knowledge.training.rules import HOW, KINDS, MOMENTS
from lodestar.platform.approvals.models import checks
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow, TenantModel

USER, PARTNER = Q(user__isnull=False, partner_name="", organisation=""), ~Q(partner_name="") & ~Q(organisation="")


class Course(RecordedRow):
    """A course, seminar, film and so on. `covers` are letters of recommendation 2; without `valid_months` it never expires."""

    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=120)
    about = models.CharField(max_length=500, blank=True)
    covers = ArrayField(models.CharField(max_length=10), default=list)
    for_whom = ArrayField(models.CharField(max_length=10), default=list)
    valid_months = models.PositiveSmallIntegerField(null=True)
    document = OtherTenantRow(Document, null=True)  # what to read or see

    class Classified:
        none = RecordedRow.Classified.none | {"kind", "title", "about", "covers", "for_whom", "valid_months", "document"}

    class Meta:
        constraints = checks("course", kind_known=Q(kind__in=[*KINDS]), covers_known=Q(covers__contained_by=[*"abcdefg"]))


class Session(RecordedRow):
    """One time that a course is given. Its code signs people in on its day or days only."""

    course = OtherTenantRow(Course)
    first_day = models.DateField()
    last_day = models.DateField()
    place = models.CharField(max_length=120)
    trainer = models.CharField(max_length=120, blank=True)
    seats = models.PositiveSmallIntegerField(null=True)
    code = models.CharField(max_length=8)

    class Classified:
        none = RecordedRow.Classified.none | {"course", "first_day", "last_day", "place", "trainer", "seats", "code"}

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "code"], name="session_code_once"),
            *checks("session", days_in_order=Q(last_day__gte=F("first_day"))),
        ]


class Attendance(RecordedRow):
    """Somebody attended a course, read or saw it: a member of staff, or a partner by name and organisation. Only ever added."""

    course = OtherTenantRow(Course)
    session = OtherTenantRow(Session, null=True, related_name="attendance_rows")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    partner_name = models.CharField(max_length=120, blank=True)
    organisation = models.CharField(max_length=120, blank=True)
    attended_on = models.DateField()
    how = models.CharField(max_length=10)

    class Classified:
        none = RecordedRow.Classified.none | {"course", "session", "user", "organisation", "attended_on", "how"}
        personal = frozenset({"partner_name"})

    class Meta:
        constraints = checks("attendance", how_known=Q(how__in=[*HOW]), user_or_partner=USER | (Q(user__isnull=True) & PARTNER))
        indexes = [
            Index(fields=["tenant", "user", "course", "attended_on"], name="attendance_user"),
            Index(fields=["tenant", "session", "recorded_at"], name="attendance_session"),
        ]


class AttendanceWithdrawal(RecordedRow):
    """An attendance that was recorded wrongly, taken back with the reason. Only ever added."""

    attendance = OtherTenantRow(Attendance, related_name="withdrawals")
    reason = SealedTextField()

    class Classified:
        none = RecordedRow.Classified.none | {"attendance"}
        sensitive = frozenset({"reason"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "attendance"], name="attendance_withdrawn_once")]


class RequiredTraining(RecordedRow):
    """A course that everybody of a role must have, from a day to a day, and within how many days of taking up the role."""

    role = models.CharField(max_length=40)
    course = OtherTenantRow(Course)
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    within_days = models.PositiveSmallIntegerField()

    class Classified:
        none = RecordedRow.Classified.none | {"role", "course", "from_day", "to_day", "within_days"}

    class Meta:
        constraints = checks("required_training", days_in_order=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day")))


class Question(RecordedRow):
    """One version of a question; `right` is the number of the right option, from 1. A change is a row more of its `thread`."""

    thread = models.UUIDField()
    number = models.PositiveSmallIntegerField(default=1)
    topic = models.CharField(max_length=20)
    words = models.CharField(max_length=400)
    options = ArrayField(models.CharField(max_length=200), default=list)
    right = models.PositiveSmallIntegerField()
    because = models.CharField(max_length=400, blank=True)  # why it is right, with the source
    asked_from = models.DateField()
    asked_to = models.DateField(null=True)

    class Classified:
        none = RecordedRow.Classified.none | {
            "thread", "number", "topic", "words", "options", "right", "because", "asked_from", "asked_to",
        }  # fmt: skip

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "thread", "number"], name="question_version_once")]


class Sitting(RecordedRow):
    """Somebody answered the questions that `seed` draws, before, after or six months after a session. `recorded_by` is who."""

    session = OtherTenantRow(Session)
    moment = models.CharField(max_length=10)
    seed = models.CharField(max_length=64)

    class Classified:
        none = RecordedRow.Classified.none | {"session", "moment", "seed"}

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "session", "recorded_by", "moment"], name="sitting_once"),
            *checks("sitting", moment_known=Q(moment__in=[*MOMENTS])),
        ]


class SittingAnswer(TenantModel):
    """What was chosen of one question in a sitting: the number of the option, from 1."""

    sitting = OtherTenantRow(Sitting, related_name="answers")
    question = OtherTenantRow(Question)
    chosen = models.PositiveSmallIntegerField()

    class Classified:
        none = frozenset({"id", "tenant", "sitting", "question"})
        personal = frozenset({"chosen"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "sitting", "question"], name="sitting_answer_once")]
