"""The index by which the best versions of a term are found holds which versions they are, so that no row is read for them."""

from django.db import migrations, models

from lodestar.tenancy.tables import AddIndex


class Migration(migrations.Migration):
    dependencies = [("guidance", "0004_what_is_said_with_a_draft")]
    operations = [
        migrations.RemoveIndex(model_name="posting", name="guidance_posting_best"),
        AddIndex(
            model_name="posting",
            index=models.Index(
                fields=["tenant", "term", "-best"], include=["version"], name="guidance_posting_weighs"
            ),
        ),
    ]
