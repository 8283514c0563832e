"""What somebody asks about themselves is looked for, reviewed by whoever has the case, and done; and nobody is let go because
they ask unless it is certain that they asked."""

from importlib import import_module

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.fields
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.tables import CreateModel
from lodestar.tenancy.wall import SameTenant, Wall

# The request of the wish is one to be let go, that was not refused or taken back; it is certain who asks, and that they said it
# alone where it did not come from themselves; and whoever has the case said last that it is they, and that it may be done.
ASKED = """exists (
        select from keeping_subjectrequest r join keeping_requesttask t on t.tenant = mine and t.request_id = r.id
        join keeping_requestreview v on v.tenant = mine and v.task_id = t.id
        where r.tenant = mine and r.id = agreed.request_id and r.kind = 'erase' and t.person = agreed.person
          and v.verdict = 'they' and v.carried = 'done'
          and not exists (select from keeping_requestreview later
                          where later.tenant = mine and later.task_id = t.id and later.number > v.number)
          and exists (select from keeping_subjectrequeststep s
                      where s.tenant = mine and s.request_id = r.id and s.kind = 'identity')
          and (r.came = 'themselves' or exists (select from keeping_subjectrequeststep s
                                                where s.tenant = mine and s.request_id = r.id and s.kind = 'alone'))
          and not exists (select from keeping_subjectrequeststep s
                          where s.tenant = mine and s.request_id = r.id and s.kind in ('refused', 'withdrawn')))"""
KEPT = (
    "'cases_casemember', 'cases_sealowner', 'cases_obligation', 'cases_dutyanswer', 'investigations_allocation',"
    " 'investigations_review', 'keeping_disposal', 'keeping_hold',"
    " 'keeping_requesttask'"
)
# Only what two people agreed to, or what the person asks whose identity is certain, and nothing that is held. The tables named keep their rows without words, so that the case
# still counts; whatever else hangs on a case whose last person went goes too.
DISPOSE = f"""
create or replace function keeping_dispose(which uuid) returns bigint
language plpgsql security definer set search_path = public, pg_temp as $$
declare
    mine text := nullif(current_setting('lodestar.tenant', true), '');
    agreed keeping_disposal;
    child record;
    found uuid[];
    gone bigint;
begin
    select * into agreed from keeping_disposal d
        where d.id = which and d.tenant = mine and d.decision = 'agreed' and d.decided_by_id <> d.asked_by_id
          and d.done_at is null
        for update;
    if agreed.id is null then
        raise exception 'two people have not agreed to this' using errcode = 'insufficient_privilege';
    end if;
    if exists (select from keeping_hold h where h.tenant = mine and h.case_id = agreed.case_id and h.lifted_at is null) then
        raise exception 'a legal hold is on the case' using errcode = 'insufficient_privilege';
    end if;
    if agreed.reason = 'they_ask' and not {ASKED} then
        raise exception 'nobody of whom it is certain who they are asked for this' using errcode = 'insufficient_privilege';
    end if;
    gone := keeping_erase('cases_person', array[agreed.person], mine);
    if not exists (select from cases_person p where p.tenant = mine and p.case_id = agreed.case_id) then
        for child in
            select c.conrelid::regclass as name, a.attname as field from pg_constraint c
            join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2]
            where c.contype = 'f' and c.confrelid = 'cases_case'::regclass and array_length(c.conkey, 1) = 2
              and c.conrelid::regclass::text not in ({KEPT})
        loop
            execute format('select array_agg(id) from %s where tenant = $1 and %I = $2', child.name, child.field)
                into found using mine, agreed.case_id;
            if found is not null then
                gone := gone + keeping_erase(child.name, found, mine);
            end if;
        end loop;
        update cases_case set what = '', place = '', encountered_as = '', imported_as = null
            where tenant = mine and id = agreed.case_id;
        update cases_dutyanswer set because = case kind when 'not_needed' then 'erased' else '' end, told = ''
            where tenant = mine and case_id = agreed.case_id;
        update investigations_allocation set reason = case kind when 'authority' then 'erased' else '' end
            where tenant = mine and case_id = agreed.case_id;
        update investigations_review set directions = 'erased' where tenant = mine and case_id = agreed.case_id;
    end if;
    update keeping_requestreview v set gives = '', because = ''
        from keeping_requesttask t where t.tenant = mine and v.tenant = mine and v.task_id = t.id and t.person = agreed.person;
    update keeping_disposal set done_at = clock_timestamp(), because = '', answer = '' where id = which and tenant = mine;
    return gone;
end $$;
"""
FIRST = import_module("lodestar.keeping.migrations.0001_keeping").DISPOSE
BEFORE = FIRST.replace("create function keeping_dispose", "create or replace function keeping_dispose")


def _id():
    return ("id", models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False))


def _tenant():
    return ("tenant", models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60))


def _user(name):
    protect = django.db.models.deletion.PROTECT
    return (name, models.ForeignKey(on_delete=protect, related_name="+", to=settings.AUTH_USER_MODEL))


def _row(name, to, related="+", **more):
    protect = django.db.models.deletion.PROTECT
    found = lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=protect, related_name=related, to=to, **more)
    return (name, found)


class Migration(migrations.Migration):
    dependencies = [
        ("keeping", "0002_what_lies_beside"),
        ("tenancy", "0001_tenants_and_grants"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        CreateModel(
            name="RequestSearch",
            fields=[
                _id(),
                _tenant(),
                ("sought", lodestar.tenancy.fields.SealedTextField()),
                ("searched_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                _user("recorded_by"),
                _row("request", "keeping.subjectrequest"),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "request", "-searched_at", "id"], name="request_search_latest")]
            },
        ),
        CreateModel(
            name="RequestTask",
            fields=[
                _id(),
                _tenant(),
                ("person", models.UUIDField()),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                _user("asked_by"),
                _row("case", "cases.case"),
                _row("request", "keeping.subjectrequest", "tasks"),
            ],
            options={
                "indexes": [
                    models.Index(fields=["tenant", "case"], name="request_task_case"),
                    models.Index(fields=["tenant", "person"], name="request_task_person"),
                ],
                "constraints": [models.UniqueConstraint(fields=("tenant", "request", "person"), name="request_task_once")],
            },
        ),
        CreateModel(
            name="RequestReview",
            fields=[
                _id(),
                _tenant(),
                ("number", models.PositiveSmallIntegerField()),
                ("verdict", models.CharField(max_length=8)),
                ("gives", models.CharField(blank=True, max_length=2000)),
                (
                    "withheld",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                ("because", models.CharField(blank=True, max_length=1000)),
                ("is_redacted", models.BooleanField()),
                ("carried", models.CharField(blank=True, max_length=4)),
                ("reviewed_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                _user("reviewed_by"),
                _row("task", "keeping.requesttask", "reviews"),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("tenant", "task", "number"), name="request_review_number_once"),
                    models.CheckConstraint(
                        condition=models.Q(("verdict__in", ("they", "other", "unsure"))), name="request_review_verdict_known"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("carried__in", ["", "done", "not"])), name="request_review_carried_known"
                    ),
                ]
            },
        ),
        migrations.AddField("disposal", *_row("request", "keeping.subjectrequest", null=True)),
        SameTenant("Disposal", "request"),
        Wall("RequestSearch", append_only=True),
        Wall("RequestTask", append_only=True),
        Wall("RequestReview", append_only=True),
        migrations.RunSQL(DISPOSE, BEFORE),
    ]
