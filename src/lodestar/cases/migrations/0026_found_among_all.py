"""Two people who were found alike among all records: a suggestion, told to nobody who recorded them."""

from django.db import migrations, models

from lodestar.tenancy.tables import AddConstraint

OUTCOMES = ["shown", "ring", "sealed", "quiet", "batch"]


class Migration(migrations.Migration):
    dependencies = [("cases", "0025_addresses_of_a_household")]
    operations = [
        migrations.AlterField(
            "match", "outcome",
            models.CharField(
                max_length=6,
                choices=[
                    ("shown", "shown"),
                    ("ring", "a code"),
                    ("sealed", "nothing, sealed"),
                    ("quiet", "nothing, too many codes"),
                    ("batch", "nothing, found among all records"),
                ],
            ),
        ),
        migrations.RemoveConstraint("match", "match_outcome_known"),
        migrations.RemoveConstraint("match", "match_code_to_quote"),
        AddConstraint(
            "match", models.CheckConstraint(condition=models.Q(("outcome__in", OUTCOMES)), name="match_outcome_known")
        ),
        AddConstraint(
            "match",
            models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", ""), ("outcome__in", ["shown", "sealed", "batch"])),
                    models.Q(("outcome__in", ["ring", "quiet"]), models.Q(("code", ""), _negated=True)),
                    _connector="OR",
                ),
                name="match_code_to_quote",
            ),
        ),
    ]  # fmt: skip
