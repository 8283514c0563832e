"""What the next one must know of something handed on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_settings_of_a_force"),
    ]

    operations = [
        migrations.AddField(
            model_name="handon",
            name="known",
            field=models.CharField(blank=True, max_length=400),
        ),
    ]
