"""Who signed in, and the forces they serve, are never removed; what a force is called is for the owner to change."""

from django.db import migrations

from lodestar.tenancy.roles import APP

KEEP = f"""
revoke delete, truncate on accounts_user, accounts_membership from {APP};
revoke update, delete, truncate on tenancy_tenant from {APP};
"""
ANYHOW = f"""
grant delete on accounts_user, accounts_membership to {APP};
grant update, delete on tenancy_tenant to {APP};
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_tokens_of_other_systems"), ("tenancy", "0001_tenants_and_grants")]
    operations = [migrations.RunSQL(KEEP, ANYHOW)]
