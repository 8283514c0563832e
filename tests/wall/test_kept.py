"""What the application's role cannot remove or rewrite, where nothing can be hidden, and what the server's log repeats."""

import psycopg
import pytest
from psycopg import sql

from lodestar.platform.tenancy.roles import AGGREGATE, APP, FINDER, LOGINS, READER
from tests.offenders import each
from tests.wall.looking import become, refused, undone

HERE = "fenmarch"
DENIED = psycopg.errors.InsufficientPrivilege
NEVER_REMOVED = [
    "accounts_membership", "accounts_user", "cases_case", "case_files_casefile", "cases_casemember", "cases_casenumber",
    "cases_earlierreferral", "ledger_handover", "cases_operationgroup", "cases_person", "cases_personversion", "assess_remark",
    "safe_addresses_safeaddress", "settings_settingchange", "tenancy_tenant",
]  # fmt: skip
WRITTEN_ONCE = {
    "case_files_casefile": "added_at = now()",
    "cases_personversion": "said = '{}'",
    "safe_addresses_safeaddress": "recorded_at = now()",
    "safe_addresses_safeaddressviewer": "user_id = user_id",
    "tenancy_tenant": "name = 'another'",  # and of every force: the table of tenants stands behind no wall
}
FAR_AWAY = ["9999-12-01", "2300-01-01", "1900-01-01", "0044-03-15 BC", "infinity", "-infinity"]


@pytest.fixture
def here(app):
    app.execute("select set_config('lodestar.tenant', %s, true)", [HERE])
    return app


@each("table", NEVER_REMOVED)
def test_what_no_page_removes_the_application_cannot(here, table):
    assert refused(here, sql.SQL("delete from {}").format(sql.Identifier(table)), by=DENIED)


@each("table", WRITTEN_ONCE)
def test_what_is_written_once_stays_as_it_was(here, table):
    change = sql.SQL("update {} set {}").format(sql.Identifier(table), sql.SQL(WRITTEN_ONCE[table]))
    assert refused(here, change, by=DENIED)


@each("day", FAR_AWAY)
def test_the_log_has_no_months_far_away(here, day):
    assert refused(here, "select audit_make_month(%s)", by=psycopg.errors.InvalidParameterValue, values=[day])
    assert refused(here, "select audit_make_month(null)", by=psycopg.errors.InvalidParameterValue)


@each("role", [APP, READER, AGGREGATE, FINDER])
def test_nobody_keeps_anything_where_there_is_no_wall(anybody, role):
    with undone(anybody):
        become(anybody, role, HERE)
        for make in ("select lo_create(0)", "select lo_creat(-1)", "select lo_from_bytea(0, 'x')"):
            assert refused(anybody, make, by=DENIED), make


def test_the_log_of_the_server_repeats_no_statement_and_no_row(here, anybody):
    """A statement that failed, or waited too long for a colleague's, holds the name that was typed."""
    assert here.execute("show log_min_error_statement").fetchone() == ("panic",)
    assert here.execute("show log_error_verbosity").fetchone() == ("terse",)
    rows = anybody.execute(
        "select r.rolname from pg_db_role_setting s join pg_roles r on r.oid = s.setrole"
        " where 'log_min_error_statement=panic' = any(setconfig) and 'log_error_verbosity=terse' = any(setconfig)"
    )
    assert {name for (name,) in rows} == set(LOGINS)


def test_the_application_cannot_make_the_log_speak(here):
    assert refused(here, "set log_min_error_statement = 'error'", by=DENIED)
