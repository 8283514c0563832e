"""The five database roles and what each may do, as SQL for whoever holds the server.

Plain Python: the launcher needs it before Django.
"""

from collections.abc import Mapping

OWNER = "lodestar_owner"
APP = "lodestar_app"
FINDER = "lodestar_finder"
AGGREGATE = "lodestar_aggregate"
READER = "lodestar_reader"

PURPOSES = {
    OWNER: "owns the tables and migrates; never serves a page",
    APP: "serves the pages and runs the jobs; owns nothing, bypasses nothing",
    FINDER: "no sign-in; owns the few search functions that filter by tenant themselves and return ids only",
    AGGREGATE: "the local policing body: only the views it is granted",
    READER: "reports on a replica: reads what the application reads, within a tenant",
}
LOGINS = (OWNER, APP, AGGREGATE, READER)
SAYS_LITTLE = ("log_min_error_statement = 'panic'", "log_error_verbosity = 'terse'")
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "fuzzystrmatch")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _role(name: str, password: str | None) -> list[str]:
    can_sign_in = name in LOGINS
    bypass = "bypassrls" if name == FINDER else "nobypassrls"
    inherits = "noinherit" if name == APP else "inherit"  # the application becomes a lesser role and never has two at once
    attributes = f"{inherits} nosuperuser nocreatedb nocreaterole noreplication {bypass} {'login' if can_sign_in else 'nologin'}"
    statements = [
        f"do $$ begin if not exists (select from pg_roles where rolname = '{name}') then create role {name}; end if; end $$",
        f"alter role {name} with {attributes}",
    ]
    if can_sign_in:
        secret = _literal(password) if password else _literal("<the password of " + name + ">")
        statements.append(f"alter role {name} password {secret}")
        # The server's log must not repeat a statement that failed, nor the row that was refused: they hold names.
        statements += [f"alter role {name} set {setting}" for setting in SAYS_LITTLE]
    return statements


def role_sql(database: str, passwords: Mapping[str, str] | None = None) -> str:
    """The SQL that makes the roles and lets them into `database`; safe to run again. Only a superuser can run it.

    Without `passwords` it holds placeholders for a database administrator to fill in.
    """
    name = '"' + database.replace('"', '""') + '"'
    statements: list[str] = []
    for role in PURPOSES:
        statements += [f"-- {role}: {PURPOSES[role]}", *_role(role, (passwords or {}).get(role))]
    statements += [
        f"grant {FINDER} to {OWNER}",  # the owner hands the search functions over to the finder
        f"grant {AGGREGATE} to {APP}",  # a page of the local policing body runs as it
        f"alter database {name} owner to {OWNER}",
        f"revoke all on database {name} from public",
        f"grant connect on database {name} to {APP}, {AGGREGATE}, {READER}",
    ]
    return "".join(line + ("\n" if line.startswith("--") else ";\n") for line in statements)


def schema_sql() -> str:
    """The SQL run inside the database by the same superuser: extensions, and the schema closed to all but the roles."""
    statements = [f"create extension if not exists {extension}" for extension in EXTENSIONS]
    statements += [
        "revoke all on schema public from public",
        # A large object stands behind no wall: whoever makes one can hand it from force to force.
        "revoke execute on function lo_create(oid), lo_creat(integer), lo_from_bytea(oid, bytea) from public",
        f"grant all on schema public to {OWNER}",
        f"grant usage on schema public to {APP}, {FINDER}, {AGGREGATE}, {READER}",
        f"grant create on schema public to {FINDER}",  # a function can only be given to a role that may create there
    ]
    return "".join(line + ";\n" for line in statements)
