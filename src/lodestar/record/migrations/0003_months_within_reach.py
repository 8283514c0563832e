"""A month of the log is made within ten years of today: whoever asks for others would fill the database with tables."""

from django.db import migrations

MAKE = """
create or replace function record_make_month(day date) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    month date := date_trunc('month', day);
    name text := 'record_event_' || to_char(day, 'YYYY_MM');
begin
    {guard}
    if to_regclass(name) is null then
        execute format('create table %I partition of record_event for values from (%L) to (%L)',
                       name, month, month + interval '1 month');
        execute format('revoke all on %I from lodestar_app', name);
    end if;
end $$;
"""
GUARD = """
    if day is null or day not between current_date - interval '10 years' and current_date + interval '10 years' then
        raise exception 'no month of the log lies so far away' using errcode = 'invalid_parameter_value';
    end if;
"""


class Migration(migrations.Migration):
    dependencies = [("record", "0002_looks_and_deeds")]
    operations = [migrations.RunSQL(MAKE.replace("{guard}", GUARD), MAKE.replace("{guard}", ""))]
