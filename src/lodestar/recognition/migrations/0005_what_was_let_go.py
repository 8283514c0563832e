"""Marks of what was let go, so that it does not come in again. They go on their day, by a function of the database alone."""

from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.within
from lodestar.tenancy.roles import APP
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import Wall

GO = f"""
create function recognition_let_marks_go(today date) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    mine text := nullif(current_setting('lodestar.tenant', true), '');
    here bigint;
begin
    delete from recognition_letgo where tenant = mine and until < least(today, current_date);
    get diagnostics here = row_count;
    return here;
end $$;
revoke all on function recognition_let_marks_go(date) from public;
grant execute on function recognition_let_marks_go(date) to {APP};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("recognition", "0004_questions_asked"),
        ("tenancy", "0001_tenants_and_grants"),
    ]

    operations = [
        CreateModel(
            name="LetGo",
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
                ("mark", models.BigIntegerField()),
                ("gone_on", models.DateField()),
                ("by_two", models.BooleanField()),
                ("until", models.DateField()),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "until"], name="let_go_until")],
                "constraints": [models.UniqueConstraint(fields=("tenant", "mark"), name="let_go_once")],
            },
        ),
        Wall("LetGo", append_only=True),
        migrations.RunSQL(GO, "drop function recognition_let_marks_go(date)"),
    ]
