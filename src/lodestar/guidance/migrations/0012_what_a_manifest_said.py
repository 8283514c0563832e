"""What a manifest said of a document last. Of those taken in before nobody knows: the next manifest's word is taken."""

import django.core.serializers.json
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guidance", "0011_the_next_version")]

    operations = [
        migrations.AddField(
            "document",
            "told",
            models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
        ),
    ]
