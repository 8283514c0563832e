"""That all of a time are here can be taken back."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("recognition", "0008_whole_spans_said")]

    operations = [
        migrations.AddField(
            model_name="saidwhole", name="taken_back", field=models.BooleanField(db_default=False, default=False)
        ),
    ]
