"""A countersignature names the decider of the very record that it countersigns."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("section45", "0001_tables")]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))]
