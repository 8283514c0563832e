"""What the database's roles may not do, whatever a page or a fault in one asks of it."""

import psycopg
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

from lodestar.platform.tenancy.roles import AGGREGATE, APP, FINDER, OWNER, READER
from lodestar.platform.tenancy.row_security import Wall
from tests.factories.every import tenant_models
from tests.offenders import each
from tests.wall.looking import become, refused, tables, undone

HERE, THERE = "fenmarch", "eastern"
DENIED = psycopg.errors.InsufficientPrivilege
# Rows that are only ever added. What a migration says with Wall(append_only=True) must be here, and the other way round.
ADDED_ONLY = {
    "audit_event",
    "audit_link",
    "audit_waiting",
    "case_files_casefile",
    "cases_personversion",
    "safe_addresses_contactrule",
    "safe_addresses_contactwithout",
    "safe_addresses_safeaddress",
    "cases_consentanswer",
    "services_servicechange",
    "services_placesearch",
    "ledger_obligationanswer",
    "support_supportrecord",
    "cases_firstaccount",
    "consent_leaflettranslation",
    "identities_matchanswer",
    "ledger_obligationevent",
    "needs_bridgeentry",
    "needs_needmove",
    "needs_needsassessment",
    "needs_supportuse",
    "exports_packorder",
    "contacts_contactversion",
    "measures_crimetotal",
    "measures_storedvalue",
    "tables_headingmapping",
    "training_attendance",
    "training_attendancewithdrawal",
    "training_sitting",
    "training_sittinganswer",
    "staff_invitationanswer",
    "releases_release",
    "disclosures_purposechange",
    "retention_breach",
    "retention_breachstep",
    "retention_retentiondecision",
    "retention_requestreview",
    "retention_requestsearch",
    "retention_requesttask",
    "retention_subjectrequest",
    "retention_subjectrequeststep",
    "enquiries_decisionentry",
    "enquiries_lineofenquirymove",
    "enquiries_plan",
    "enquiries_unuseditemmove",
    "evidence_account",
    "evidence_accountrequest",
    "evidence_exhibit",
    "evidence_exhibitcorrection",
    "evidence_exhibitholding",
    "closures_casestatus",
    "closures_crimeoutcome",
    "closures_rightmove",
    "court_orders_courtordermove",
    "court_orders_orderbreach",
    "boards_board",
    "boards_boardactionmove",
    "boards_boarddecision",
    "boards_pack",
    "boards_paper",
    "boards_terms",
    "commissioning_publication",
    "commissioning_unitdistrict",
    "commissioning_costassumption",
    "commissioning_gapquestion",
    "commissioning_questionstep",
    "deep_dives_findingmove",
    "recommendations_reportstep",
    "recommendations_statusevent",
    "peer_review_peerfindingmove",
    "peer_review_peerreviewmove",
    "peer_review_samplecase",
    "responses_paragraph",
    "responses_responseversion",
    "responses_correction",
    "requirements_statement",
    "plan_planmove",
    "plan_planchange",
    "person_plans_feedbackanswer",
    "person_plans_feedbackasked",
    "person_plans_interpreterblock",
    "person_plans_interpreterneed",
    "person_plans_personplan",
    "person_plans_readback",
    "service_referrals_placemove",
    "contact_promises_promisemove",
    "suspects_suspectmove",
    "service_referrals_servicereferralmove",
    "releases_releasegiven",
    "assess_ruleconfirmation",
    "disclosures_nothingdisclosed",
    "prosecutions_prosecutionentry",
    "section45_elementlink",
    "investigations_crime",
    "investigations_review",
    "concerns_beliefdecision",
    "earlier_records_earlierperson",
    "earlier_records_earlierrecord",
    "concerns_suppressedimport",
    "earlier_records_recordsign",
    "concerns_importedrow",
    "concerns_note",
    "earlier_records_promptstep",
    "referrals_answer",
    "decisions_decision",
    "decisions_letterfiled",
    "referrals_pairingsettled",
    "referrals_referral",
    "referrals_referralreference",
    "referrals_review",
    "redaction_redactiondecision",
    "referrals_supplementaryinformation",
    "section45_countersignature",
    "section45_element",
    "section45_firstanswer",
    "section45_fullrecord",
    "section45_outcomerecorded",
    "support_offer",
}
BEYOND = {
    "make a role": "create role intruder",
    "make a table": "create table intruder (x int)",
    "make a temporary table": "create temporary table tenancy_tenant (x int)",
    "make a schema": "create schema intruder",
    "make a function": "create function intruder() returns int language sql as 'select 1'",
    "load an extension": "create extension dblink",
    "alter a table": "alter table cases_case add column intruder int",
    "take the wall down": "alter table cases_case disable row level security",
    "drop a policy": "drop policy cases_case_wall on cases_case",
    "add a policy": "create policy intruder on cases_case using (true)",
    "drop a table": "drop table cases_case",
    "become the owner": f"set role {OWNER}",
    "become the finder": f"set role {FINDER}",
    "become the superuser": "set session authorization lodestar_bootstrap",
    "make itself greater": f"alter role {APP} bypassrls",
    "give rights away": f"grant {OWNER} to {APP}",
    "read a file of the server": "select pg_read_file('/etc/hostname')",
    "start a program": "copy (select 1) to program 'true'",
    "read passwords": "select rolpassword from pg_authid",
    "change what was migrated": "delete from django_migrations",
    "remove what was owed": "delete from ledger_obligation",
}


