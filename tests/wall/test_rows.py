"""The wall between forces, in raw SQL as the application's role; and that each of these tests can fail."""

from psycopg import sql

from lodestar.platform.tenancy.models import OtherTenantRow
from lodestar.platform.tenancy.roles import AGGREGATE, OWNER
from tests.factories.every import our_models, tenant_models
from tests.offenders import each
from tests.wall import looking
from tests.wall.looking import become, crossing_faults, reading_faults, undone, writing_faults

# Tables whose rows belong to no force, and why that may be.
NO_TENANT = {
    "tenancy_tenant": "the forces themselves: slug and name, public knowledge",
    "tenancy_cache": "counters and used codes, by keys that name nobody's case",
    "accounts_user": "a person signs in once, whatever forces they serve; nothing of a case hangs there",
    "account_emailaddress": "allauth's; Lodestar writes none",
    "account_emailconfirmation": "allauth's; Lodestar writes none",
    "mfa_authenticator": "what makes a person's six digits, encrypted; it is the person's in every force",
    "django_session": "read before a force is chosen",
    "axes_accessattempt": "wrong sign-ins, which belong to no force",
    "axes_accessattemptexpiration": "the same",
    "axes_accessfailurelog": "the same",
    "axes_accesslog": "sign-ins, before a force is chosen",
    "auth_group": "Django's; unused",
    "auth_group_permissions": "Django's; unused",
    "auth_permission": "Django's list of models",
    "django_content_type": "Django's list of models",
    "django_migrations": "which migrations ran; the application may only read it",
    "procrastinate_jobs": "jobs carry their tenant as an argument, and no personal value",
    "procrastinate_events": "when jobs ran",
    "procrastinate_periodic_defers": "when periodic jobs were due",
    "procrastinate_workers": "which workers live",
}
NO_MODEL = ["audit_link", "audit_waiting"]  # the chain of the log: a trigger writes it, and what checks it reads it in SQL
TABLES = [*(model._meta.db_table for model in tenant_models()), *NO_MODEL]
CROSSINGS = [
    (model._meta.db_table, field.column, field.related_model._meta.db_table)
    for model in tenant_models()
    for field in model._meta.local_fields
    if isinstance(field, OtherTenantRow)
]
# Tables on which the wall is taken down, to see that the tests above notice: a case, a safe address, a referral.
SAMPLE = ("cases_case", "safe_addresses_safeaddress", "referrals_referral")
BREAKS = {
    "policy dropped": 'drop policy "{0}_wall" on "{0}"',
    "row security disabled": 'alter table "{0}" disable row level security',
    "policy lets everything through": 'alter policy "{0}_wall" on "{0}" using (true) with check (true)',
}


def test_every_table_has_a_tenant_or_a_reason(app):
    with_tenant = set(looking.tables_with_tenant(app))
    assert with_tenant == set(TABLES), "a table with a tenant and no model, or the other way round"
    assert set(looking.tables(app)) - with_tenant == set(NO_TENANT)


def test_every_walled_table_is_walled_for_its_owner_too(app):
    rows = app.execute("select relname from pg_class where relrowsecurity and relforcerowsecurity and not relispartition")
    assert {name for (name,) in rows} == set(TABLES)


def test_the_policies_of_a_table_are_its_wall_and_its_owners_way_in(app):
    rows = app.execute("select tablename, policyname, roles, cmd, permissive from pg_policies where schemaname = 'public'")
    found = {(table, name, tuple(sorted(roles)), cmd) for table, name, roles, cmd, _ in rows}
    expected = {(t, f"{t}_wall", ("lodestar_app", "lodestar_reader"), "ALL") for t in TABLES}
    gaps = ("audit_event", *(f"commissioning_{name}" for name in ("publication", "gapquestion", "questionstep")))
    shown = {(t, f"{t}_aggregate", (AGGREGATE,), "ALL") for t in gaps}
    assert found == expected | shown | {(t, f"{t}_owner", (OWNER,), "ALL") for t in TABLES}


@each("table", [table for table in TABLES if table != "audit_waiting"])  # which is empty once all is linked
def test_no_tenant_no_rows_and_one_tenant_its_rows(anybody, table):
    assert reading_faults(anybody, table) == []


@each("table", [table for table in TABLES if table not in NO_MODEL])
def test_nothing_of_another_force_can_be_written(anybody, table):
    assert writing_faults(anybody, table) == []


@each(("table", "column", "other"), CROSSINGS)
def test_no_row_points_across_the_wall(anybody, table, column, other):
    assert crossing_faults(anybody, table, column, other) == []


def test_every_reference_between_walled_tables_holds_the_tenant(app):
    found = looking.references(app, TABLES)
    assert {(table, columns[1], other) for _, table, other, columns, _ in found} == set(CROSSINGS)
    assert [row for row in found if row[3][0] != "tenant" or row[4][:2] != ["tenant", "id"]] == []


def test_every_model_with_a_reference_to_a_walled_one_uses_the_composite_key():
    walled = set(tenant_models())
    loose = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.concrete and field.is_relation and field.related_model in walled and not isinstance(field, OtherTenantRow)
    ]
    assert loose == []


def test_the_tests_of_the_wall_fail_where_it_is_down(anybody):
    unseen = []
    for table in SAMPLE:
        for way, change in BREAKS.items():
            with undone(anybody):
                become(anybody, OWNER)
                anybody.execute(change.format(table))
                if not reading_faults(anybody, table) or (way != "policy dropped" and not writing_faults(anybody, table)):
                    unseen.append((table, way))
    assert unseen == []


@each(("table", "column", "other"), CROSSINGS[::20])
def test_the_test_of_references_fails_where_the_key_is_gone(anybody, table, column, other):
    keys = [row[0] for row in looking.references(anybody, TABLES) if row[1] == table and row[3][1] == column]
    with undone(anybody):
        become(anybody, OWNER)
        for key in keys:
            anybody.execute(sql.SQL("alter table {} drop constraint {}").format(*map(sql.Identifier, (table, key))))
        assert crossing_faults(anybody, table, column, other)
