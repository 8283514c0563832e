"""What was said of a case goes also when something comes in of what told Immigration Enforcement of its people."""

from django.db import migrations

TABLE, WAY = "cases_immigrationdisclosure", "person"
TOUCHED = {"insert": "new", "update": "new", "delete": "old"}
ANEW = "".join(
    f"create trigger analysis_judge_anew_{event} after {event} on {TABLE} referencing {rows} table as touched"
    f" for each statement execute function analysis_judge_anew_by_{WAY}();\n"
    for event, rows in TOUCHED.items()
)
NOT_ANEW = "".join(f"drop trigger analysis_judge_anew_{event} on {TABLE};\n" for event in TOUCHED)


class Migration(migrations.Migration):
    dependencies = [("analysis", "0001_what_was_said_of_a_case"), ("cases", "0027_immigration_told_by_two")]
    operations = [migrations.RunSQL(ANEW, NOT_ANEW)]
