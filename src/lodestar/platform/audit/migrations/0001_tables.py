"""The log: partitioned by month, insert and select only, behind the wall; its hash chain; and the finder's search in it."""

import django.contrib.postgres.fields
from django.db import migrations, models

from lodestar.platform.audit.rules import CANONICAL, MOST_APART
from lodestar.platform.tenancy.roles import APP, FINDER, READER
from lodestar.platform.tenancy.row_security import VISIBLE
from lodestar.platform.tenancy.tables import CreateModel

TABLE = f"""
create table audit_event (
    recorded_at timestamptz not null,
    id uuid not null,
    tenant varchar(60) not null references tenancy_tenant (slug),
    happened_at timestamptz not null,
    operation varchar(12) not null
        check (operation in ('collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure')),
    code varchar(60) not null,
    by uuid not null,
    role varchar(40) not null,
    "case" uuid,
    people uuid[] not null,
    subject varchar(60) not null,
    fields varchar(90)[] not null,
    recipient varchar(120) not null,
    power varchar(120) not null,
    reason varchar(400) not null,
    request uuid,
    primary key (recorded_at, id),
    check (operation <> 'disclosure' or recipient <> '')
) partition by range (recorded_at);
create table audit_event_rest partition of audit_event default;
create index audit_event_by on audit_event (tenant, by, recorded_at desc, id);
create index audit_event_case on audit_event (tenant, "case", recorded_at desc, id);
create index audit_event_people on audit_event using gin (people) with (fastupdate = off);
create index audit_event_deeds on audit_event (tenant, "case", recorded_at desc, id desc)
    where operation <> 'consultation';
create index audit_event_emergency on audit_event (tenant, recorded_at desc, id desc)
    where code in ('cases.emergency_access', 'cases.emergency_refused');
alter table audit_event enable row level security;
alter table audit_event force row level security;
create policy audit_event_wall on audit_event for all to {APP}, {READER} using ({VISIBLE}) with check ({VISIBLE});
create policy audit_event_owner on audit_event for all to current_user using (true) with check (true);
revoke update, delete, truncate on audit_event from {APP};
revoke all on audit_event_rest from {APP};
grant select on audit_event to {READER}, {FINDER};
"""

# A month is made when the first day of it is asked for; rows of a month never made fall into the rest.
PARTITION = f"""
create function audit_make_month(day date) returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare
    month date := date_trunc('month', day);
    name text := 'record_event_' || to_char(day, 'YYYY_MM');
begin
    if day is null or day not between current_date - interval '10 years' and current_date + interval '10 years' then
        raise exception 'no month of the log lies so far away' using errcode = 'invalid_parameter_value';
    end if;
    if to_regclass(name) is null then
        execute format('create table %I partition of audit_event for values from (%L) to (%L)',
                       name, month, month + interval '1 month');
        execute format('revoke all on %I from {APP}', name);
    end if;
end $$;
select audit_make_month((current_date + make_interval(months => n))::date) from generate_series(0, 15) n;
"""

# Each row is linked as its transaction commits, unless another writer of its force is just linking: then it waits in a table of
# its own for who comes next, or the nightly job, and nobody waits for anybody. Sequence, time and hash are the owner's to write and
# nobody's to choose.
LINK_ROW = f"""
        select * into l from audit_link where tenant = w.tenant order by sequence desc limit 1;
        before := coalesce(l.hash, '');
        l := (w.tenant, coalesce(l.sequence, 0) + 1, w.event, w.recorded_at, w.began_at, greatest(w.written_at, l.written_at), '');
        l.hash := sha256(before || convert_to({CANONICAL}, 'UTF8'));
        insert into audit_link values (l.*);
"""
CHAIN = f"""
create table audit_link (
    tenant varchar(60) not null,
    sequence bigint not null,
    event uuid not null,
    recorded_at timestamptz not null,
    began_at timestamptz not null,
    written_at timestamptz not null,
    hash bytea not null,
    primary key (tenant, sequence)
);
create table audit_waiting (
    tenant varchar(60) not null,
    event uuid not null,
    recorded_at timestamptz not null,
    began_at timestamptz not null,
    written_at timestamptz not null,
    primary key (tenant, event)
);
create function audit_link_rows(force text) returns void language plpgsql set search_path = public, pg_temp as $$
declare
    w audit_waiting;
    e audit_event;
    l audit_link;
    before bytea;
begin
    for w in
        with rows as (delete from audit_waiting where tenant = force returning *) select * from rows order by written_at, event
    loop
        select * into e from audit_event where recorded_at = w.recorded_at and id = w.event;
        {LINK_ROW}
    end loop;
end $$;
create function audit_link_event() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
    w audit_waiting := (new.tenant, new.id, new.recorded_at, transaction_timestamp(), clock_timestamp());
    e audit_event := new;
    l audit_link;
    before bytea;
begin
    if not pg_try_advisory_xact_lock(hashtextextended('audit.chain.' || w.tenant, 0)) then
        insert into audit_waiting values (w.*);
        return null;
    end if;
    if exists (select from audit_waiting where tenant = w.tenant) then
        perform audit_link_rows(w.tenant);
    end if;
    {LINK_ROW}
    return null;
end $$;
create function audit_link_waiting() returns void language plpgsql security definer set search_path = public, pg_temp as $$
declare force text := nullif(current_setting('lodestar.tenant', true), '');
begin
    if pg_try_advisory_xact_lock(hashtextextended('audit.chain.' || force, 0)) then
        perform audit_link_rows(force);
    end if;
end $$;
revoke all on function audit_link_rows(text), audit_link_event(), audit_link_waiting() from public;
create constraint trigger audit_event_link after insert on audit_event deferrable initially deferred
    for each row execute function audit_link_event();
create function audit_refuse_other_times() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
    if current_user = '{APP}' and abs(extract(epoch from clock_timestamp() - new.recorded_at)) > {MOST_APART.total_seconds():.0f} then
        raise exception 'the log takes no row of another time' using errcode = 'insufficient_privilege';
    end if;
    return new;
end $$;
revoke all on function audit_refuse_other_times() from public;
create trigger audit_event_clock before insert on audit_event for each row execute function audit_refuse_other_times();
""" + "".join(
    f"""
alter table {table} enable row level security;
alter table {table} force row level security;
create policy {table}_wall on {table} for all to {APP}, {READER} using ({VISIBLE}) with check ({VISIBLE});
create policy {table}_owner on {table} for all to current_user using (true) with check (true);
revoke insert, update, delete, truncate on {table} from {APP};
grant select on {table} to {READER};
"""
    for table in ("audit_link", "audit_waiting")
)
UNCHAINED = """
drop function audit_link_event() cascade; drop function audit_refuse_other_times() cascade; drop function audit_link_waiting();
drop function audit_link_rows(text); drop table audit_link; drop table audit_waiting;
"""

