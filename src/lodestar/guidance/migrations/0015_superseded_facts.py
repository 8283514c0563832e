"""A superseded fact is its exact phrases: in what company words stand is read no more."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("guidance", "0014_what_nobody_changed")]
    operations = [migrations.RemoveField("stalefact", name) for name in ("near", "unless")]
