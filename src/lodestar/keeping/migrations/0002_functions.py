"""Erasing a person's records, and what a request that is over says of whoever asked."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("keeping", "0001_tables"), ("exchange", "0001_tables"), ("guidance", "0001_tables"), ("investigations", "0001_tables"), ("recognition", "0001_tables"), ("referrals", "0001_tables"), ("section45", "0001_tables"), ("support", "0001_tables")]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))]
