"""Every event that an obligation counts from, or that a rule asks for, is told by something that can be recorded."""

import ast
from collections.abc import Iterator
from pathlib import Path

import lodestar
from lodestar.casework.case_facts.rules import KINDS
from lodestar.platform.obligations.obligations import obligation_rows

SOURCE = Path(lodestar.__path__[0])
RULES = sorted(
    (*SOURCE.glob("casework/*/rules.py"), *SOURCE.glob("casework/*/rules/*.py"), *SOURCE.glob("platform/obligations/*.py"))
)
TOLD_BY = sorted(
    (*SOURCE.glob("casework/*/queries.py"), *SOURCE.glob("casework/*/queries/*.py"), SOURCE / "casework/case_facts/rules.py",
     SOURCE / "platform/obligations/encounter_reading.py")
)  # fmt: skip


def in_due_rules() -> Iterator[str]:
    """The names that the dated list counts from or to."""
    for rows in obligation_rows().values():
        for row in rows:
            for key in ("from", "or_from", "before"):
                names = (row.due or {}).get(key, ())
                yield from [names] if isinstance(names, str) else names


def in_rules() -> Iterator[str]:
    """The names that rules ask for: `"name" in ….events`, `….events.get("name")`, `….events["name"]`."""
    for path in RULES:
        for node in ast.walk(ast.parse(path.read_text())):
            match node:
                case ast.Compare(left=ast.Constant(value=str(name)), ops=[ast.In()], comparators=[ast.Attribute(attr="events")]):
                    yield name
                case ast.Call(ast.Attribute(ast.Attribute(attr="events"), "get"), [ast.Constant(str(name)), *_]):
                    yield name
                case ast.Subscript(value=ast.Attribute(attr="events"), slice=ast.Constant(value=str(name))):
                    yield name


def made_by_rules() -> Iterator[str]:
    """The names under which a rule itself puts a time for one obligation: `{**person.events, "name": (at,)}`."""
    for path in RULES:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Dict) and None in node.keys:
                yield from (key.value for key in node.keys if isinstance(key, ast.Constant))


def constants() -> Iterator[tuple[str, str]]:
    """The constants of the rules that are words, by their names: `ASKED, RECONSIDER = "asked", "reconsider"`."""
    for path in RULES:
        for node in ast.parse(path.read_text()).body:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=str(word))):
                    yield name, word
                case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=words)):
                    pairs = zip(names, words, strict=True)
                    yield from ((name.id, word.value) for name, word in pairs if isinstance(word, ast.Constant))


def told() -> set[str]:
    """The names in the providers' sources, as words or as constants of the rules."""
    named, nodes = dict(constants()), [node for path in TOLD_BY for node in ast.walk(ast.parse(path.read_text()))]
    words = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    words |= {kind.event for kind in KINDS.values()}
    return words | {named[node.id] for node in nodes if isinstance(node, ast.Name) and node.id in named}


def test_every_event_that_a_rule_waits_for_is_told_by_a_provider() -> None:
    wanted = set(in_due_rules()) | set(in_rules())
    assert len(wanted) > 40
    assert sorted(wanted - told() - set(made_by_rules())) == []
