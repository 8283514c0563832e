"""Which addresses came from another system, of which nobody is named for what is written later."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0027_immigration_told_by_two")]
    operations = [
        migrations.AddField("safeaddress", "is_reported", models.BooleanField(default=False, db_default=False)),
    ]
