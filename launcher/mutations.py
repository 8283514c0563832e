"""Ways to break a module by one operator or constant: whoever tests it should notice each."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

_OPPOSITES: dict[type[ast.AST], type[ast.AST]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
_NOT_CODE = ("annotation", "returns", "decorator_list")  # what a type checker reads, or what makes a class


class Mutation(NamedTuple):
    """A module broken in one place: where, how, its whole new text, and in which function (if in one)."""

    line: int
    change: str
    code: str
    function: str  # its qualified name; empty where what a module makes as it is imported has changed


def mutations(source: str) -> Iterator[Mutation]:
    """Every way to break `source` by one operator or constant."""
    tree = ast.parse(source)
    for parent, field, place, node, function in list(_places(tree)):
        for new, change in _changes(node):
            _put(parent, field, place, new)
            yield Mutation(_line(parent, node), change, ast.unparse(ast.fix_missing_locations(tree)), function)
            _put(parent, field, place, node)


def _places(
    parent: ast.AST, classes: str = "", function: str = ""
) -> Iterator[tuple[ast.AST, str, int | None, ast.AST, str]]:
    if isinstance(parent, ast.ClassDef):
        classes = f"{classes}{parent.name}."
    for field, value in ast.iter_fields(parent):
        if field in _NOT_CODE:
            continue
        inside = function
        if not function and isinstance(parent, ast.FunctionDef) and field == "body":
            inside = f"{classes}{parent.name}"
        for place, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if isinstance(node, ast.AST):
                yield parent, field, place, node, inside
                yield from _places(node, classes, inside)


def _changes(node: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    opposite = _OPPOSITES.get(type(node))
    if opposite is not None:
        yield opposite(), f"{type(node).__name__} became {opposite.__name__}"
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand, "not was left out"
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value), f"{node.value} became {not node.value}"
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant(node.value + 1), f"{node.value} became {node.value + 1}"


def _put(parent: ast.AST, field: str, place: int | None, node: ast.AST) -> None:
    if place is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[place] = node


def _line(parent: ast.AST, node: ast.AST) -> int:
    return int(getattr(node, "lineno", getattr(parent, "lineno", 0)))
