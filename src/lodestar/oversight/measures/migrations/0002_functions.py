"""Whatever a case's verdict rests on drops the verdict when it changes."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("measures", "0001_tables"),
        ("accounts", "0001_tables"),
        ("cases", "0001_tables"),
        ("disclosures", "0001_tables"),
        ("investigations", "0001_tables"),
        ("allocation", "0001_tables"),
        ("ledger", "0001_tables"),
        ("referrals", "0001_tables"),
        ("section45", "0001_tables"),
        ("training", "0001_tables"),
        ("deep_dives", "0001_tables"),
    ]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))]
