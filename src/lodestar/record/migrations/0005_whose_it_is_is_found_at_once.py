"""What is written of a person is in the index at once. It waited in a list that every reading of the log about anybody went
through from end to end, and that grew with whatever all colleagues did until the database tidied."""

from django.db import migrations

INDEX = """
drop index record_event_people;
create index record_event_people on record_event using gin (people) with (fastupdate = off);
"""
BEFORE = """
drop index record_event_people;
create index record_event_people on record_event using gin (people);
"""


class Migration(migrations.Migration):
    dependencies = [("record", "0004_the_longest_question_has_its_name")]
    operations = [migrations.RunSQL(INDEX, BEFORE)]
