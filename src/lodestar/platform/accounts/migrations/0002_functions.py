"""What pages may not do with those who sign in, and what stays ended."""

from pathlib import Path

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_tables"), ("mfa", "0003_authenticator_type_uniq")]
    operations = [migrations.RunSQL(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))]
