"""Earlier records of whom a yes made a person of a case stay no longer for that yes than that person does: two people had let
somebody go, and what other systems said of them stayed for ever, because it had been answered that they may be a victim."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("lodestar.keeping.migrations.0002_what_lies_beside").EARLIER.replace(
    "create function", "create or replace function"
)
NEEDED = "q.state <> 'no')"
# The case of a yes was opened for one person: its number one (`journeys/deeds.py`).
WHILE_THERE = """(q.state = 'open' or q.state = 'yes' and exists (
                              select from cases_person p where p.tenant = mine and p.case_id = q.case_id and p.number = 1)))"""
EARLIER = BEFORE.replace(NEEDED, WHILE_THERE)


class Migration(migrations.Migration):
    dependencies = [("keeping", "0003_what_they_ask_is_done")]
    operations = [migrations.RunSQL(EARLIER, BEFORE)]
