"""Whether they may be contacted again, talks about the rest alone, and which leaflet was shown."""

from django.db import migrations, models
from django.db.models import Q

from lodestar.tenancy.tables import AddConstraint


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_what_somebody_opened")]
    operations = [
        migrations.AddField(
            model_name="consentanswer", name="contact_again", field=models.CharField(blank=True, db_default="", max_length=10)
        ),
        migrations.AddField(
            model_name="consentanswer", name="leaves_referral", field=models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddField(
            model_name="consentanswer", name="leaflet", field=models.CharField(blank=True, db_default="", max_length=40)
        ),
        AddConstraint(
            model_name="consentanswer",
            constraint=models.CheckConstraint(
                condition=Q(contact_again__in=["", "yes", "unsafe", "unwanted"]), name="consent_contact_known"
            ),
        ),
        AddConstraint(
            model_name="consentanswer",
            constraint=models.CheckConstraint(
                condition=Q(leaves_referral=False) | Q(nrm__isnull=True), name="consent_leaves_referral"
            ),
        ),
    ]
