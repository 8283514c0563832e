"""JSON read strictly: what two readers could understand in two ways is refused."""

import json


def read_json(given: bytes) -> object:
    """A JSON value. Raises ValueError for anything else: also for NaN, a key given twice, and what is nested without end."""
    try:
        return json.loads(given.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except RecursionError:
        raise ValueError("it is nested too deep") from None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is given twice")
    return found


def _no_constant(name: str) -> object:
    raise ValueError(f"{name} is no value")
