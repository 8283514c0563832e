"""Settings only look ahead."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("settings", "0001_tables")]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))]
