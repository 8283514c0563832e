"""Breaking a module by one operator at a time."""

import subprocess
import sys

import pytest

from launcher import mutant_plugin
from launcher.mutations import mutations
from tests.launcher.clones import ROOT


@pytest.mark.parametrize(
    ("source", "broken"),
    [
        ("a < b", ["a <= b"]),
        ("a >= b > c", ["a > b > c", "a >= b >= c"]),
        ("a == b and c in d", ["a == b or c in d", "a != b and c in d", "a == b and c not in d"]),
        ("a is not None", ["a is None"]),
        ("not a", ["a"]),
        ("a + 28", ["a - 28", "a + 29"]),
        ("a & b | c", ["a & b & c", "a | b | c"]),
        ("found = True", ["found = False"]),
        ("'text', None, 1.5", []),
        ("def f(a: int | None) -> int | None: ...", []),
        ("@dataclass(frozen=True)\nclass A: ...", []),
    ],
)
def test_each_operator_and_constant_is_broken_by_itself(source, broken):
    assert sorted(each.code for each in mutations(source)) == sorted(broken)


def test_a_mutation_says_where_and_how():
    (found,) = mutations("a = 1.0\n\nb = (c <\n     d)\n")
    assert (found.line, found.change) == (3, "Lt became LtE")


def test_the_broken_text_is_imported_in_place_of_the_file(tmp_path):
    broken = tmp_path / "broken.py"
    broken.write_text("OWNER = 'nobody'\n")
    code = "import launcher.mutant_plugin, lodestar.tenancy.roles as roles; print(roles.OWNER, roles.__file__)"
    said = subprocess.run(
        [sys.executable, "-c", code],
        env={
            "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
            mutant_plugin.MODULE: "lodestar.tenancy.roles",
            mutant_plugin.CODE: str(broken),
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip().split(" ", 1) == ["nobody", str(ROOT / "src/lodestar/tenancy/roles.py")]
