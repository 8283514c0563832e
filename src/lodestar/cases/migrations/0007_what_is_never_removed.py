"""What no page and no job ever removes or rewrites, the application's role cannot either."""

from django.db import migrations

from lodestar.tenancy.roles import APP

KEPT = (
    "cases_case, cases_person, cases_earlierreferral, cases_casemember, cases_handon, cases_remark,"
    " cases_operationgroup, cases_casenumber"
)
WRITTEN_ONCE = "cases_personversion, cases_safeaddress, cases_safeaddressviewer, cases_casefile"
KEEP = f"""
revoke delete, truncate on {KEPT} from {APP};
revoke update, delete, truncate on {WRITTEN_ONCE} from {APP};
"""
ANYHOW = f"""
grant delete on {KEPT} to {APP};
grant update, delete on {WRITTEN_ONCE} to {APP};
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_who_confirmed_a_rule")]
    operations = [migrations.RunSQL(KEEP, ANYHOW)]
