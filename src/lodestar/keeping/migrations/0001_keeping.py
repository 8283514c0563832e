"""Keeping and letting go; and the one way in which the application deletes a person: two people, no hold, every row."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import lodestar.kernel.ids
import lodestar.tenancy.fields
import lodestar.tenancy.models
import lodestar.tenancy.within
from lodestar.tenancy.roles import APP
from lodestar.tenancy.tables import AddConstraint, AddIndex, CreateModel
from lodestar.tenancy.wall import Wall

# Every row that refers to these rows, and what refers to those, whichever table it is in: a table that comes later is found too.
ERASE = """
create function keeping_erase(at_table regclass, which uuid[], mine text) returns bigint
language plpgsql set search_path = public, pg_temp as $$
declare
    child record;
    found uuid[];
    gone bigint := 0;
    here bigint;
begin
    for child in
        select c.conrelid::regclass as name, a.attname as field from pg_constraint c
        join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2]
        where c.contype = 'f' and c.confrelid = at_table and array_length(c.conkey, 1) = 2
    loop
        execute format('select array_agg(id) from %s where tenant = $1 and %I = any($2)', child.name, child.field)
            into found using mine, which;
        if found is not null then
            gone := gone + keeping_erase(child.name, found, mine);
        end if;
    end loop;
    execute format('delete from %s where tenant = $1 and id = any($2)', at_table) using mine, which;
    get diagnostics here = row_count;
    return gone + here;
end $$;
"""
KEPT = (
    "'cases_casemember', 'cases_sealowner', 'cases_obligation', 'cases_dutyanswer', 'investigations_allocation',"
    " 'investigations_review', 'keeping_disposal', 'keeping_hold'"
)
# Only what two people agreed to, and nothing that is held. The tables named keep their rows without words, so that the case
# still counts; whatever else hangs on a case whose last person went goes too.
DISPOSE = f"""
create function keeping_dispose(which uuid) returns bigint
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
    update keeping_disposal set done_at = clock_timestamp(), because = '', answer = '' where id = which and tenant = mine;
    return gone;
