"""What somebody settled is listed by its key: an index for that alone."""

from django.db import migrations, models

from lodestar.tenancy.tables import AddIndex


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0013_what_of_a_referral_is_late"),
        ("referrals", "0008_where_they_stood"),
    ]

    operations = [
        AddIndex(
            model_name="pairing",
            index=models.Index(
                condition=models.Q(
                    ("settled", True),
                    models.Q(
                        models.Q(("crime_at__isnull", True), ("referral_at__isnull", False)),
                        models.Q(("crime_at__isnull", False), ("referral_at__isnull", True)),
                        _connector="OR",
                    ),
                ),
                fields=["tenant", "-id"],
                name="pairing_settled_alone",
            ),
        ),
    ]
