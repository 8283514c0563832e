"""Who notices that a rule is broken: the whole run, on an app made up for it, with two ways to break its one rule."""

import os
from contextlib import nullcontext
from pathlib import Path

import pytest

from launcher import mutants
from launcher.mutations import mutations
from launcher.say import Trouble
from tests.launcher.clones import ROOT

RULE = "def is_bright(lamps):\n    return lamps > 2\n"
TESTS = """\
import gc

from lodestar.lanterns.rules import is_bright

gc.freeze()  # as the program itself does once it has begun


def test_two_are_not_enough():
    assert not is_bright(2)


def test_four_are():
    assert is_bright(4)
"""
SURVIVOR = "src/lodestar/lanterns/rules.py: `return lamps > 2`: 2 became 3"


@pytest.fixture
def lanterns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The app, its tests, and a run that knows of nothing else and needs no database."""
    for path, text in {"src/lodestar/lanterns/rules.py": RULE, "tests/rules/test_lanterns.py": TESTS}.items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text)
    found = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{tmp_path / 'src'}{os.pathsep}{ROOT}"}
    monkeypatch.setattr(mutants, "CLONE", tmp_path)
    monkeypatch.setattr(mutants, "SRC", tmp_path / "src")
    monkeypatch.setattr(mutants, "_EXPLAINED", tmp_path / "mutants.md")
    monkeypatch.setattr(mutants, "_WANTED", {"rules": 50})
    monkeypatch.setattr(mutants.database, "thrown_away", nullcontext)
    monkeypatch.setattr(mutants.suite, "prepare", lambda _server, chromium: found)
    return tmp_path


@pytest.mark.parametrize(("collected", "cold"), [("", []), ("\n\nis_bright(2)\n", [SURVIVOR])])
def test_one_is_caught_and_one_that_survives_is_told_and_fails_the_run(lanterns, capsys, monkeypatch, collected, cold):
    (lanterns / "tests/rules/test_lanterns.py").write_text(TESTS + collected)
    again, from_cold = [], mutants._from_cold

    def noted(environment, found, folder, near):
        again.extend(str(mutant) for mutant in found)
        return from_cold(environment, found, folder, near)

    monkeypatch.setattr(mutants, "_from_cold", noted)
    assert mutants.run([]) == 1
    assert again == cold  # the others are tried in forks alone
    assert capsys.readouterr().out.splitlines() == [
        f"survived, unexplained: {SURVIVOR}",
        "rules of lanterns: 1 of 2 caught (50 %)",
        "rules in all: 1 of 2 caught (50 %), of which 50 % must be.",
        "1 survivors unexplained.",
    ]


def test_one_that_is_explained_is_told_and_fails_nothing(lanterns, capsys):
    (lanterns / "mutants.md").write_text(f"- {SURVIVOR}\n  Nobody counts three.\n")
    assert mutants.run(["lanterns"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == f"survived: {SURVIVOR}"


def test_too_few_caught_fails_the_run_whatever_is_explained(lanterns, capsys, monkeypatch):
    monkeypatch.setattr(mutants, "_WANTED", {"rules": 51})
    caught, lived = [mutants.Mutant(lanterns / "src/lodestar/lanterns/rules.py", each) for each in mutations(RULE)]
    assert mutants._report([caught, lived], [(caught, 1), (lived, 0)], explained=SURVIVOR) == 1
    assert "0 survivors unexplained." in capsys.readouterr().out


def test_tests_that_fail_before_anything_is_broken_are_named(lanterns):
    tests = lanterns / "tests/rules/test_lanterns.py"
    tests.write_text(f"{TESTS}\n\ndef test_that_fails():\n    assert is_bright(1)\n")
    with pytest.raises(Trouble, match=r"Before anything is broken, these fail: .*test_lanterns\.py"):
        mutants.run([])


VALUES = """\
from dataclasses import dataclass

LEAST = 2
KINDS = ("oil", "gas")


@dataclass(frozen=True)
class Lamp:
    watts: int = 40


def is_bright(lamps, kind=1):
    return lamps > LEAST and KINDS[kind] == "gas"
"""
TESTS_OF_VALUES = """\
from lodestar.lanterns.rules import LEAST as FEW, Lamp, is_bright


def test_two_are_not_enough():
    assert not is_bright(FEW)
    assert FEW == 2


def test_three_are():
    assert is_bright(3)


def test_a_lamp():
    assert is_bright(Lamp().watts)
    assert Lamp() == Lamp(40)
"""


def test_what_lies_in_no_function_is_tried_without_another_start(lanterns, capsys, monkeypatch):
    (lanterns / "src/lodestar/lanterns/rules.py").write_text(VALUES)
    (lanterns / "tests/rules/test_lanterns.py").write_text(TESTS_OF_VALUES)
    again = []
    monkeypatch.setattr(mutants, "_from_cold", lambda _, found, *_more: again.extend(map(str, found)) or iter(()))
    found = [mutants.Mutant(lanterns / "src/lodestar/lanterns/rules.py", each) for each in mutations(VALUES)]
    assert mutants.run([]) == 0, capsys.readouterr()
    assert sum(not each.mutation.function for each in found) == 3  # LEAST, the lamp's watts, the kind that is meant
    assert again == []
    assert f"rules in all: {len(found)} of {len(found)} caught" in capsys.readouterr().out


def test_every_rule_and_every_door_is_broken():
    found = {str(path.relative_to(mutants.SRC / "lodestar")) for path in mutants._modules()}
    for one in ("accounts/access.py", "cases/access/__init__.py", "cases/access/tellings.py", "exchange/rules/small_numbers.py"):
        assert one in found
    assert not {path for path in found if "/access" not in path and "rules" not in path}
