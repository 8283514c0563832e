"""Translations say of which text they are, and have the sound of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_tables")]

    operations = [
        migrations.AddField(model_name="leaflettranslation", name="text_of", field=models.CharField(default="leaflet", max_length=8)),
        migrations.AddField(model_name="leaflettranslation", name="sound", field=models.CharField(blank=True, max_length=64)),
        migrations.AddField(model_name="leaflettranslation", name="media_type", field=models.CharField(blank=True, max_length=12)),
    ]
