"""What was missing where a search found nobody."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("services", "0001_tables")]

    operations = [migrations.AddField(model_name="placesearch", name="missing", field=models.CharField(blank=True, max_length=12))]
