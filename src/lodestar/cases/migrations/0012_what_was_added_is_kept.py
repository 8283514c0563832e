"""A picture is kept byte for byte beside what is handed out of it, with the SHA-256 of what was added; Word documents."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0011_leaflets_filed")]
    operations = [
        migrations.AddField(
            model_name="casefile",
            name="original",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddField(
            model_name="casefile",
            name="fingerprint",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AlterField(model_name="casefile", name="media_type", field=models.CharField(max_length=80)),
    ]
