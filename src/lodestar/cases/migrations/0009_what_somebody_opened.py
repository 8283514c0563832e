"""The cases that somebody opened, the newest first, without reading those of everybody else."""

from django.db import migrations, models

from lodestar.tenancy.tables import AddIndex


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_why_they_said_no")]
    operations = [
        AddIndex(
            model_name="case",
            index=models.Index(fields=["tenant", "opened_by", "-recorded_at", "id"], name="case_opened_by"),
        ),
    ]
