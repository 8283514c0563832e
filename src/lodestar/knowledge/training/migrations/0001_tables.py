"""Courses, sessions and attendance, required training, questions and sittings, each behind the wall."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import PROTECT, CharField, DateField, F, ForeignKey, Index, PositiveSmallIntegerField, Q

from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow
from lodestar.platform.tenancy.row_security import Wall
from lodestar.platform.tenancy.tables import AddConstraint, AddIndex, CreateModel
from lodestar.platform.tenancy.tenant_transaction import current_tenant
from lodestar.platform.text.ids import new_id

ID = [
    ("id", models.UUIDField(default=new_id, editable=False, primary_key=True, serialize=False)),
    ("tenant", CharField(default=current_tenant, editable=False, max_length=60)),
]


def _user(**options):
    return ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **options)


def _row(to, related_name="+", **options):
    return OtherTenantRow(db_constraint=False, on_delete=PROTECT, related_name=related_name, to=to, **options)


def _table(name, *fields):
    recorded = [("recorded_at", models.DateTimeField()), ("recorded_by", _user())]
    return CreateModel(name=name, fields=[*ID, *recorded, *fields])


def _codes():
    return ArrayField(base_field=CharField(max_length=10), default=list, size=None)


def _check(model, name, condition):
    return AddConstraint(model_name=model, constraint=models.CheckConstraint(condition=condition, name=name))


def _once(model, name, *fields):
    return AddConstraint(model_name=model, constraint=models.UniqueConstraint(fields=["tenant", *fields], name=name))


def _index(model, name, *fields):
    return AddIndex(model_name=model, index=Index(fields=["tenant", *fields], name=name))


class Migration(migrations.Migration):
    initial = True

    dependencies = [("tenancy", "0001_tables"), ("library", "0001_tables"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        _table("Course", ("kind", CharField(max_length=10)), ("title", CharField(max_length=120)), ("about", CharField(blank=True, max_length=500)), ("covers", _codes()), ("for_whom", _codes()), ("valid_months", PositiveSmallIntegerField(null=True)), ("document", _row("library.document", null=True))),
        _table("Session", ("course", _row("training.course")), ("first_day", DateField()), ("last_day", DateField()), ("place", CharField(max_length=120)), ("trainer", CharField(blank=True, max_length=120)), ("seats", PositiveSmallIntegerField(null=True)), ("code", CharField(max_length=8))),
        _table("Attendance", ("course", _row("training.course")), ("session", _row("training.session", "attendance_rows", null=True)), ("user", _user(null=True)), ("partner_name", CharField(blank=True, max_length=120)), ("organisation", CharField(blank=True, max_length=120)), ("attended_on", DateField()), ("how", CharField(max_length=10))),
        _table("AttendanceWithdrawal", ("attendance", _row("training.attendance", "withdrawals")), ("reason", SealedTextField())),
        _table("RequiredTraining", ("role", CharField(max_length=40)), ("course", _row("training.course")), ("from_day", DateField()), ("to_day", DateField(null=True)), ("within_days", PositiveSmallIntegerField())),
        _table("Question", ("thread", models.UUIDField()), ("number", PositiveSmallIntegerField(default=1)), ("topic", CharField(max_length=20)), ("words", CharField(max_length=400)), ("options", ArrayField(base_field=CharField(max_length=200), default=list, size=None)), ("right", PositiveSmallIntegerField()), ("because", CharField(blank=True, max_length=400)), ("asked_from", DateField()), ("asked_to", DateField(null=True))),
        _table("Sitting", ("session", _row("training.session")), ("moment", CharField(max_length=10)), ("seed", CharField(max_length=64))),
        CreateModel(name="SittingAnswer", fields=[*ID, ("chosen", PositiveSmallIntegerField()), ("question", _row("training.question")), ("sitting", _row("training.sitting", "answers"))]),
        _check("course", "course_kind_known", Q(kind__in=["course", "seminar", "e-learning", "film", "reading"])),
        _check("course", "course_covers_known", Q(covers__contained_by=["a", "b", "c", "d", "e", "f", "g"])),
        _once("session", "session_code_once", "code"),
        _check("session", "session_days_in_order", Q(last_day__gte=F("first_day"))),
        _check("attendance", "attendance_how_known", Q(how__in=["code", "file", "recorded", "self"])),
        _check("attendance", "attendance_user_or_partner", Q(user__isnull=False, partner_name="", organisation="") | (Q(user__isnull=True) & ~Q(partner_name="") & ~Q(organisation=""))),
        _index("attendance", "attendance_user", "user", "course", "attended_on"),
        _index("attendance", "attendance_session", "session", "recorded_at"),
        _once("attendancewithdrawal", "attendance_withdrawn_once", "attendance"),
        _check("requiredtraining", "required_training_days_in_order", Q(to_day__isnull=True) | Q(to_day__gte=F("from_day"))),
        _once("question", "question_version_once", "thread", "number"),
        _once("sitting", "sitting_once", "session", "recorded_by", "moment"),
        _check("sitting", "sitting_moment_known", Q(moment__in=["before", "after", "six_months"])),
        _once("sittinganswer", "sitting_answer_once", "sitting", "question"),
        Wall("Course", rights="select, insert, update"),
        Wall("Session", rights="select, insert, update"),
        Wall("Attendance", append_only=True),
        Wall("AttendanceWithdrawal", append_only=True),
        Wall("RequiredTraining", rights="select, insert, update (from_day, to_day, within_days)"),
        Wall("Question", rights="select, insert, update (asked_to)"),
        Wall("Sitting", append_only=True),
        Wall("SittingAnswer", append_only=True),
    ]