end $$;
revoke all on function keeping_erase(regclass, uuid[], text) from public;
revoke all on function keeping_dispose(uuid) from public;
grant execute on function keeping_dispose(uuid) to {APP};
revoke delete, truncate on keeping_disposal, keeping_hold, keeping_tally from {APP};
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('cases', '0013_what_of_a_referral_is_late'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModel(
            name='Tally',
            fields=[
                ('id', models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant', models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ('year', models.PositiveSmallIntegerField()),
                ('what', models.CharField(max_length=120)),
                ('number', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('tenant', 'year', 'what'), name='tally_once')],
            },
        ),
        CreateModel(
            name='Disposal',
            fields=[
                ('id', models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant', models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ('person', models.UUIDField()),
                ('reason', models.CharField(max_length=16)),
                ('because', models.CharField(blank=True, max_length=400)),
                ('asked_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('decision', models.CharField(blank=True, max_length=8)),
                ('answer', models.CharField(blank=True, max_length=400)),
                ('decided_at', models.DateTimeField(null=True)),
                ('done_at', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'decision', 'asked_at', 'id'], name='disposal_order')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ('period_over', 'recorded_wrongly', 'they_ask'))), name='disposal_reason_known'), models.CheckConstraint(condition=models.Q(('decision__in', ['', 'agreed', 'refused'])), name='disposal_decision_known'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('decision', '')), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('decision', ''), _negated=True), models.Q(('decided_by', models.F('asked_by')), _negated=True)), _connector='OR'), name='disposal_two_people'), models.CheckConstraint(condition=models.Q(('done_at__isnull', True), ('decision', 'agreed'), _connector='OR'), name='disposal_done_once_agreed'), models.UniqueConstraint(condition=models.Q(('decision', '')), fields=('tenant', 'person'), name='disposal_waits_once')],
            },
        ),
        CreateModel(
            name='Hold',
            fields=[
                ('id', models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant', models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ('kind', models.CharField(max_length=16)),
                ('because', models.CharField(max_length=400)),
                ('placed_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_because', models.CharField(blank=True, max_length=400)),
                ('case', lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('placed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'case', 'lifted_at'], name='hold_case')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ('investigation', 'prosecution', 'appeal', 'complaint', 'inquiry'))), name='hold_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('lifted_at__isnull', True), ('lifted_by__isnull', True)), models.Q(('lifted_at__isnull', False), ('lifted_by__isnull', False)), _connector='OR'), name='hold_lifted_by_somebody')],
            },
        ),
        CreateModel(
            name='Kept',
            fields=[
                ('id', models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant', models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ('category', models.CharField(max_length=8)),
                ('until', models.DateField()),
                ('reason', models.CharField(max_length=16)),
                ('because', models.CharField(max_length=400)),
                ('decided_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('person', lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.person')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'person', '-decided_at', 'id'], name='kept_latest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('category__in', ('victim', 'suspect', 'witness', 'other'))), name='kept_category'), models.CheckConstraint(condition=models.Q(('reason__in', ('necessary', 'risk', 'proceedings', 'civil_claim', 'they_ask'))), name='kept_reason_known')],
            },
        ),
        CreateModel(
            name='ReviewDue',
            fields=[
                ('id', models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant', models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ('category', models.CharField(max_length=8)),
                ('last_contact', models.DateField()),
                ('due_on', models.DateField()),
                ('person', lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.person')),
            ],
            options={
                'indexes': [models.Index(fields=['tenant', 'due_on', 'id'], name='review_due_order')],
                'constraints': [models.UniqueConstraint(fields=('tenant', 'person', 'category'), name='review_due_once'), models.CheckConstraint(condition=models.Q(('category__in', ('victim', 'suspect', 'witness', 'other'))), name='review_due_category')],
            },
        ),
        CreateModel(
            name='Breach',
            fields=[
                ('id', models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant', models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=12)),
                ('what', models.CharField(max_length=2000)),
                ('how_many', models.PositiveIntegerField(null=True)),
                ('aware_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name='BreachStep',
            fields=[
                ('id', models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant', models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ('kind', models.CharField(max_length=24)),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('breach', lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='keeping.breach')),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        AddIndex(
            model_name='breach',
            index=models.Index(fields=['tenant', '-aware_at', 'id'], name='breach_latest'),
        ),
        AddConstraint(
            model_name='breach',
            constraint=models.UniqueConstraint(fields=('tenant', 'number'), name='breach_number_once'),
        ),
        AddConstraint(
            model_name='breach',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('lost', 'shown', 'destroyed', 'changed', 'not_there'))), name='breach_kind_known'),
        ),
        AddIndex(
            model_name='breachstep',
            index=models.Index(fields=['tenant', 'breach', 'happened_at', 'id'], name='breach_steps'),
        ),
        AddConstraint(
            model_name='breachstep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('commissioner_told', 'commissioner_not_told', 'people_told', 'people_not_told', 'put_right', 'closed'))), name='breach_step_known'),
        ),
        AddConstraint(
            model_name='breachstep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('commissioner_not_told', 'people_not_told', 'put_right')), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='breach_step_says_why'),
        ),
        CreateModel(
            name='SubjectRequest',
            fields=[
                ('id', models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant', models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ('number', models.PositiveIntegerField()),
                ('kind', models.CharField(max_length=12)),
                ('came', models.CharField(max_length=12)),
                ('who', lodestar.tenancy.fields.SealedTextField()),
                ('received_on', models.DateField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        CreateModel(
            name='SubjectRequestStep',
            fields=[
                ('id', models.UUIDField(default=lodestar.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                ('tenant', models.CharField(default=lodestar.tenancy.within.current_tenant, editable=False, max_length=60)),
                ('kind', models.CharField(max_length=12)),
                ('words', models.CharField(blank=True, max_length=1000)),
                ('happened_at', models.DateTimeField()),
                ('recorded_at', models.DateTimeField()),
                ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', lodestar.tenancy.models.OtherTenantRow(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='keeping.subjectrequest')),
            ],
        ),
        AddIndex(
            model_name='subjectrequest',
            index=models.Index(fields=['tenant', '-received_on', 'id'], name='subject_request_latest'),
        ),
        AddConstraint(
            model_name='subjectrequest',
            constraint=models.UniqueConstraint(fields=('tenant', 'number'), name='subject_request_number_once'),
        ),
        AddConstraint(
            model_name='subjectrequest',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('copy', 'put_right', 'erase', 'restrict'))), name='subject_request_kind_known'),
        ),
        AddConstraint(
            model_name='subjectrequest',
            constraint=models.CheckConstraint(condition=models.Q(('came__in', ('themselves', 'letter', 'agent', 'relative'))), name='subject_request_came_known'),
        ),
        AddConstraint(
            model_name='subjectrequeststep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('identity', 'alone', 'searched', 'reviewed', 'answered', 'refused', 'withdrawn'))), name='subject_request_step_known'),
        ),
        AddConstraint(
            model_name='subjectrequeststep',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ('searched', 'refused')), _negated=True), models.Q(('words', ''), _negated=True), _connector='OR'), name='subject_request_step_says_why'),
        ),
        AddConstraint(
            model_name='subjectrequeststep',
            constraint=models.UniqueConstraint(fields=('tenant', 'request', 'kind'), name='subject_request_step_once'),
        ),
        Wall("ReviewDue"),
        Wall("Kept", append_only=True),
        Wall("Hold"),
        Wall("Disposal"),
        Wall("Tally"),
        Wall("Breach", append_only=True),
        Wall("BreachStep", append_only=True),
        Wall("SubjectRequest", append_only=True),
        Wall("SubjectRequestStep", append_only=True),
        migrations.RunSQL(ERASE, "drop function keeping_erase(regclass, uuid[], text)"),
        migrations.RunSQL(DISPOSE, "drop function keeping_dispose(uuid)"),
    ]
