"""A table of cases as one test, which names every case that fails."""

from collections.abc import Callable, Iterable
from inspect import Signature, signature
from typing import Any

import pytest


def each_case(names: str | tuple[str, ...], cases: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """As `pytest.mark.parametrize`, but one test: for what needs no database of its own in each case."""
    listed = [names] if isinstance(names, str) else [*names]
    rows = [(case,) if isinstance(names, str) else case for case in cases]

    def decorate(check: Callable[..., None]) -> Callable[..., None]:
        def run(**others: Any) -> None:
            failed = []
            for row in rows:
                try:
                    check(**dict(zip(listed, row, strict=True)), **others)
                except (Exception, pytest.fail.Exception) as error:
                    failed.append(f"{row!r:.300}: {type(error).__name__} {error}")
            assert not failed, "\n".join(failed)

        run.__name__, run.__doc__, run.__module__ = check.__name__, check.__doc__, check.__module__
        taken = (each for each in signature(check).parameters.values() if each.name not in listed)
        run.__signature__ = Signature([*taken])  # type: ignore[attr-defined]  # what pytest looks at for fixtures
        return run

    return decorate
