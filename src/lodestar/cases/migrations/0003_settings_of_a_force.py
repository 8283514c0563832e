"""A force's own settings of the rules, which the application may decide on once, and only for days to come."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.cases.models.settings
import lodestar.kernel.ids
import lodestar.tenancy.within
from lodestar.tenancy.roles import APP
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall

# The checks of the table hold for everybody; this one reads the server's clock, so that no date sent along can make a
# change take effect on a day that has begun. The owner, who carries rows over, is not asked.
LOOK_AHEAD = f"""
create function cases_settingchange_look_ahead() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' and new.decision <> '' then
        raise exception 'a change is proposed before it is decided' using errcode = 'check_violation';
    elsif tg_op = 'UPDATE' and old.decision <> '' then
        raise exception 'the change is decided' using errcode = 'check_violation';
    elsif new.decision <> 'refused' and new.from_date <= (now() at time zone 'Europe/London')::date then
        raise exception 'no change takes effect on a day that has begun' using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger look_ahead before insert or update on cases_settingchange for each row
    when (current_user = '{APP}') execute function cases_settingchange_look_ahead();
revoke update, delete, truncate on cases_settingchange from {APP};
grant update (decision, decided_at, decided_by_id, answer) on cases_settingchange to {APP};
"""
ANYHOW = """
drop trigger look_ahead on cases_settingchange;
drop function cases_settingchange_look_ahead();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0001_tenants_and_grants"),
        ("cases", "0002_worklists_seals_remarks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name="SettingChange",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "tenant",
                    models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60),
                ),
                ("key", models.CharField(max_length=60)),
                ("value", models.CharField(max_length=60)),
                ("from_date", models.DateField()),
                ("reason", models.CharField(max_length=1000)),
                ("proposed_at", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        blank=True, choices=[("approved", "approved"), ("refused", "refused")], max_length=10
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=1000)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant", "key", "-from_date", "id"], name="setting_change_key"),
                    models.Index(
                        condition=models.Q(("decision", "approved")),
                        fields=["tenant", "from_date", "decided_at", "id"],
                        name="setting_change_agreed",
                    ),
                    models.Index(
                        condition=models.Q(("decision", "")),
                        fields=["tenant", "proposed_at", "id"],
                        name="setting_change_waiting",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="setting_change_says_why"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""),
                                ("decided_at__isnull", True),
                                ("decided_by__isnull", True),
                                ("decision", ""),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("decision__in", ["approved", "refused"]),
                            ),
                            _connector="OR",
                        ),
                        name="setting_change_decided_at_and_by",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer", ""), ("decision", "refused"), _negated=True),
                        name="setting_change_refused_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "approved"), _negated=True),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="setting_change_second_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_date__gt", lodestar.cases.models.settings.LondonDay("proposed_at"))),
                        name="setting_change_looks_ahead",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "approved"), _negated=True),
                            ("from_date__gt", lodestar.cases.models.settings.LondonDay("decided_at")),
                            _connector="OR",
                        ),
                        name="setting_change_never_backwards",
                    ),
                ],
            },
        ),
        Wall("SettingChange"),
        migrations.RunSQL(LOOK_AHEAD, ANYHOW),
    ]
