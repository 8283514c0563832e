"""An import that is killed anywhere (SIGKILL, in the middle of a transaction and between two) and run again ends as one that was
never stopped."""

import csv
import os
import subprocess
import sys
import uuid
from pathlib import Path
from random import Random

import pytest
from django.db import connection

from lodestar.casework.cases.models import AllegedOffence, Case, Person
from lodestar.casework.concerns.models import ImportedRow, Note
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.safe_addresses.models import SafeAddress
from lodestar.intelligence.identities.models import Match
from lodestar.platform.tenancy.tenant_transaction import within
from tests.access.world import HERE
from tests.databases import TEMPLATE, copied
from tests.factories.accounts import MembershipFactory, TenantFactory, UnitFactory, UserFactory

ROOT = Path(__file__).resolve().parents[2]
HEAD = ["incident_ref", "happened_at", "person_ref", "name", "born", "role", "phone", "narrative"]
ROWS = 60  # two of each incident; after them one more of an incident that stands already
KILLS = 4
STATEMENTS = 90  # of such an import, and somewhat fewer


def table() -> list[list[str]]:
    rows = [
        [f"INC {n // 2}", "03/11/2026 02:25", f"N{n}", f"Person {n % 40}", f"{n % 28 + 1}/9/2009", ("victim", "suspect")[n % 2],
         f"07700 9{n % 9:05}", f"Words {n}"]
        for n in range(ROWS)
    ]  # fmt: skip
    return [*rows, ["INC 3", "03/11/2026 02:25", "N6", "Person 6", "", "witness", "", "More of one who came before"]]


def import_in(name: str, file: Path, kills: list[int], unblock) -> tuple[list[str], list[object]]:
    """How each process ended, and what stood in a database of its own at the end."""
    with copied(name) as url, pytest.MonkeyPatch.context() as patched, unblock():
        connection.close()
        patched.setitem(connection.settings_dict, "NAME", name)
        patched.setenv("DATABASE_URL", url)
        TenantFactory(slug=HERE)
        with within(HERE):
            MembershipFactory(user=UserFactory(username="brandreth"), unit=UnitFactory(), roles=["frontline"])
        environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}", "LODESTAR_ENV": "test"}
        command = [sys.executable, "-m", "tests.killed.importing", str(file), "brandreth", *map(str, kills)]
        ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        with within(HERE):
            found = stands()
            assert ledger.differences(list(Case.objects.all())) == []
        connection.close()
    return ran.stdout.splitlines(), found


def stands() -> list[object]:
    """What stands, without ids and the times at which it was written."""
    return [
        list(Case.objects.order_by("imported_as").values_list("imported_as", "reference", "what", "encountered_at")),
        list(Person.objects.order_by("case__imported_as", "number").values_list(
            "case__imported_as", "number", "name", "birth_date", "roles", "belief")),
        sorted(Note.objects.values_list("case__imported_as", "words", "person__name")),
        sorted(Obligation.objects.values_list("case__imported_as", "code", "state", "person__number"), key=str),
        sorted(AllegedOffence.objects.values_list("person__case__imported_as", "person__name", "stage")),
        sorted((one.person.case.imported_as, str(one.address)) for one in SafeAddress.objects.select_related("person__case")),
        sorted(ImportedRow.objects.values_list("case__imported_as", "key", "person__name")),
        sorted(Match.objects.values_list("person__case__imported_as", "person__name", "other__case__imported_as")),
    ]  # fmt: skip


def test_an_import_that_is_killed_and_run_again_ends_as_one_that_was_not(django_db_setup, django_db_blocker, tmp_path):
    file = tmp_path / "concerns.csv"
    with file.open("w", newline="") as opened:
        csv.writer(opened).writerows([HEAD, *table()])
    kills = sorted(Random(6).sample(range(8, STATEMENTS), KILLS))
    name = f"{TEMPLATE}_{uuid.uuid4().hex[:12]}"
    ended, found = import_in(name, file, kills, django_db_blocker.unblock)
    assert ended == [*["killed by 9"] * KILLS, "ended with 0"]
    never, expected = import_in(f"{name}_never", file, [], django_db_blocker.unblock)
    assert never == ["ended with 0"]
    for one, other in zip(found, expected, strict=True):
        assert one == other
    assert len(found[0]) == ROWS // 2
