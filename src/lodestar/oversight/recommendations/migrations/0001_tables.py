"""Reports, the steps of their answers, recommendations and their statuses, each behind the wall."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models
from django.db.models import PROTECT, BooleanField, CharField, DateField, DateTimeField, F, ForeignKey, Index, Q, TextField

from lodestar.platform.tenancy.fields import SealedTextField
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
    key = ("id", models.UUIDField(default=new_id, editable=False, primary_key=True, serialize=False))
    return CreateModel(name=name, fields=[key, tenant, *fields, ("recorded_at", DateTimeField())])


def _check(model, name, condition):
    return AddConstraint(model_name=model, constraint=models.CheckConstraint(condition=condition, name=name))


def _once(model, name, *fields):
    return AddConstraint(model_name=model, constraint=models.UniqueConstraint(fields=["tenant", *fields], name=name))


def _index(model, name, *fields):
    return AddIndex(model_name=model, index=Index(fields=["tenant", *fields], name=name))


CLAIMED = ["complete_claimed", "complete_verified"]
STATES = ["awaiting_review", "accepted", "partly_accepted", "rejected", "being_progressed", *CLAIMED, "reopened"]
STEPS = ["invited_chief", "chief_comments", "policing_body_comments", "published", "copied_hmicfrs", "copied_home_secretary"]
ADDRESSEES = ["chief_constable", "policing_body", "home_office", "college", "hmicfrs"]


class Migration(migrations.Migration):
    initial = True

    dependencies = [("tenancy", "0001_tables"), ("requirements", "0001_tables"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        _table("Report", ("title", CharField(max_length=200)), ("body", CharField(max_length=120)), ("published_on", DateField()), ("source", CharField(max_length=300)), ("is_verified", BooleanField(default=False)), ("has_clock", BooleanField(default=True)), ("next_step", CharField(blank=True, max_length=24)), ("next_at", DateTimeField(null=True)), ("recorded_by", _user())),
        _table("ReportStep", ("report", _row("recommendations.report", "steps")), ("step", CharField(max_length=24)), ("happened_on", DateField()), ("answer_by", DateField(null=True)), ("note", TextField(blank=True)), ("url", CharField(blank=True, max_length=300)), ("withdraws", _row("recommendations.reportstep", "withdrawals", null=True)), ("recorded_by", _user())),
        _table("Recommendation", ("state", CharField(max_length=20)), ("owner", _user()), ("due_at", DateTimeField(null=True)), ("version", models.PositiveIntegerField(default=1)), ("recorded_by", _user()), ("report", _row("recommendations.report", "recommendations")), ("number", CharField(max_length=8)), ("letter", CharField(blank=True, max_length=2)), ("addressees", ArrayField(base_field=CharField(max_length=20), size=None)), ("text", TextField()), ("is_verified", BooleanField(default=False)), ("source", CharField(blank=True, max_length=300)), ("requirement", _row("requirements.requirement", null=True)), ("asked_at", DateTimeField()), ("original_due_on", DateField(null=True)), ("action", TextField(blank=True)), ("no_action", TextField(blank=True)), ("claimed_by", _user(null=True)), ("verified_by", _user(null=True))),
        _table("StatusEvent", ("before", CharField(max_length=20)), ("after", CharField(max_length=20)), ("moved_at", DateTimeField()), ("mover", _user(null=True)), ("reason", CharField(blank=True, max_length=20)), ("because", SealedTextField(blank=True, default=b"")), ("row", _row("recommendations.recommendation", "moves"))),
        _once("report", "report_title_once", "title"),
        _once("reportstep", "report_step_withdrawn_once", "withdraws"),
        _check("reportstep", "report_step_step_known", Q(step__in=STEPS)),
        _check("reportstep", "report_step_invited_by", ~Q(step="invited_chief") | Q(answer_by__gte=F("happened_on")) & Q(answer_by__isnull=False)),
        _check("reportstep", "report_step_published_where", ~Q(step="published") | ~Q(url="")),
        _check("reportstep", "report_step_withdrawn_why", Q(withdraws__isnull=True) | ~Q(note="")),
        _index("reportstep", "report_step_report", "report", "happened_on"),
        _once("recommendation", "recommendation_number_once", "report", "number", "letter"),
        _check("recommendation", "recommendation_state_known", Q(state__in=STATES)),
        _check("recommendation", "recommendation_addressees_known", Q(addressees__contained_by=ADDRESSEES) & ~Q(addressees=[])),
        _check("recommendation", "recommendation_one_answer", Q(action="") | Q(no_action="")),
        _check("recommendation", "recommendation_claimed_by_state", Q(state__in=CLAIMED, claimed_by__isnull=False) | (~Q(state__in=CLAIMED) & Q(claimed_by__isnull=True))),
        _check("recommendation", "recommendation_verified_by_state", Q(state="complete_verified", verified_by__isnull=False) | (~Q(state="complete_verified") & Q(verified_by__isnull=True))),
        _check("recommendation", "recommendation_verified_by_another", Q(verified_by__isnull=True) | ~(Q(verified_by=F("owner")) | Q(verified_by=F("claimed_by")))),
        _index("recommendation", "recommendation_asked", "asked_at", "id"),
        _index("recommendation", "recommendation_owner", "owner", "due_at", "id"),
        _index("statusevent", "status_event_row", "row", "moved_at"),
        Wall("Report", rights="select, insert, update"),
        Wall("ReportStep", append_only=True),
        Wall("Recommendation", rights="select, insert, update"),
        Wall("StatusEvent", append_only=True),
    ]
