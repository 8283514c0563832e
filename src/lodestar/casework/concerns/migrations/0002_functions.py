"""Removing what says that an imported row was erased, when its time is over."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("concerns", "0001_tables")]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))]
