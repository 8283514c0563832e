"""What the application may do with tables to come, the shared cache, and the tenants."""

from django.db import migrations, models

from lodestar.platform.tenancy.roles import APP, READER
from lodestar.platform.tenancy.tables import CreateModel

GRANTS = f"""
alter default privileges grant select, insert, update, delete on tables to {APP};
alter default privileges grant usage, select on sequences to {APP};
alter default privileges grant execute on functions to {APP};
grant select, insert, update, delete on all tables in schema public to {APP};
grant usage, select on all sequences in schema public to {APP};
revoke insert, update, delete on django_migrations from {APP};
grant usage on schema public to {READER};
"""
CACHE = """
create unlogged table tenancy_cache (
    cache_key varchar(255) primary key, value text not null, expires timestamptz not null);
create index tenancy_cache_expires on tenancy_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True
    run_before = [
        ("contenttypes", "0001_initial"),
        ("sessions", "0001_initial"),
        ("axes", "0001_initial"),
        ("procrastinate", "0001_initial"),
    ]
    dependencies: list[tuple[str, str]] = []
    operations = [
        migrations.RunSQL(GRANTS, migrations.RunSQL.noop),
        migrations.RunSQL(CACHE, "drop table tenancy_cache"),
        CreateModel(
            name="Tenant",
            fields=[
                ("slug", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("nation", models.CharField(default="england", max_length=20)),
                ("reference_prefix", models.CharField(max_length=4)),
                ("made_by_demo", models.BooleanField(default=False)),
                ("demo_filling", models.JSONField(null=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("slug__regex", "^[a-z0-9-]+$")), name="tenant_slug_is_a_slug"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reference_prefix__regex", "^[A-Z]{2,4}$")), name="tenant_prefix_is_letters"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("demo_filling", None), ("made_by_demo", True), _connector="OR"),
                        name="tenant_filling_is_of_demo",
                    ),
                ],
            },
        ),
    ]