def append_only_tables() -> set[str]:
    loader = MigrationLoader(None)
    walls = {
        (migration.app_label, operation.model_name.lower(), operation.append_only)
        for migration in loader.disk_migrations.values()
        for operation in migration.operations
        if isinstance(operation, Wall)
    }
    return {f"{app}_{model}" for app, model, append_only in walls if append_only}


def test_the_application_is_nobody_special(app):
    row = app.execute(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, session_user::text from pg_roles"
        " where rolname = session_user"
    ).fetchone()
    assert row == (False, False, False, False, False, APP)
    greater = app.execute(
        "select rolname from pg_roles where rolname <> session_user and pg_has_role(session_user, oid, 'member')"
    )
    assert greater.fetchall() == [(AGGREGATE,)], "a lesser one"
    assert app.execute("select pg_has_role(session_user, %s, 'usage')", [AGGREGATE]).fetchone() == (False,), "nor what it may"
    owned = app.execute(
        "select relname from pg_class where pg_get_userbyid(relowner) = %(me)s union"
        " select proname from pg_proc where pg_get_userbyid(proowner) = %(me)s union"
        " select nspname from pg_namespace where pg_get_userbyid(nspowner) = %(me)s union"
        " select datname from pg_database where pg_get_userbyid(datdba) = %(me)s",
        {"me": APP},
    )
    assert owned.fetchall() == []


@each("what", BEYOND)
def test_the_application_cannot(app, what):
    app.execute("select set_config('lodestar.tenant', %s, true)", [HERE])
    assert refused(app, BEYOND[what], by=DENIED)


def test_row_security_cannot_be_switched_off(app):
    app.execute("select set_config('lodestar.tenant', %s, true)", [HERE])
    app.execute("set local row_security = off")  # a wish that makes reading an error, not a way round
    assert refused(app, "select * from cases_case", by=DENIED)


def test_what_is_only_added_to_is_what_the_migrations_say():
    assert append_only_tables() | {"audit_event", "audit_link", "audit_waiting"} == ADDED_ONLY


@each("table", sorted(ADDED_ONLY))
@each("change", ["update {} set tenant = tenant", "delete from {}", "truncate {}"])
def test_what_is_written_stays_written(app, table, change):
    app.execute("select set_config('lodestar.tenant', %s, true)", [HERE])
    assert refused(app, sql.SQL(change).format(sql.Identifier(table)), by=DENIED)


def test_that_test_fails_where_the_right_was_given_back(anybody):
    with undone(anybody):
        become(anybody, OWNER)
        anybody.execute(f"grant update on audit_event to {APP}")
        become(anybody, APP, HERE)
        assert not refused(anybody, "update audit_event set tenant = tenant", by=DENIED)


def test_no_table_can_be_emptied(app):
    emptied = [
        table
        for table in tables(app)
        if table.split("_")[0] != "procrastinate"
        and not refused(app, sql.SQL("truncate {}").format(sql.Identifier(table)), by=DENIED)
    ]
    assert emptied == []


