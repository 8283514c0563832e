"""Why somebody said no to referral, in their words, and the answers that may wait."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_what_is_never_removed")]
    operations = [
        migrations.AddField(
            model_name="consentanswer", name="wants_support", field=models.BooleanField(null=True)
        ),
        migrations.AddField(
            model_name="consentanswer", name="police_may_contact", field=models.BooleanField(null=True)
        ),
        migrations.AddField(
            model_name="consentanswer", name="refusal_reason", field=models.CharField(blank=True, max_length=500)
        ),
    ]
