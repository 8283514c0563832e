"""What serves pages cannot say who signs in, as what, where and with which proof: raw SQL as its role."""

import psycopg
from psycopg import sql

from lodestar.config.sessions import stored_session_key
from lodestar.platform.tenancy.roles import APP, OWNER
from tests.offenders import each
from tests.wall.looking import become, refused, undone

HERE, THERE = "fenmarch", "eastern"
DENIED = psycopg.errors.InsufficientPrivilege
PLACE = (
    "insert into accounts_membership (id, tenant, user_id, unit_id, roles, rank, phone, from_date)"
    " select gen_random_uuid(), tenant, user_id, unit_id, '{administrator}', '', '', current_date - 1"
    " from accounts_membership limit 1"
)
SOMEBODY = (
    "insert into accounts_user (id, username, name, password, email, is_active, made_by_demo)"
    " values (gen_random_uuid(), 'intruder', 'Intruder', '', '', true, false)"
)
SIX_DIGITS = (
    "insert into mfa_authenticator (user_id, type, data, created_at)"
    " select id, 'totp', '{\"secret\": \"x\"}', now() from accounts_user limit 1"
)
SKILL = (
    "insert into accounts_accreditation (id, tenant, user_id, code, from_date)"
    " select gen_random_uuid(), tenant, user_id, 'pip4', current_date from accounts_accreditation limit 1"
)
OTHER_UNIT = "insert into accounts_unit (id, tenant, name) values (gen_random_uuid(), 'fenmarch', 'Intruders')"
DONE = (
    "insert into staff_fulfilment (id, tenant, request_id, done_at, failure)"
    " select gen_random_uuid(), tenant, id, now(), '' from staff_staffrequest limit 1"
)
INVITED = (
    "insert into staff_invitation (id, tenant, request_id, user_id, code_hash, code, made_at, ends_at) select gen_random_uuid(),"
    " tenant, id, asked_by_id, repeat('0', 64), '', now(), now() + interval '1 day' from staff_staffrequest limit 1"
)
# Each is a way to become somebody else, with the right (of a table or a column) that would let it through.
WAYS = {
    "make oneself an administrator": ("update accounts_membership set roles = '{administrator}'", "update"),
    "move to another unit": ("update accounts_membership set unit_id = unit_id", "update"),
    "come back after leaving": ("update accounts_membership set to_date = null", "update"),
    "give oneself a place": (PLACE, "insert"),
    "take a place from somebody": ("delete from accounts_membership", "delete"),
    "make a user": (SOMEBODY, "insert"),
    "set a password": ("update accounts_user set password = 'known'", "update"),
    "set one's own password by the way": ("update accounts_user set password = password, last_login = now()", "update"),
    "let somebody in again": ("update accounts_user set is_active = true", "update"),
    "take somebody's name": ("update accounts_user set username = username", "update"),
    "be detective of a sudden": ("update accounts_accreditation set code = 'pip2'", "update"),
    "have a skill": (SKILL, "insert"),
    "lose a skill of somebody's": ("delete from accounts_accreditation", "delete"),
    "put a unit under one's own": ("update accounts_unit set parent_id = null", "update"),
    "make a unit": (OTHER_UNIT, "insert"),
    "remove a unit": ("delete from accounts_unit", "delete"),
    "call a request done": (DONE, "insert"),
    "call a request not done": ("delete from staff_fulfilment", "delete"),
    "invite somebody": (INVITED, "insert"),
    "choose an invitation's code": ("update staff_invitation set code_hash = repeat('0', 64)", "update"),
    "keep an invitation good": ("update staff_invitation set ends_at = now() + interval '1 year'", "update"),
    "turn an invitation to another": ("update staff_invitation set user_id = user_id", "update"),
    "ask for something else than was approved": ("update staff_staffrequest set content = content", "update"),
    "have another person meant": ("update staff_staffrequest set person_id = asked_by_id", "update"),
    "make a force": ("insert into tenancy_tenant (slug, name, nation, reference_prefix, made_by_demo) values"
                     " ('intruder', 'Intruder', 'england', 'IN', false)", "insert"),
    "move a proof to another": ("update mfa_authenticator set user_id = user_id", "update"),
    "give somebody six digits": (SIX_DIGITS, "insert"),
    "choose somebody's six digits": ("update mfa_authenticator set data = '{}'", "update"),
    "take somebody's six digits": ("delete from mfa_authenticator", "delete"),
}  # fmt: skip


