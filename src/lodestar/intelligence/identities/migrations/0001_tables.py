"""The tables of identities, each behind the wall."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import lodestar.platform.tenancy.fields
import lodestar.platform.tenancy.models
import lodestar.platform.tenancy.tenant_transaction
import lodestar.platform.text.ids
from lodestar.platform.tenancy.row_security import Wall
from lodestar.platform.tenancy.tables import AddConstraint, AddIndex, CreateModel


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_tables"),
        ("cases", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="Match",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("elsewhere", models.CharField(blank=True, default="", max_length=64)),
                ("reasons", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ("outcome", models.CharField(max_length=6)),
                ("code", models.CharField(blank=True, default="", max_length=8)),
                ("found_at", models.DateTimeField()),
                ("found_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("other", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
        ),
        CreateModel(
            name="IdentityLink",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("reasons", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ("words", models.CharField(blank=True, max_length=400)),
                ("linked_at", models.DateTimeField()),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_why", models.CharField(blank=True, default="", max_length=400)),
                ("linked_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("one", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("other", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("undone_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("match", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identities.match")),
            ],
        ),
        CreateModel(
            name="MatchAlert",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("elsewhere", models.CharField(blank=True, db_default="", default="", max_length=64)),
                ("from_force", models.CharField(blank=True, db_default="", default="", max_length=60)),
                ("code", models.CharField(blank=True, db_default="", default="", max_length=8)),
                ("told_as", models.CharField(max_length=12)),
                ("alerted_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
                ("did", models.CharField(blank=True, default="", max_length=1000)),
                ("did_at", models.DateTimeField(null=True)),
                ("about", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
                ("did_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("match", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identities.match")),
                ("seen_by", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("to", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="MatchAnswer",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("kind", models.CharField(max_length=12)),
                ("reasons", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ("words", models.CharField(blank=True, max_length=400)),
                ("said_at", models.DateTimeField()),
                ("match", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="identities.match")),
                ("said_by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name="PersonIndexKey",
            fields=[
                ("id", models.UUIDField(default=lodestar.platform.text.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ("tenant", models.CharField(default=lodestar.platform.tenancy.tenant_transaction.current_tenant, editable=False, max_length=60)),
                ("marks", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("told", lodestar.platform.tenancy.fields.SealedTextField()),
                ("person", lodestar.platform.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.person")),
            ],
        ),
        AddIndex(
            model_name="match",
            index=models.Index(fields=["tenant", "-found_at", "-id"], name="match_latest"),
        ),
        AddIndex(
            model_name="match",
            index=models.Index(fields=["tenant", "found_by", "-found_at"], name="match_found_by"),
        ),
        AddIndex(
            model_name="match",
            index=models.Index(condition=models.Q(("code", ""), _negated=True), fields=["tenant", "code"], name="match_code"),
        ),
        AddIndex(
            model_name="match",
            index=models.Index(fields=["tenant", "person"], name="match_person"),
        ),
        AddIndex(
            model_name="match",
            index=models.Index(fields=["tenant", "other"], name="match_other"),
        ),
        AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(models.F("tenant"), django.db.models.functions.comparison.Least("person", "other"), django.db.models.functions.comparison.Greatest("person", "other"), name="match_once"),
        ),
        AddConstraint(
            model_name="match",
            constraint=models.UniqueConstraint(condition=models.Q(("elsewhere", ""), _negated=True), fields=("tenant", "person", "elsewhere"), name="match_elsewhere_once"),
        ),
        AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(condition=models.Q(("person", models.F("other")), _negated=True), name="match_of_two"),
        ),
        AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("elsewhere", ""), ("other__isnull", False)), models.Q(("other__isnull", True), models.Q(("elsewhere", ""), _negated=True)), _connector="OR"), name="match_here_or_elsewhere"),
        ),
        AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(condition=models.Q(("outcome__in", ["shown", "ring", "sealed", "quiet"])), name="match_outcome_known"),
        ),
        AddConstraint(
            model_name="match",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("code", ""), ("outcome__in", ["shown", "sealed"])), models.Q(("outcome__in", ["ring", "quiet"]), models.Q(("code", ""), _negated=True)), _connector="OR"), name="match_code_to_quote"),
        ),
        AddIndex(
            model_name="identitylink",
            index=models.Index(fields=["tenant", "one"], name="identity_link_one"),
        ),
        AddIndex(
            model_name="identitylink",
            index=models.Index(fields=["tenant", "other"], name="identity_link_other"),
        ),
        AddConstraint(
            model_name="identitylink",
            constraint=models.UniqueConstraint(models.F("tenant"), django.db.models.functions.comparison.Least("one", "other"), django.db.models.functions.comparison.Greatest("one", "other"), condition=models.Q(("undone_at__isnull", True)), name="identity_link_once"),
        ),
        AddConstraint(
            model_name="identitylink",
            constraint=models.CheckConstraint(condition=models.Q(("one", models.F("other")), _negated=True), name="identity_link_of_two"),
        ),
        AddConstraint(
            model_name="identitylink",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("undone_at__isnull", True), ("undone_by__isnull", True), ("undone_why", "")), models.Q(("undone_at__isnull", False), ("undone_by__isnull", False), models.Q(("undone_why", ""), _negated=True)), _connector="OR"), name="identity_link_undone_at_by_and_why"),
        ),
        AddIndex(
            model_name="matchalert",
            index=models.Index(fields=["tenant", "to", "-alerted_at", "-id"], name="match_alert_to"),
        ),
        AddIndex(
            model_name="matchalert",
            index=models.Index(fields=["tenant", "match"], name="match_alert_match"),
        ),
        AddConstraint(
            model_name="matchalert",
            constraint=models.UniqueConstraint(condition=models.Q(("to__isnull", False)), fields=("tenant", "match", "to"), name="match_alert_once"),
        ),
        AddConstraint(
            model_name="matchalert",
            constraint=models.UniqueConstraint(condition=models.Q(("about__isnull", False)), fields=("tenant", "about", "elsewhere", "to"), name="match_alert_of_force_once"),
        ),
        AddConstraint(
            model_name="matchalert",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("from_force", ""), ("match__isnull", False)), models.Q(("about__isnull", False), ("match__isnull", True), models.Q(("from_force", ""), _negated=True), models.Q(("elsewhere", ""), _negated=True)), _connector="OR"), name="match_alert_of_ours_or_of_a_force"),
        ),
        AddConstraint(
            model_name="matchalert",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("to__isnull", True), ("told_as", "coordinator")), models.Q(("to__isnull", False), ("told_as__in", ["named_owner", "owner"])), _connector="OR"), name="match_alert_to_somebody"),
        ),
        AddConstraint(
            model_name="matchalert",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("seen_at__isnull", True), ("seen_by__isnull", True)), models.Q(("seen_at__isnull", False), ("seen_by__isnull", False)), _connector="OR"), name="match_alert_seen_at_and_by"),
        ),
        AddConstraint(
            model_name="matchalert",
            constraint=models.CheckConstraint(condition=models.Q(models.Q(("did", ""), ("did_at__isnull", True), ("did_by__isnull", True)), models.Q(models.Q(("did", ""), _negated=True), ("did_at__isnull", False), ("did_by__isnull", False)), _connector="OR"), name="match_alert_did_at_and_by"),
        ),
        AddIndex(
            model_name="matchanswer",
            index=models.Index(fields=["tenant", "match", "-said_at", "-id"], name="match_answer_latest"),
        ),
        AddConstraint(
            model_name="matchanswer",
            constraint=models.CheckConstraint(condition=models.Q(("kind__in", ["seems_same", "seems_other", "linked", "not_same", "again", "unlinked"])), name="match_answer_known"),
        ),
        AddConstraint(
            model_name="personindexkey",
            constraint=models.UniqueConstraint(fields=("tenant", "person"), name="person_marks_once"),
        ),
        Wall("Match"),
        Wall("IdentityLink"),
        Wall("MatchAlert"),
        Wall("MatchAnswer", append_only=True),
        Wall("PersonIndexKey"),
    ]
