"""What is said of a document with a draft waits with the draft, and changes nothing of what is published."""

import django.core.serializers.json
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guidance", "0003_what_was_read")]
    operations = [
        migrations.AddField(
            model_name="version",
            name="said",
            field=models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
        ),
    ]
