"""Reading values of a JSON form, key by key, with every fault kept and told by its path."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from typing import Any

from lodestar.platform.time.fuzzy import FIRST_YEAR, LAST_YEAR, PartialDate, partial_date

_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?([Zz]|[+-]\d{2}:?\d{2})?", re.ASCII)

HELPED = 50  # faults to which what is spelt nearly so is added; whoever has more has another problem


class FormErrors(ValueError):
    """What is wrong with a form: `errors` is a list of {"path", "message"}, one for each fault."""

    def __init__(self, errors: list[dict[str, str]]) -> None:
        super().__init__("; ".join(f"{error['path']}: {error['message']}" for error in errors))
        self.errors = errors


class Values:
    """Reads values out of mappings. A fault is noted in `errors` and read as not known, so that reading goes on."""

    def __init__(self) -> None:
        self.errors: list[dict[str, str]] = []

    def fail(self, path: str, message: str) -> None:
        """Note a fault at a path."""
        self.errors.append({"path": path, "message": message})

    @staticmethod
    def join(path: str, key: str) -> str:
        """The path of a key below a path."""
        return f"{path}.{key}" if path else key

    def keys_of(self, value: object, path: str, known_keys: Sequence[str], *, required: bool = False) -> Mapping[str, Any]:
        """The value as a mapping whose keys are all known; an empty one for null, unless it is required."""
        if value is None and not required:
            return {}
        if not isinstance(value, Mapping):
            self.fail(path, "must be an object")
            return {}
        for key in value:
            if key not in known_keys:
                self.fail(self.join(path, str(key)), f"is not a key here{_near(str(key), known_keys)}")
        return value

    def items(self, fields: Mapping[str, Any], key: str, path: str) -> Sequence[Any]:
        """The list at a key; empty when it is not there."""
        value = fields.get(key)
        if value is None:
            return ()
        if not isinstance(value, list | tuple):
            self.fail(self.join(path, key), "must be a list")
            return ()
        return value

    def text(self, fields: Mapping[str, Any], key: str, path: str, *, required: bool = False) -> str | None:
        """The text at a key. A required one must not be empty."""
        value = fields.get(key)
        if value is None and not required:
            return None
        if not isinstance(value, str) or (required and not value.strip()):
            self.fail(self.join(path, key), "is required, as text" if required else "must be text or null")
            return None
        return value

    def flag(self, fields: Mapping[str, Any], key: str, path: str) -> bool | None:
        """True, false or not known."""
        value = fields.get(key)
        if value is None or value is True or value is False:
            return value
        self.fail(self.join(path, key), "must be true, false or null")
        return None

    def whole_number(self, fields: Mapping[str, Any], key: str, path: str, most: int) -> int | None:
        """A whole number from 0 to `most`."""
        value = fields.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
            self.fail(self.join(path, key), f"must be a whole number from 0 to {most}, or null")
            return None
        return value

    def choice(self, fields: Mapping[str, Any], key: str, path: str, options: Sequence[Any]) -> Any:
        """One of `options`, compared with its type: 1 is not true."""
        value = fields.get(key)
        return None if value is None else self._one_of(value, self.join(path, key), options)

    def choices(self, fields: Mapping[str, Any], key: str, path: str, options: Sequence[str]) -> tuple[str, ...]:
        """A list of some of `options`, each kept once."""
        return self._each(fields, key, path, options, self._one_of)

    def _each(self, fields: Mapping[str, Any], key: str, path: str, options: Any, read: Callable[..., Any]) -> tuple[str, ...]:
        """The values of a list, each as `read` gives it and once."""
        items = enumerate(self.items(fields, key, path))
        chosen = [read(value, f"{self.join(path, key)}[{index}]", options) for index, value in items]
        return tuple(dict.fromkeys(value for value in chosen if value is not None))

    def _one_of(self, value: object, path: str, options: Sequence[Any]) -> Any:
        if any(type(value) is type(option) and value == option for option in options):
            return value
        listed = ", ".join(str(option).lower() if isinstance(option, bool) else option for option in options)
        self.fail(path, f"must be one of: {listed}{_near(value, options) if isinstance(value, str) else ''}")
        return None

    def slug(self, fields: Mapping[str, Any], key: str, path: str, known_slugs: Collection[str]) -> str | None:
        """A slug out of a list that is too long to print: near ones are named."""
        value = fields.get(key)
        return None if value is None else self._known_slug(value, self.join(path, key), known_slugs)

    def slugs(self, fields: Mapping[str, Any], key: str, path: str, known_slugs: Collection[str]) -> tuple[str, ...]:
        """A list of such slugs, each kept once."""
        return self._each(fields, key, path, known_slugs, self._known_slug)

    def _known_slug(self, value: object, path: str, known_slugs: Collection[str]) -> str | None:
        if isinstance(value, str) and value in known_slugs:
            return value
        helps = isinstance(value, str) and len(self.errors) < HELPED  # a long list of slips would take seconds to compare
        self.fail(path, f"is not a known slug{_near(str(value), known_slugs, least=0.0) if helps else ''}")
        return None

    def partial(self, fields: Mapping[str, Any], key: str, path: str) -> PartialDate | None:
        """A year, a month or a day."""
        value = fields.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            self.fail(self.join(path, key), "must be a year, a month or a day, as text: 2025, 2025-11 or 2025-11-03")
            return None
        try:
            return partial_date(value)
        except ValueError as fault:
            self.fail(self.join(path, key), str(fault))
            return None

    def instant(self, fields: Mapping[str, Any], key: str, path: str, *, required: bool = False) -> datetime | None:
        """A date and time with its offset from UTC."""
        value = fields.get(key)
        if value is None and not required:
            return None
        return self._instant(value, self.join(path, key))

    def flag_or_instant(self, fields: Mapping[str, Any], key: str, path: str) -> bool | datetime | None:
        """True, false, not known, or when."""
        value = fields.get(key)
        if value is None or value is True or value is False:
            return value
        if isinstance(value, str):
            return self._instant(value, self.join(path, key))
        self.fail(self.join(path, key), "must be true, false, null, or a date and time with an offset")
        return None

    def _instant(self, value: object, path: str) -> datetime | None:
        if value is None:
            self.fail(path, "is required: a date and time with an offset, like 2026-03-02T23:40:00+00:00")
            return None
        match = _INSTANT.fullmatch(value) if isinstance(value, str) else None
        if match is None:
            self.fail(path, "must be a date and time with an offset, like 2026-03-02T23:40:00+00:00")
            return None
        if match[3] is None:
            self.fail(path, "needs an offset, like +00:00 in winter or +01:00 in summer")
            return None
        try:
            moment = datetime.fromisoformat(match[0].upper())
        except ValueError:
            self.fail(path, "is no date and time of the calendar")
            return None
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            self.fail(path, f"must be a year from {FIRST_YEAR} to {LAST_YEAR}")
            return None
        return moment


def _near(value: str, candidates: Collection[Any], least: float = 0.6) -> str:
    """Words that name what is spelt nearly like it, down to a likeness of `least`; empty when nothing is."""
    names = sorted(name for name in candidates if isinstance(name, str))
    typed = value.strip().lower()
    slug = typed.replace(" ", "-").replace("_", "-")
    close = [name for name in names if len(typed) > 2 and (typed in name or (len(name) > 2 and name in slug))][:3]
    close = close or get_close_matches(slug, names, n=3, cutoff=0.6) or get_close_matches(typed, names, n=3, cutoff=0.6)
    close = close or get_close_matches(slug, names, n=3, cutoff=least)
    return f"; near it: {', '.join(close)}" if close else ""