def table_of(statement: str) -> str:
    words = statement.replace("insert into", "insert").replace("delete from", "delete").split()
    return words[1]


@each("way", WAYS)
def test_the_application_cannot(app, way):
    app.execute("select set_config('lodestar.tenant', %s, true)", [HERE])
    assert refused(app, WAYS[way][0], by=DENIED)


@each("way", WAYS)
def test_that_test_fails_where_the_right_is_given_back(anybody, way):
    statement, right = WAYS[way]
    with undone(anybody):
        become(anybody, OWNER)
        anybody.execute(sql.SQL(f"grant {right} on {{}} to {{}}").format(*map(sql.Identifier, (table_of(statement), APP))))
        become(anybody, APP, HERE)
        stopped = None
        try:
            with undone(anybody):
                anybody.execute(statement)
        except psycopg.Error as fault:
            stopped = fault
        # Let through, or stopped by something else than the right.
        assert stopped is None or isinstance(stopped, psycopg.errors.IntegrityError), stopped


SIGNED_OUT = "update accounts_user set signed_out_at = now()"
ENDED = "update accounts_forceidentity set ended_at = now(), ended_by_id = user_id"
# What undoes them, and what keeps it from being undone.
BACK = {
    "go on with sessions that were ended": (SIGNED_OUT, "update accounts_user set signed_out_at = null"),
    "have been signed out before they began": (SIGNED_OUT, "update accounts_user set signed_out_at = now() - interval '1 day'"),
    "come in by an account that was ended": (ENDED, "update accounts_forceidentity set ended_at = null, ended_by_id = null"),
    "give one that was ended another subject": (
        ENDED, "update accounts_forceidentity set issuer = 'x', subject = 'x', bound_at = now(), vouched = ''"
    ),
}  # fmt: skip
KEPT_BY = {SIGNED_OUT: "stays_signed_out on accounts_user", ENDED: "stays_ended on accounts_forceidentity"}
SEEN = {
    SIGNED_OUT: "select min(signed_out_at) filter (where signed_out_at is not null), count(signed_out_at) from accounts_user",
    ENDED: "select count(*) filter (where ended_at is null), count(*) filter (where vouched <> '') from accounts_forceidentity",
}


def comes_back(connection: psycopg.Connection, way: str) -> bool:
    """Whether what ended is undone by the application."""
    end, undo = BACK[way]
    become(connection, APP, HERE)
    assert connection.execute(end).rowcount > 0
    before = connection.execute(SEEN[end]).fetchone()
    refused(connection, undo, by=DENIED) or connection.execute(undo)
    return connection.execute(SEEN[end]).fetchone() != before


@each("way", BACK)
def test_what_ended_does_not_begin_again(anybody, way):
    with undone(anybody):
        assert not comes_back(anybody, way)


@each("way", BACK)
def test_that_test_fails_where_nothing_keeps_it_so(anybody, way):
    with undone(anybody):
        become(anybody, OWNER)
        anybody.execute(f"drop trigger {KEPT_BY[BACK[way][0]]}")
        assert comes_back(anybody, way)


@each("table", ["accounts_user", "accounts_membership", "accounts_unit", "accounts_accreditation"])
def test_nothing_is_locked_or_emptied_that_is_only_read(app, table):
    app.execute("select set_config('lodestar.tenant', %s, true)", [HERE])
    assert refused(app, f"truncate {table} cascade", by=DENIED)
    assert refused(app, f"alter table {table} disable trigger all", by=DENIED)


def test_nobody_decides_their_own_request_nor_what_they_are_to_be(app):
    app.execute("select set_config('lodestar.tenant', %s, true)", [HERE])
    decided = "update staff_staffrequest set approved = true, decided_at = now(), decided_by_id = "
    for who in ("asked_by_id", "person_id"):
        assert refused(app, decided + who, by=psycopg.errors.CheckViolation), who


def test_of_a_person_two_columns_are_written_and_no_others(app):
    columns = app.execute(
        "select attname from pg_attribute where attrelid = 'accounts_user'::regclass and attnum > 0 and not attisdropped"
        " and has_column_privilege('accounts_user', attname, 'update')"
    )
    assert {name for (name,) in columns} == {"last_login", "signed_out_at"}


def test_when_somebody_signed_in_last_is_written(app):
    assert app.execute("update accounts_user set last_login = now()").rowcount > 0


def test_a_row_of_a_session_names_no_browsers_key():
    assert stored_session_key("k" * 32) != "k" * 32
    assert len(stored_session_key("k" * 32)) == 40
