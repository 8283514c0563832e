"""The page of a rule in docs/rules, made from the list of obligations and the rule's own words: source, rule, screen, test."""

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path

from django.template.loader import render_to_string

from lodestar.platform.obligations.obligation_words import due_in_words
from lodestar.platform.obligations.obligations import ObligationRow, obligation_rows
from lodestar.platform.text.reference_lists import PACKAGE

ROOT = PACKAGE.parent.parent
RULE_PAGES = ROOT / "docs" / "rules"
RULE_TESTS = ROOT / "tests" / "rules"
SHARED = ("ages", "encounter_reading", "happened_without", "settings")  # rules of no one app

_NUMBERED = re.compile(r"(\d{3})-(\w+)\.md")
WHEN = {"now": "now", "this_tour": "this shift", "next_working_day": "the next working day", "later": "later"}
_SURE = {
    "verified": "Read in the source it names.",
    "excerpt": "Only an excerpt of the source was read: to be confirmed.",
    "background": "Professional knowledge, not confirmed: a named person has yet to confirm it.",
    "unconfirmed": "Not confirmed: the wording is still to be checked against the source.",
}


@dataclass(frozen=True)
class RuleFunction:
    """Where a rule is: its file from the root of the repository, and its docstring."""

    path: str
    docstring: str


@cache
def rule_functions() -> Mapping[str, RuleFunction]:
    """Every public function of every app's rules, by its name and by the code of the `Rule` that it is."""
    functions: dict[str, RuleFunction] = {}
    own = [PACKAGE / "platform" / "obligations" / f"{name}.py" for name in SHARED]
    for path in sorted([*PACKAGE.glob("*/*/rules.py"), *PACKAGE.glob("*/*/rules/**/*.py"), *own]):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                function = RuleFunction(path.relative_to(ROOT).as_posix(), ast.get_docstring(node) or "")
                functions.setdefault(node.name, function)
        for inner in ast.walk(tree):
            match inner:
                case ast.Call(func=ast.Name("Rule"), args=[ast.Constant(str(code)), ast.Name(name), *_]) if name in functions:
                    functions.setdefault(code, functions[name])
    return functions


def page_numbers(pages: Path) -> dict[str, int]:
    """The number of every page that is there, by its code; a number, once given, stays."""
    numbers = {}
    for path in pages.glob("*.md"):
        match = _NUMBERED.fullmatch(path.name)
        if match:
            numbers[match[2]] = int(match[1])
    return numbers


def rule_pages(pages: Path) -> dict[str, str]:
    """File name -> text of the page of every obligation. Those without a page yet get the next numbers."""
    numbers = page_numbers(pages)
    for code in obligation_rows():
        numbers.setdefault(code, max(numbers.values(), default=0) + 1)
    return {f"{numbers[code]:03}-{code}.md": rule_page(code, rows) for code, rows in obligation_rows().items()}


def rule_page(code: str, rows: Sequence[ObligationRow]) -> str:
    """The page of one obligation, in the order source, rule, screen, test."""
    context = {
        "last": rows[-1],
        "rows": rows,
        "sentences": dict.fromkeys(row.sentence for row in rows),
        "rule": rule_functions().get(code),
        "tests": tests_of(code),
        "when": WHEN,
        "sure": _SURE,
        "due_in_words": due_in_words,
    }
    return f"{unescape(render_to_string('assess/rule_page.jinja', context)).strip()}\n"


@cache
def tests_of(code: str) -> list[str]:
    """The test files that name a code, from the root of the repository."""
    quoted_code = f'"{code}"'
    paths = [
        path.relative_to(ROOT).as_posix()
        for path in sorted([*RULE_TESTS.glob("test_*.py"), RULE_TESTS / "data" / "own-encounters.json"])
        if quoted_code in path.read_text(encoding="utf-8")
    ]
    return paths or ["tests/rules/test_obligation_list.py"]
