"""Which entries and facts go with the lists that come with Lodestar."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guidance", "0009_what_passages_mean")]

    operations = [
        migrations.AddField("thesaurusentry", "as_shipped", models.BooleanField(default=False)),
        migrations.AddField("stalefact", "as_shipped", models.BooleanField(default=False)),
    ]
