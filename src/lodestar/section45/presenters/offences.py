"""What a person is suspected of, one by one: how far it has gone, how its record stands, and what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.forms import Form

from lodestar.cases.models import AllegedOffence, Obligation
from lodestar.design.when import moment
from lodestar.kernel.reference_lists import rows_on
from lodestar.section45.models import OUTCOMES, FullRecord, OutcomeRecorded
from lodestar.section45.presenters.question import day_done, title, when_done
from lodestar.section45.presenters.records import Status, status
from lodestar.section45.queries import RECORD, stands_of

STAGES = {
    "stop": "Stopped",
    "voluntary_interview": "To be interviewed",
    "arrest": "Arrested",
    "interview": "Interviewed",
    "bail_or_remand": "On bail or remand",
    "out_of_court_disposal": "Dealt with out of court",
    "no_further_action": "No further action",
    "charge_decision": "With the prosecutor",
    "charged": "Charged",
    "hearing": "At court",
    "convicted": "Convicted",
    "appeal": "On appeal",
}
NOT_ASKED = Status("Not asked for", "grey", "Nothing recorded requires the full record of this act.")


@dataclass(frozen=True)
class Came:
    """One outcome, for reading."""

    words: str
    meta: str
    reason: str
    is_without: bool


@dataclass(frozen=True)
class Listed:
    """One offence of the list."""

    id: UUID
    title: str
    meta: str
    status: Status
    outcomes: tuple[Came, ...]


def came(row: OutcomeRecorded, user: UUID, now: datetime) -> Came:
    """One outcome: what and when, by whom it was written down, and whether it came without the record."""
    when = f"{row.at_words}, time not recorded" if row.at_words else moment(row.at, now)
    by = "you" if row.by_id == user else row.by.name
    return Came(
        f"{dict(OUTCOMES)[row.kind]}, {when}",
        f"Recorded by {by}, {moment(row.recorded_at, now)}.",
        row.reason,
        row.happened_without,
    )


def listed(
    rows: Sequence[AllegedOffence],
    owed: Mapping[tuple[str, str], Obligation],
    records: Mapping[UUID, FullRecord],
    outcomes: Mapping[UUID, Sequence[OutcomeRecorded]],
    user: UUID,
    now: datetime,
) -> list[Listed]:
    """The offences in the order recorded."""
    return [
        Listed(
            id=row.id,
            title=title(row) or "Not named yet",
            meta=". ".join(part for part in (when_done(row, now), STAGES.get(row.stage, "")) if part),
            status=status_of(row, owed, records.get(row.id), now),
            outcomes=tuple(came(one, user, now) for one in outcomes.get(row.id, ())),
        )
        for row in rows
    ]


def status_of(
    row: AllegedOffence,
    owed: Mapping[tuple[str, str], Obligation],
    latest: FullRecord | None,
    now: datetime,
) -> Status:
    """How the record of an offence stands; that it is not asked for, where nothing calls for it and none was written."""
    own = owed.get((RECORD, str(row.id)))
    return NOT_ASKED if own is None and latest is None else status(stands_of(latest, own), now)


def theirs(written: Mapping[str, str], form: Form, now: datetime) -> list[str]:
    """What is written of an act by now where a form that was read says something else, a line for each field."""
    told = form.cleaned_data
    told = told | {"on_to": "" if told["on_to"] == told["on_from"] else told["on_to"], "stage": told["stage"] or written["stage"]}
    lines = []
    for name in (name for name in form.fields if name in written and told[name] != written[name]):
        label, words = str(form.fields[name].label), _in_words(form, name, written[name], now)
        lines.append(f"{label}{'' if label.endswith('?') else ':'} {words or 'nothing'}")
    return lines


def _in_words(form: Form, name: str, value: str, now: datetime) -> str:
    if name == "stage":
        return STAGES.get(value, value)
    if name in ("on_from", "on_to"):
        return day_done(value, now)
    return str(dict(getattr(form.fields[name], "choices", ())).get(value, value))


def codes_of(day: date) -> dict[str, str]:
    """The outcome codes of recorded crime that each kind of outcome may have, in words: `Outcome code 1 or 1A`."""
    found: dict[str, list[str]] = {}
    for row in rows_on("section45", "outcome_codes", day):
        if "kind" in row:
            found.setdefault(row["kind"], []).append(row["code"])
    return {
        kind: f"Outcome code {', '.join(codes[:-1])} or {codes[-1]}" if len(codes) > 1 else f"Outcome code {codes[0]}"
        for kind, codes in found.items()
    }
