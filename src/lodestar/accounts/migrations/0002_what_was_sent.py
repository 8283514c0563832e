"""Tells a repeat of a form from another text under the same key."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_people_and_drafts"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="sent",
            field=models.CharField(blank=True, max_length=64),
        ),
    ]
