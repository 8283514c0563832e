"""A third kind of table that is given out: the six failings of a quarter."""

from django.db import migrations, models

from lodestar.tenancy.tables import AddConstraint


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_to_whom_it_went")]

    operations = [
        migrations.RemoveConstraint(model_name="release", name="release_kind_known"),
        migrations.AlterField(
            model_name="release",
            name="kind",
            field=models.CharField(
                choices=[
                    ("aggregate", "Figures for partners"),
                    ("figure", "The six failings"),
                    ("return", "Monthly return"),
                ],
                max_length=10,
            ),
        ),
        AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["aggregate", "figure", "return"])), name="release_kind_known"
            ),
        ),
    ]
