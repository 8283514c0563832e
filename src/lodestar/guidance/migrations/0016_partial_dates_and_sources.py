"""The day a document was published on is a partial date: a year stays a year. A version keeps where it came from."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guidance", "0015_superseded_facts")]
    operations = [
        migrations.RemoveField("document", "published_on"),
        migrations.AddField("document", "published_on", models.CharField(blank=True, default="", max_length=10), preserve_default=False),
        migrations.AddField("version", "url", models.CharField(blank=True, default="", max_length=500), preserve_default=False),
    ]
