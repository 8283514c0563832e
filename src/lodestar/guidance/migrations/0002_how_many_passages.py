"""How many passages a version has stands with it: a search asks for their sum."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guidance", "0001_the_library")]
    operations = [
        migrations.AddField(
            model_name="version",
            name="passages",
            field=models.PositiveIntegerField(default=0),
        )
    ]
