"""What of a referral is late, for the register of referrals, without reading what else is owed."""

from functools import reduce
from operator import or_

from django.db import migrations, models

from lodestar.tenancy.tables import AddIndex

CODES = [
    "answer_further_information", "consider_reconsideration", "plan_before_support_ends", "put_referral_right",
    "send_supplementary_information", "tell_decision_safely", "turning_18_consent", "watch_reasonable_grounds_decision",
    "watch_reconsideration_reply",
]  # fmt: skip
ANY_OF_THEM = reduce(or_, (models.Q(("code", code)) for code in CODES))


class Migration(migrations.Migration):
    dependencies = [("cases", "0012_what_was_added_is_kept")]

    operations = [
        AddIndex(
            model_name="obligation",
            index=models.Index(
                fields=["tenant", "due_at", "id"],
                name="obligation_of_referrals",
                condition=models.Q(("person__isnull", False), ("state", "open")) & ANY_OF_THEM,
            ),
        ),
    ]
