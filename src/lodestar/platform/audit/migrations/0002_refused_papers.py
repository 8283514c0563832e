"""An index for the papers that could not be made: the administrator's first page counts them."""

from django.db import migrations

FORWARD = """
create index audit_event_paper on audit_event (tenant, recorded_at desc, id desc) where code = 'record.paper_refused'
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_tables")]
    operations = [migrations.RunSQL(FORWARD, "drop index audit_event_paper")]