def test_the_log_is_reached_through_its_wall_only(app):
    app.execute("select audit_make_month((current_date + interval '30 months')::date)")
    parts = [
        name for (name,) in app.execute("select relid::regclass::text from pg_partition_tree('audit_event') where level > 0")
    ]
    assert len(parts) > 16
    for change in (
        "select * from {}",
        "insert into {} default values",
        "update {} set role = ''",
        "delete from {}",
        "truncate {}",
    ):
        reached = [part for part in parts if not refused(app, sql.SQL(change).format(sql.Identifier(part)), by=DENIED)]
        assert reached == [], change


def test_functions_that_see_more_are_few_and_closed(app):
    rows = app.execute(
        "select p.proname, pg_get_userbyid(p.proowner), p.proconfig, has_function_privilege('public', p.oid, 'execute')"
        " from pg_proc p where p.prosecdef and p.pronamespace = 'public'::regnamespace order by 1"
    ).fetchall()
    # Without pg_temp at its end a search path begins with it: a temporary table could stand in for the real one.
    assert [row for row in rows if not (row[2] and row[2] == ["search_path=public, pg_temp"]) or row[3]] == []
    owners = {name: owner for name, owner, _, _ in rows}
    assert owners.pop("audit_make_month") == OWNER  # makes next month's part of the log, and no more
    assert owners.pop("audit_link_event") == OWNER  # a trigger: links a row of the log as it commits
    assert owners.pop("audit_link_waiting") == OWNER  # links those of its force that wait, and no more
    assert owners.pop("retention_dispose") == OWNER  # lets go whom two people let go, and no more
    assert owners.pop("retention_remove_earlier_records") == OWNER  # what is young, needed or held it leaves
    assert owners.pop("retention_remove_matches") == OWNER  # the same
    assert owners.pop("retention_remove_requests") == OWNER  # who asked, when it is over
    assert owners.pop("concerns_remove_suppressed_imports") == OWNER  # what is over alone
    assert set(owners.values()) == {FINDER}


def test_the_finder_signs_in_nowhere(app):
    assert app.execute("select rolcanlogin from pg_roles where rolname = %s", [FINDER]).fetchone() == (False,)


def about(connection: psycopg.Connection, person: object) -> int:
    return len(connection.execute("select * from audit_events_about(%s, 10)", [person]).fetchall())


def test_the_finder_stays_within_the_tenant(anybody):
    person = "00000000-0000-7000-8000-000000000001"
    become(anybody, OWNER)
    anybody.execute("update audit_event set people = array[%s]::uuid[]", [person])
    for tenant, found in (("", 0), ("nowhere", 0), (HERE, 1), (THERE, 1)):
        become(anybody, APP, tenant)
        assert about(anybody, person) == found
        events = anybody.execute("select * from audit_events_of_person(%s, null, null, null, 10)", [person]).fetchall()
        assert len(events) == found
        filed = anybody.execute("select * from identities_people_filed('{1}', '{1}', 10)").fetchall()
        assert len(filed) == found


@each("model", tenant_models(), ids=lambda model: model._meta.db_table)
def test_the_reader_sees_one_tenant_and_writes_nothing(anybody, model):
    name = sql.Identifier(model._meta.db_table)
    become(anybody, READER)
    assert anybody.execute(sql.SQL("select count(*) from {}").format(name)).fetchone() == (0,)
    become(anybody, READER, HERE)
    assert {row[0] for row in anybody.execute(sql.SQL("select tenant from {}").format(name))} == {HERE}
    assert refused(anybody, sql.SQL("update {} set tenant = tenant").format(name), by=DENIED)
    assert refused(anybody, sql.SQL("delete from {}").format(name), by=DENIED)


def test_the_local_policing_body_reads_no_table(anybody):
    become(anybody, AGGREGATE, HERE)
    read = [
        table
        for table in tables(anybody)
        if not refused(anybody, sql.SQL("select * from {}").format(sql.Identifier(table)), by=DENIED)
    ]
    assert read == []


def test_a_stranger_to_the_roles_has_no_rights_at_all(anybody):
    become(anybody, OWNER)
    public = anybody.execute(
        "select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace"
        " cross join lateral aclexplode(c.relacl) a where n.nspname = 'public' and a.grantee = 0"
    )
    assert public.fetchall() == []
    assert anybody.execute("select has_schema_privilege('public', 'public', 'usage')").fetchone() == (False,)


def test_the_owner_sees_every_tenant_and_serves_none(anybody):
    become(anybody, OWNER)
    assert {row[0] for row in anybody.execute("select tenant from cases_case")} == {HERE, THERE}
