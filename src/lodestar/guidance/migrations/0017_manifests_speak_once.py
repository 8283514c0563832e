"""What a manifest says of a document is taken when its file comes in: what it said last is not kept."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("guidance", "0016_partial_dates_and_sources")]
    operations = [migrations.RemoveField("document", "told")]
