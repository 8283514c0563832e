"""The reviews of one supervisor, the newest first, without sorting all that they ever wrote."""

from django.db import migrations, models

from lodestar.tenancy.tables import AddIndex


class Migration(migrations.Migration):
    dependencies = [("investigations", "0001_crimes_allocations_reviews")]
    operations = [
        AddIndex(
            model_name="review",
            index=models.Index(fields=["tenant", "by", "-at", "-id"], name="review_by"),
        ),
    ]
