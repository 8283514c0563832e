"""Erasing a person's records, and what a request that is over says of whoever asked."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("retention", "0001_tables"),
        ("cases", "0001_tables"),
        ("earlier_records", "0001_tables"),
        ("identities", "0001_tables"),
        ("investigations", "0001_tables"),
        ("allocation", "0001_tables"),
        ("ledger", "0001_tables"),
    ]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))]
