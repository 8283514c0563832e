"""An index for one state of one team, so that few among many are found without reading the rest."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("referrals", "0012_what_stood_already")]

    operations = [
        AddIndexConcurrently(
            model_name="referralnow",
            index=models.Index(
                fields=["tenant", "direction", "unit", "state", "-sent_at", "-id"], name="referral_now_unit_state"
            ),
        ),
    ]
