"""When an address was told before anybody decided it stands with the person: it came with 0020, so no older row has any."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0021_alerts_to_professional_standards")]
    operations = [
        migrations.AddField(
            model_name="person",
            name="address_told",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.DateTimeField(), editable=False, null=True, size=None
            ),
        ),
    ]
