"""Responses, their paragraphs, frozen versions and corrections, each behind the wall."""

from django.conf import settings
from django.db import migrations, models
from django.db.models import (
    PROTECT,
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    F,
    ForeignKey,
    Index,
    JSONField,
    PositiveIntegerField,
    PositiveSmallIntegerField,
    Q,
    TextField,
    UUIDField,
)

from lodestar.platform.tenancy.models import OtherTenantRow
from lodestar.platform.tenancy.row_security import Wall
from lodestar.platform.tenancy.tables import AddConstraint, AddIndex, CreateModel
from lodestar.platform.tenancy.tenant_transaction import current_tenant
from lodestar.platform.text.ids import new_id


def _user(**options):
    return ForeignKey(on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **options)


def _row(to, related_name="+", **options):
    return OtherTenantRow(db_constraint=False, on_delete=PROTECT, related_name=related_name, to=to, **options)


def _table(name, *fields):
    tenant = ("tenant", CharField(default=current_tenant, editable=False, max_length=60))
    key = ("id", UUIDField(default=new_id, editable=False, primary_key=True, serialize=False))
    return CreateModel(name=name, fields=[key, tenant, *fields])


def _check(model, name, condition):
    return AddConstraint(model_name=model, constraint=models.CheckConstraint(condition=condition, name=name))


def _once(model, name, *fields):
    return AddConstraint(model_name=model, constraint=models.UniqueConstraint(fields=["tenant", *fields], name=name))


STEPS = ["draft", "submitted", "approved", "commented", "published"]
KINDS = ["assurance", "fact", "gap", "action", "no_action"]


class Migration(migrations.Migration):
    initial = True

    dependencies = [("tenancy", "0001_tables"), ("recommendations", "0001_tables"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        _table("Response", ("report", _row("recommendations.report")), ("first", DateField()), ("last", DateField()), ("state", CharField(default="draft", max_length=10)), ("version", PositiveIntegerField(default=1)), ("begun_at", DateTimeField()), ("begun_by", _user()), ("submitted_by", _user(null=True)), ("approved_by", _user(null=True))),
        _table("Paragraph", ("response", _row("responses.response", "paragraphs")), ("recommendation", _row("recommendations.recommendation", null=True)), ("line", UUIDField()), ("revision", PositiveIntegerField()), ("side", CharField(max_length=5)), ("kind", CharField(max_length=10)), ("words", TextField(blank=True)), ("references", JSONField(default=list)), ("role", CharField(blank=True, max_length=80)), ("due_on", DateField(null=True)), ("position", PositiveSmallIntegerField()), ("mark", CharField(blank=True, max_length=12)), ("is_removed", BooleanField(default=False)), ("written_at", DateTimeField()), ("written_by", _user())),
        _table("ResponseVersion", ("response", _row("responses.response", "versions")), ("number", PositiveSmallIntegerField()), ("step", CharField(max_length=10)), ("content", JSONField()), ("documents", JSONField()), ("note", CharField(blank=True, max_length=400)), ("stored_at", DateTimeField()), ("stored_by", _user())),
        _table("Correction", ("response", _row("responses.response", "corrections")), ("part", CharField(max_length=40)), ("words", TextField()), ("corrected_at", DateTimeField()), ("corrected_by", _user())),
        _once("response", "response_report_once", "report"),
        _check("response", "response_state_known", Q(state__in=STEPS)),
        _check("response", "response_days_in_order", Q(first__lte=F("last"))),
        _check("response", "response_approved_by_another", Q(approved_by__isnull=True) | ~Q(approved_by=F("submitted_by"))),
        _once("paragraph", "paragraph_revision_once", "line", "revision"),
        _check("paragraph", "paragraph_kind_known", Q(kind__in=KINDS)),
        _check("paragraph", "paragraph_side_known", Q(side__in=["force", "body"])),
        _check("paragraph", "paragraph_action_whole", ~Q(kind="action") | (~Q(role="") & Q(due_on__isnull=False))),
        AddIndex(model_name="paragraph", index=Index(fields=["tenant", "response", "line", "-revision"], name="paragraph_response")),
        _once("responseversion", "response_version_once", "response", "number"),
        _check("responseversion", "response_version_step_known", Q(step__in=STEPS)),
        Wall("Response", rights="select, insert, update"),
        Wall("Paragraph", append_only=True),
        Wall("ResponseVersion", append_only=True),
        Wall("Correction", append_only=True),
    ]
