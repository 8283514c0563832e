"""Of which record the reason of an unmet need is; district and distance."""

from django.db import migrations, models

from lodestar.platform.tenancy.tables import AddConstraint


class Migration(migrations.Migration):
    dependencies = [("needs", "0001_tables")]

    operations = [
        migrations.RemoveConstraint(model_name="need", name="need_reason_known"),
        migrations.AddField(model_name="need", name="reason_source", field=models.CharField(blank=True, max_length=16)),
        migrations.AddField(model_name="need", name="reason_row", field=models.UUIDField(null=True)),
        migrations.AddField(model_name="need", name="district", field=models.CharField(blank=True, max_length=9)),
        migrations.AddField(model_name="need", name="distance_km", field=models.PositiveSmallIntegerField(null=True)),
        AddConstraint(
            model_name="need",
            constraint=models.CheckConstraint(condition=models.Q(("unmet_reason__in", ["", "no_service", "full", "not_eligible", "no_recourse", "distance", "language", "sex_specific_missing", "refused", "unsafe", "cost", "authority_declined", "waited_too_long", "not_known"])), name="need_reason_known"),
        ),
    ]
