"""What has gone to the Home Office about a person, what would go and what stays here, in words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from lodestar.casework.referral_forms.presenters import Copied, copied_pages, route_words
from lodestar.casework.referral_forms.rules.form import Field
from lodestar.casework.referral_forms.rules.outgoing import ROOM, WARN_AT, missing
from lodestar.casework.referral_forms.rules.route import Route
from lodestar.casework.referral_forms.rules.sections import asks
from lodestar.casework.referrals.models import Referral
from lodestar.casework.referrals.queries.outgoing import Submission
from lodestar.casework.referrals.queries.writing import Sheet
from lodestar.platform.design.when import moment
from lodestar.platform.design.words import curly
from lodestar.platform.text.reference_lists import rows_on

NAMES = {"nrm": "NRM referral", "dtn": "Duty to Notify"}


def when_words(row: Referral, now: datetime) -> str:
    """When it was sent, as far as it is known."""
    return f"{row.sent_words}, time not recorded" if row.sent_words else moment(row.sent_at, now)


def crimes(row: Referral, numbers: Sequence[str]) -> str:
    """The crime numbers that stood when it was recorded, and those that came since."""
    since = [number for number in numbers if f", {number}, " not in f", {row.crime_reference}, "]
    stood = f"Crime number: {row.crime_reference}." if row.crime_reference else "No crime number yet when it was recorded."
    return f"{stood} Since then: {', '.join(since)}." if since else stood


def _lower(words: str) -> str:
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def facts_say(route: Route) -> str:
    """The route as the facts give it now: `The facts say: refer to the National Referral Mechanism.`"""
    return f"The facts say: {_lower(route_words()[route.code]['heading'])}."


def out_of_line_words(route: Route, sent: str) -> tuple[str, ...]:
    """What is said before something is recorded that is not the route of the facts, a paragraph each. It refuses nothing."""
    return (
        f"{facts_say(route)} {' '.join(route.why)}",
        f"You are recording {'an' if sent == 'nrm' else 'a'} {NAMES[sent]} that was sent.",
        "If a fact is missing, record that first. If it has gone, it is recorded as it happened: the coordinator is shown it at "
        "once, and it is counted.",
    )


def may_refer(day: date) -> list[str]:
    """The names of the first responder organisations of a day, to be offered; kinds of which there are many are not."""
    rows = rows_on("referrals", "first_responders", day)
    return [curly(row["name"]) for row in rows if not row.get("many")]


def only(sheet: Sheet, going: Submission, codes: Sequence[str]) -> list[Copied]:
    """The pages of the form with what these questions fill alone, as it would go."""
    names = {field.name for code in codes if code in asks(sheet.version) for field in asks(sheet.version)[code].fields}
    cut = (replace(leaf, lines=tuple(line for line in leaf.lines if line.field.name in names)) for leaf in going.leaves)
    return copied_pages(cut)


def gaps(sheet: Sheet, going: Submission) -> list[str]:
    """What the form asks for and nobody has answered, in our words, each once."""
    return _labels(sheet, missing(going.leaves))


def withheld_labels(sheet: Sheet, going: Submission) -> list[str]:
    """What the form asks for and what stays here, each once."""
    return _labels(sheet, [line.field for leaf in going.leaves for line in leaf.lines if line.state == "kept_back"])


def _labels(sheet: Sheet, fields: Sequence[Field]) -> list[str]:
    words = {field.name: ask.label for ask in asks(sheet.version).values() for field in ask.fields}
    return list(dict.fromkeys(words[field.name] for field in fields))


def size_words(number: int) -> dict[str, Any]:
    """How many kilobytes would go, begun ones counted, of how many that fit."""
    return {"kb": -(-number // 1000), "room": ROOM // 1000, "warn_at": WARN_AT // 1000, "is_near": number >= WARN_AT}
