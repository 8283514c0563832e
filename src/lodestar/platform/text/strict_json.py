"""JSON read strictly: what two readers could understand in two ways is refused."""

import json

DEEPEST = 100  # lists and objects within one another; how far Python itself goes differs from one version to the next

MOST_DIGITS = 4000  # of a whole number; Python itself reads some more


def read_json(given: bytes) -> object:
    """A JSON value. Raises ValueError for anything else: also for NaN, a key given twice, and what is nested deeper than
    `DEEPEST`."""
    try:
        value = json.loads(given.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant, parse_int=_number)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    if _is_deeper(value):
        raise ValueError("it is nested too deep")
    return value


def _is_deeper(value: object) -> bool:
    """Whether more lists and objects lie within one another than are read. Level by level, so that none is too deep."""
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for each in level for inner in _within(each) if isinstance(inner, dict | list)]
    return bool(level)


def _within(value: object) -> list[object]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise ValueError("a key is given twice")
    return mapping


def _number(written: str) -> int:
    if len(written) > MOST_DIGITS:
        raise ValueError("a number is too long")
    return int(written)


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no value")
