"""From when on a person's sessions count: those that began before are over, wherever they are open."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_the_forces_own_sign_in")]
    operations = [migrations.AddField("user", "signed_out_at", models.DateTimeField(null=True))]
