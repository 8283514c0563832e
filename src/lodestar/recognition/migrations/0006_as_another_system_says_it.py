"""Notes of what another system says, of a kind that goes into no other system."""

from django.db import migrations, models

from lodestar.tenancy.tables import AddConstraint

KINDS = ["own_words", "before", "taken_back", "reported"]


class Migration(migrations.Migration):
    dependencies = [("recognition", "0005_what_was_let_go")]
    operations = [
        migrations.AlterField(
            "note", "kind",
            models.CharField(
                max_length=12,
                choices=[
                    ("own_words", "in their own words"),
                    ("before", "as reported before"),
                    ("taken_back", "withdrawn"),
                    ("reported", "as another system says it"),
                ],
            ),
        ),
        migrations.RemoveConstraint("note", "note_kind_known"),
        AddConstraint("note", models.CheckConstraint(condition=models.Q(("kind__in", KINDS)), name="note_kind_known")),
    ]  # fmt: skip