# Row security turns the index on people off; the finder owns this function, filters by tenant itself and returns ids only.
FIND = f"""
create function audit_events_about(person uuid, most int) returns table (recorded_at timestamptz, id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select e.recorded_at, e.id from audit_event e
    where e.tenant = nullif(current_setting('lodestar.tenant', true), '') and e.people @> array[person]
    order by e.recorded_at desc, e.id desc limit most
$$;
alter function audit_events_about(uuid, int) owner to {FINDER};
revoke all on function audit_events_about(uuid, int) from public;
grant execute on function audit_events_about(uuid, int) to {APP};
create function audit_events_of_person(person uuid, looks boolean, before_at timestamptz, before_id uuid, most int,
    since timestamptz default null, until timestamptz default null, whose uuid default null)
returns table (recorded_at timestamptz, id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
    select e.recorded_at, e.id from audit_event e
    where e.tenant = nullif(current_setting('lodestar.tenant', true), '') and e.people @> array[person]
      and (looks is null or (e.operation = 'consultation') = looks)
      and (before_at is null or (e.recorded_at, e.id) < (before_at, before_id))
      and (since is null or e.recorded_at >= since) and (until is null or e.recorded_at < until) and (whose is null or e.by = whose)
    order by e.recorded_at desc, e.id desc limit least(most, 500)
$$;
alter function audit_events_of_person(uuid, boolean, timestamptz, uuid, int, timestamptz, timestamptz, uuid) owner to {FINDER};
revoke all on function audit_events_of_person(uuid, boolean, timestamptz, uuid, int, timestamptz, timestamptz, uuid) from public;
grant execute on function audit_events_of_person(uuid, boolean, timestamptz, uuid, int, timestamptz, timestamptz, uuid) to {APP};
revoke all on function audit_make_month(date) from public;
grant execute on function audit_make_month(date) to {APP};
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("tenancy", "0001_tables")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(TABLE, "drop table audit_event"),
                migrations.RunSQL(CHAIN, UNCHAINED),
                migrations.RunSQL(PARTITION, "drop function audit_make_month(date)"),
                migrations.RunSQL(FIND, "drop function audit_events_about(uuid, int)"),
            ],
            state_operations=[
                CreateModel(
                    name="Event",
                    fields=[
                        ("pk", models.CompositePrimaryKey("recorded_at", "id", blank=True, editable=False,
                                                          primary_key=True, serialize=False)),
                        ("recorded_at", models.DateTimeField()),
                        ("id", models.UUIDField()),
                        ("tenant", models.CharField(max_length=60)),
                        ("happened_at", models.DateTimeField()),
                        ("operation", models.CharField(max_length=12)),
                        ("code", models.CharField(max_length=60)),
                        ("by", models.UUIDField()),
                        ("role", models.CharField(max_length=40)),
                        ("case", models.UUIDField(null=True)),
                        ("people", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField())),
                        ("subject", models.CharField(max_length=60)),
                        ("fields", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=90))),
                        ("recipient", models.CharField(max_length=120)),
                        ("power", models.CharField(max_length=120)),
                        ("reason", models.CharField(max_length=400)),
                        ("request", models.UUIDField(null=True)),
                    ],
                    options={"db_table": "audit_event", "managed": False},
                )
            ],
        )
    ]  # fmt: skip
