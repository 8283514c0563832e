"""Captions of films."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("guidance", "0007_newsletters")]

    operations = [migrations.AddField(model_name="version", name="captions", field=models.TextField(blank=True, default=""))]
