"""An entry or a fact that came with Lodestar, and of which the log tells no change, goes with the lists that come with it."""

from django.db import migrations

LEFT_ALONE = """
update {table} t set as_shipped = true where t.code <> '' and left(t.code, 4) <> 'own_' and not exists (
    select from record_event e where e.tenant = t.tenant and e.code = '{event}' and e.subject = t.id::text)
"""
TABLES = {"guidance_thesaurusentry": "guidance.words_changed", "guidance_stalefact": "guidance.fact_changed"}


class Migration(migrations.Migration):
    dependencies = [("guidance", "0013_second_person"), ("record", "0001_log")]
    operations = [
        migrations.RunSQL(LEFT_ALONE.format(table=table, event=event), migrations.RunSQL.noop)
        for table, event in TABLES.items()
    ]
