"""What was recorded when something owed opened, closed, or was no longer owed."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_what_the_next_must_know"),
    ]

    operations = [
        migrations.AddField(
            model_name="obligationevent",
            name="facts",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60), default=list, size=None
            ),
        ),
    ]
