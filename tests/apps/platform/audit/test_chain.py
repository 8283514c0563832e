"""The log's chain and the heads outside the database: what a superuser, the owner and the pages' role change is found."""

import os
from io import StringIO
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from lodestar.config.backup.after import _write_down
from lodestar.platform.audit.actions import audit
from lodestar.platform.audit.jobs import write_heads
from lodestar.platform.audit.models import Event
from lodestar.platform.audit.queries import last_link
from lodestar.platform.audit.rules import CANONICAL
from lodestar.platform.tenancy.roles import APP, OWNER
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import TenantFactory

HERE = "fenmarch"
FORGED = f"""
insert into audit_event select recorded_at - interval '%s days', '{new_id()}', tenant, happened_at, operation, code, by, role,
    "case", people, subject, fields, recipient, power, reason, request from audit_event order by recorded_at limit 1
"""
MONTH = "recorded_at < (select max(recorded_at) from audit_event)"
REHASHED = f"""
do $$ declare e audit_event; l audit_link; before bytea := ''; begin
    for l in select * from audit_link order by sequence loop
        select * into e from audit_event where id = l.event;
        before := sha256(before || convert_to({CANONICAL}, 'UTF8'));
        update audit_link set hash = before where sequence = l.sequence;
    end loop;
end $$
"""
CHANGED = "update audit_event set by = gen_random_uuid() where id = (select event from audit_link where sequence = 2)"
PAST_THE_CHAIN = f"set session_replication_role = replica; {FORGED % 40}; set session_replication_role = origin"
# Who does what, and by which code the check finds it; some are harder: the links are taken along.
TAMPERINGS = {
    "update": ("superuser", CHANGED, "changed"),
    "delete": ("superuser", "delete from audit_event where id = (select event from audit_link where sequence = 2)", "gone"),
    "delete with its link": (
        "superuser",
        "with l as (delete from audit_link where sequence = 2 returning event)"
        " delete from audit_event where id in (select event from l)",
        "missing",
    ),
    "cut tail": (
        OWNER,
        "with l as (delete from audit_link where sequence > 3 returning event)"
        " delete from audit_event where id in (select event from l)",
        "cut",
    ),
    "emptied month": ("superuser", f"delete from audit_event where {MONTH}", "gone"),
    "everything gone": (OWNER, "truncate audit_event, audit_link", "cut"),
    "insert of the past by the owner": (OWNER, FORGED % 40, "other_time"),
    "the same past the chain": ("superuser", PAST_THE_CHAIN, "unlinked"),
    "insert of the past by the pages' role": (APP, FORGED % 1, "other_time"),
    "rewritten whole": (OWNER, f"{CHANGED}; {REHASHED}", "rewritten"),
}


@pytest.fixture
def written(altered_database, settings, tmp_path):
    """A log of five rows in four commits, witnessed by a head, and one younger row; and how a superuser comes in."""
    settings.HEADS = tmp_path / "heads"
    TenantFactory()
    for _ in range(4):
        with within(HERE):
            audit("cases.viewed", by=new_id(), role="frontline", at=timezone.now(), case=new_id())
    with within(HERE):
        audit("record.searched", by=new_id(), role="x", at=timezone.now(), people=[new_id()], reason="„Žluť“", fields=["b", "a"])
    write_heads(timestamp=0)
    with within(HERE):
        audit("cases.viewed", by=new_id(), role="frontline", at=timezone.now())
    name = urlsplit(altered_database).path
    with psycopg.connect(
        urlsplit(os.environ["LODESTAR_BOOTSTRAP_URL"])._replace(path=name).geturl(), autocommit=True
    ) as superuser:
        yield superuser


def checked():
    """What `./lodestar check --log` says, and whether it fails."""
    said = StringIO()
    try:
        call_command("check_force", "--log", stdout=said)
    except CommandError:
        return said.getvalue(), True
    return said.getvalue(), False


def test_every_tampering_is_found(written):
    said, fails = checked()
    assert not fails, said
    assert "6 rows, 1 not yet witnessed" in said
    written.execute("create table kept_event as table audit_event; create table kept_link as table audit_link")
    not_found = []
    for what, (who, statement, code) in TAMPERINGS.items():
        with written.transaction():
            if who != "superuser":
                written.execute(f"set local role {who}; select set_config('lodestar.tenant', '{HERE}', true)")
            written.execute(statement)
        said, fails = checked()
        if not (fails and f"fault: {HERE} log {code}: " in said):
            not_found.append((what, said))
        written.execute(
            "set session_replication_role = replica; delete from audit_event; delete from audit_link;"
            " insert into audit_event table kept_event; insert into audit_link table kept_link;"
            " set session_replication_role = origin"
        )
    assert not_found == []
    assert not checked()[1]
    written.execute("alter table audit_event enable trigger audit_event_clock")  # as it is outside tests
    with pytest.raises(psycopg.errors.InsufficientPrivilege), written.transaction():
        written.execute(f"set local role {APP}; select set_config('lodestar.tenant', '{HERE}', true); {FORGED % 1}")


def test_the_pages_role_chooses_no_sequence_and_no_row_is_skipped(written):
    with within(HERE):
        audit("cases.viewed", by=new_id(), role="", at=timezone.now())
        transaction.set_rollback(True)
    with within(HERE):
        audit("cases.viewed", by=new_id(), role="", at=timezone.now())
        assert last_link(HERE, at=timezone.now()).sequence == 6  # linked as it commits
    with within(HERE):
        assert (last_link(HERE, at=timezone.now()).sequence, Event.objects.count()) == (7, 7)
    with written.transaction():
        written.execute(f"select pg_advisory_xact_lock(hashtextextended('audit.chain.{HERE}', 0))")  # another is just linking
        with within(HERE):
            audit("cases.viewed", by=new_id(), role="", at=timezone.now())
        assert not checked()[1]
        assert written.execute("select count(*) from audit_waiting").fetchone() == (1,)
    said, fails = checked()
    assert not fails, said
    assert written.execute("select (select count(*) from audit_waiting), max(sequence) from audit_link").fetchone() == (0, 8)
    for statement in ("insert into audit_link table audit_link", "update audit_link set hash = ''", "delete from audit_link"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege), written.transaction():
            written.execute(f"set local role {APP}; select set_config('lodestar.tenant', '{HERE}', true); {statement}")


def test_a_restore_to_before_the_last_head_is_told_and_is_no_cut(written):
    written.execute("delete from audit_link where sequence > 3; delete from audit_event e where not exists"
                    " (select from audit_link l where l.event = e.id)")  # fmt: skip
    assert checked()[1]
    _write_down("")
    said, fails = checked()
    assert not fails, said
    assert "note: fenmarch log restored: " in said
