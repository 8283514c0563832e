"""Everything that a force sets, written to one file and read in from one. Each app that holds some of it adds its part.

Reading in goes the way that a person goes: what needs a second person is proposed and waits for one. The same file a second
time changes nothing.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.audit.actions import audit
from lodestar.platform.obligations.settings import CannotSet, every_setting, value_of
from lodestar.platform.settings.actions import propose_setting
from lodestar.platform.settings.models import SettingChange
from lodestar.platform.settings.presenters import title_of, value_words
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.settings.rules import PROPOSED, REFUSED, SAME, Line
from lodestar.platform.time.days import london_date

FORMAT = "lodestar-settings-1"
REASON = "Read in from a file of settings."


class NotSettings(ValueError):
    """The file holds no settings; `str` says why in one sentence."""


@dataclass(frozen=True)
class Part:
    """One part of the file: its name there, in words, who may read it in, writing it as JSON has it, and reading it in (who,
    when, what the file holds, and whether it is done or only looked at)."""

    name: str
    words: str
    permission: Permission
    write: Callable[[datetime], Any]
    read: Callable[[Member, datetime, Any, bool], Iterator[Line]]


_parts: list[Part] = []


def add_part(part: Part) -> None:
    """Adds a part. Called by an app as it starts, and by nothing else."""
    if part.name not in {known.name for known in _parts}:
        _parts.append(part)


def write_settings(*, by: Member, at: datetime) -> str:
    """All that the force sets, as one JSON text."""
    content = {"format": FORMAT, "force": by.tenant, **{part.name: part.write(at) for part in _parts}}
    audit("settings.file_written", by=by, at=at, subject=by.tenant)
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def read_settings(*, by: Member, at: datetime, text: str, applies: bool) -> list[Line]:
    """What each thing in the file would change, or, with `applies`, changes or proposes. What the file does not name stays as it
    is. Raises NotSettings."""
    try:
        content = json.loads(text)
    except ValueError:
        raise NotSettings("It is no JSON: choose a file that Lodestar wrote") from None
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise NotSettings(f"It is no file of settings: its format is not {FORMAT}")
    lines: list[Line] = []
    for part in _parts:
        if part.name in content and content[part.name] not in (None, [], {}):
            if by.may(part.permission):
                lines += part.read(by, at, content[part.name], applies)
            else:
                lines.append(Line(part.words, REFUSED, "Your role may not set this: ask a colleague who may to read it in"))
    known = {"format", "force", *(part.name for part in _parts)}
    lines += [Line(str(name)[:60], REFUSED, "Nothing here is called that") for name in content if name not in known]
    if applies:
        audit("settings.file_read", by=by, at=at, subject=by.tenant, fields=sorted({line.outcome for line in lines}))
    return lines


# --- the settings of the rules -----------------------------------------------------------------------------------------


def _own_settings(at: datetime) -> list[dict[str, str | int]]:
    """The force's own values: of each setting the one in force today, and those to come."""
    today, in_force = london_date(at), {}
    to_come = []
    rows = SettingChange.objects.filter(approved=True, key__in=every_setting())
    for row in rows.order_by("from_date", "decided_at", "id"):
        entry = {"key": row.key, "value": value_of(row.key, row.value), "from": row.from_date.isoformat()}
        if row.from_date <= today:
            in_force[row.key] = entry
        else:
            to_come.append(entry)
    return [*in_force.values(), *to_come]


def _read(by: Member, at: datetime, content: Any, applies: bool) -> Iterator[Line]:
    rows = [row for row in content if isinstance(row, Mapping)] if isinstance(content, list) else []
    for row in rows:
        key = str(row.get("key", ""))
        try:
            value = value_of(key, str(row.get("value", "")))
            start = date.fromisoformat(str(row.get("from", "")))
        except (CannotSet, ValueError) as fault:
            yield Line(key[:60] or "setting", REFUSED, str(fault))
            continue
        yield _setting(by, at, key, value, start, applies)


def _setting(by: Member, at: datetime, key: str, value: str | int, start: date, applies: bool) -> Line:
    """One setting: as it is, waiting already, or proposed from its day; from tomorrow where that has begun."""
    tomorrow = london_date(at) + timedelta(days=1)
    what, from_date = f"{title_of(key)}: {value_words(key, value)}", max(start, tomorrow)
    if settings_in_force().on(from_date)[key] == value:
        return Line(what, SAME)
    waiting = SettingChange.objects.filter(key=key, value=str(value), decided_at__isnull=True, from_date__gte=tomorrow)
    if waiting.filter(from_date=from_date).exists() or (start < tomorrow and waiting.exists()):
        return Line(what, SAME, "Proposed already: it waits for a second person")
    if applies:
        propose_setting(by=by, at=at, key=key, value=str(value), from_date=from_date, reason=REASON)
    return Line(what, PROPOSED, f"From {from_date.isoformat()}, once a second person agrees")


add_part(Part("settings", "Settings of the rules", Permission.SETTING_PROPOSE, _own_settings, _read))
