"""What is written of a person is in the index at once. It waited in a list that every reading of the log about anybody went
through from end to end, and that grew with whatever all colleagues did until the database tidied.

Each month's index is made beside the old one while the log is written, and a run that was broken off goes on where it was: an
index of the whole log made in one transaction would hold every page that writes to it, which is nearly all.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

NEW = "record_event_people_at_once"
MADE = f"create index if not exists {NEW} on only record_event using gin (people) with (fastupdate = off)"
MONTHS = f"""
select inhrelid::regclass::text from pg_inherits where inhparent = 'record_event'::regclass and not exists (
    select from pg_index join pg_inherits as of_index on of_index.inhrelid = indexrelid
    where indrelid = pg_inherits.inhrelid and of_index.inhparent = '{NEW}'::regclass
) order by 1
"""  # those without it so far
OF_A_MONTH = (
    "drop index concurrently if exists {month}_at_once",
    "create index concurrently {month}_at_once on {month} using gin (people) with (fastupdate = off)",
    f"alter index {NEW} attach partition {{month}}_at_once",
)
INSTEAD = f"drop index record_event_people; alter index {NEW} rename to record_event_people"
DONE = "select count(*) from pg_class where oid = 'record_event_people'::regclass and reloptions @> array['fastupdate=off']"
BEFORE = "drop index record_event_people; create index record_event_people on record_event using gin (people)"


def make(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Makes the index anew, a month after the other; where that was done already, nothing."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(DONE)
        if cursor.fetchone() != (0,):
            return
        cursor.execute(MADE)
        cursor.execute(MONTHS)
        months = [month for (month,) in cursor.fetchall()]
    for month in months:
        for statement in OF_A_MONTH:
            schema_editor.execute(statement.format(month=month))
    schema_editor.execute(INSTEAD)


def make_as_before(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The index as it was."""
    schema_editor.execute(BEFORE)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("record", "0004_the_longest_question_has_its_name")]
    operations = [migrations.RunPython(make, make_as_before)]
