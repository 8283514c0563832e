"""`bench/breadth [--show]`: how much of our code takes part when a concern is recorded on its first screen, when one row is
imported, and when a referral pack is made.

Each is done once to load what is read only once, and then again while every call is seen. Counted are the Python files of
`src/lodestar`; their functions, with comprehensions, which are frames of their own until Python 3.11 (in brackets without); and
the apps, which are the folders that hold an `apps.py`, but no app that is only called through a provider, a function that some
`apps.py` registers. Prints each number beside its limit; with --show also what was counted.
"""

import ast
import csv
import importlib
import inspect
import io
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FrameType

from bench.scenery import prepare_pages, set_up

PACKAGE = Path(__file__).parents[1] / "src" / "lodestar"
LIMITS = {"files": 60, "functions": 400, "apps": 6}


class Participants:
    """The code that runs while its `see` is the profiler."""

    def __init__(self, providers: set[int]) -> None:
        self.providers = providers
        self.codes: dict[int, CodeType] = {}
        self.direct: set[int] = set()  # those that were called outside of any provider
        self.depth = 0

    def see(self, frame: FrameType, event: str, _: object) -> None:
        """Takes one call down."""
        code, key = frame.f_code, id(frame.f_code)
        if event == "call":
            self.depth += key in self.providers
            if code.co_flags & inspect.CO_OPTIMIZED and is_ours(code.co_filename):
                self.codes[key] = code
                if not self.depth:
                    self.direct.add(key)
        elif event == "return":
            self.depth -= key in self.providers

    def functions(self) -> dict[str, list[str]]:
        """The functions by their file, each with its first line."""
        found: dict[str, set[str]] = defaultdict(set)
        for code in self.codes.values():
            found[str(Path(code.co_filename).relative_to(PACKAGE))].add(f"{code.co_qualname}:{code.co_firstlineno}")
        return {file: sorted(names) for file, names in sorted(found.items())}

    def apps(self) -> list[str]:
        """The apps besides those that only provide."""
        return sorted({app_of(self.codes[key].co_filename) for key in self.direct} - {""})


@cache
def is_ours(file: str) -> bool:
    """Whether it is Python of the package."""
    return file.endswith(".py") and PACKAGE in Path(file).parents


def app_of(file: str) -> str:
    """The app that a file is part of, with its area where it lies in one; empty for plain libraries."""
    app = next((folder for folder in Path(file).parents if (folder / "apps.py").exists()), PACKAGE)
    return ".".join(app.relative_to(PACKAGE).parts)


def registered() -> Iterator[int]:
    """The functions that the apps register when they are ready, by the id of their code."""
    for file in PACKAGE.rglob("apps.py"):
        ready = [node for function in ast.walk(ast.parse(file.read_text())) if isinstance(function, ast.FunctionDef)
                 for node in ast.walk(function)]  # fmt: skip
        names: dict[str, object] = {}
        for module, alias in [(str(one.module), name) for one in ready if isinstance(one, ast.ImportFrom) for name in one.names]:
            found = getattr(importlib.import_module(module), alias.name, None)
            names[alias.asname or alias.name] = found or importlib.import_module(f"{module}.{alias.name}")
        for given in [node for node in ready if isinstance(node, ast.Name | ast.Attribute)]:
            name, _, attribute = ast.unparse(given).partition(".")
            value = getattr(names.get(name), attribute, None) if attribute else names.get(name)
            if inspect.isfunction(value):
                yield id(inspect.unwrap(value).__code__)


def concern(client, member, number: int):
    """The first screen sent, with one person on it."""
    from tests.apps.casework.concerns.filled import sent

    page = client.get("/record", follow=True)
    typed = sent(page, what="Two lads, wraps in a bag.", where="Lincoln", p1__name="Kieran Moss", p1__age="may_be_under_18")
    return lambda: client.post(page.request["PATH_INFO"], typed).status_code == 302


def row(client, member, number: int):
    """A table of one row, every column filled in."""
    from django.core.management import call_command

    head, *rows = csv.reader(io.StringIO(importlib.import_module("bench.import").table(2 * number + 1)))
    file, said = Path(tempfile.mkdtemp()) / "one.csv", io.StringIO()
    with file.open("w", newline="") as out:
        csv.writer(out).writerows([head, rows[-1]])
    return lambda: call_command("import_concerns", str(file), user=member.username, apply=True, stdout=said) is None


def pack(client, member, number: int):
    """The pack of a referral that is written whole, as a PDF."""
    from bench.referral_met import met_and_written

    writing = met_and_written(member)
    return lambda: client.get(f"/writings/{writing}/pack/pdf").status_code == 200


def main(*, shows: bool) -> None:
    set_up()
    prepare_pages()
    from django.test import Client

    from bench.referral_met import FORCE
    from lodestar.platform.tenancy.tenant_transaction import within
    from tests.factories.signed_in import signed_in
    from tests.journeys.harness.people import member_of, somebody

    user, providers = somebody("frontline", name="PC Hanna Brandreth", tenant=FORCE), set(registered())
    with within(FORCE):
        member = member_of(user)
        client = signed_in(Client(), member)
    print(f"{'':22}" + "".join(f"{what:>24}" for what in LIMITS))
    for name, prepare in {"a concern recorded": concern, "a row imported": row, "a referral pack made": pack}.items():
        assert prepare(client, member, 0)()
        walk, seen = prepare(client, member, 1), Participants(providers)
        sys.setprofile(seen.see)
        walked = walk()
        sys.setprofile(None)
        assert walked
        functions, apps = seen.functions(), seen.apps()
        named = sum("comp>:" not in one and "genexpr>:" not in one for names in functions.values() for one in names)
        counts = {"files": len(functions), "functions": len(seen.codes), "apps": len(apps)}
        cells = [f"{count} of {LIMITS[what]}{', OVER' * (count > LIMITS[what])}" for what, count in counts.items()]
        print(f"{name:22}" + "".join(f"{cell:>24}" for cell in (cells[0], f"({named}) {cells[1]}", cells[2])))
        if shows:
            print("\n".join(f"  {part}: {', '.join(names)}" for part, names in {"apps": apps, **functions}.items()))


if __name__ == "__main__":
    main(shows="--show" in sys.argv[1:])
