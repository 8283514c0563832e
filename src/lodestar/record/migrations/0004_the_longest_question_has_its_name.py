"""The names of what was written are as long as the codes of a referral's questions, of which the longest were cut short."""

import django.contrib.postgres.fields
from django.db import migrations, models

WIDER = "alter table record_event alter column fields type varchar(90)[]"
AS_IT_WAS = "alter table record_event alter column fields type varchar(60)[]"
FIELDS = django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=90), default=list)


class Migration(migrations.Migration):
    dependencies = [("record", "0003_months_within_reach")]
    operations = [
        migrations.RunSQL(WIDER, AS_IT_WAS, state_operations=[migrations.AlterField("event", "fields", FIELDS)]),
    ]
