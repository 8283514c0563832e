"""The index of a term's versions holds in how many passages it stands, so that it is counted without a row being read."""

from django.db import migrations, models

from lodestar.tenancy.tables import AddIndex


class Migration(migrations.Migration):
    dependencies = [("guidance", "0005_the_best_of_a_term")]
    operations = [
        migrations.RemoveIndex(model_name="posting", name="guidance_posting_weighs"),
        AddIndex(
            model_name="posting",
            index=models.Index(
                fields=["tenant", "term", "-best"], include=["version", "spread"], name="guidance_posting_counted"
            ),
        ),
    ]
