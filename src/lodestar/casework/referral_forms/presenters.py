"""The pack: what would go to the Home Office, as a document of its own.

Nothing stands in it but what `outgoing` gives: what is kept back from the form is kept back from the paper too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any, Literal

from lodestar.casework.cases.models import ConsentAnswer
from lodestar.casework.consent.presenters import how_words
from lodestar.casework.referral_forms.rules.form import ROOM, FormPage, Line, by_name, size
from lodestar.casework.referral_forms.rules.route import Route
from lodestar.directory.contacts.presenters.numbers import numbers_with_hours
from lodestar.directory.contacts.queries import UNKNOWN
from lodestar.directory.contacts.rules import Book
from lodestar.platform.design.when import day as in_words
from lodestar.platform.design.when import moment, on
from lodestar.platform.documents.description import Block, Bullets, Document, Entry, Heading, Paragraph
from lodestar.platform.text.reference_lists import reference_list

MARKING = "OFFICIAL-SENSITIVE"
MISSING = "Not known when this was made. The form asks for it."
TICKED = "Ticked"
PackRoute = Literal["nrm", "dtn", "undecided"]
_ALWAYS = ("duty_coordinator", "competent_authority")


def pack(leaves: Sequence[FormPage], *, version: str, now: datetime, book: Book = UNKNOWN, marking: str = MARKING) -> Document:
    """The pack of what goes: `leaves` as `outgoing` gives them for a `version` of the form, with what is withheld from their
    texts withheld already. `now` is when it is made, `book` the numbers of the force. `documents.made` makes the file."""
    day, words = on(now), _words()
    route, is_anonymous = route_going(leaves), any(line.state == "kept_back" for leaf in leaves for line in leaf.lines)
    return Document(
        title=words[route]["title"] + (", without who the adult is" if is_anonymous and route == "dtn" else ""),
        marking=marking,
        foot=f"Pack of {in_words(day)}",
        day=day,
        blocks=(
            Paragraph(words[route]["words"]),
            *([Paragraph(words[route]["anonymous"])] if is_anonymous else []),
            Bullets(tuple(_facts(leaves, version, day))),
            *_to_ring(route, now, book, is_child=_is_child(leaves)),
            *_gaps(leaves),
            *_too_long(leaves),
            Heading("The form, page by page", on_new_page=True),
            *(block for leaf in leaves for block in _page(leaf)),
        ),
    )


@cache
def _words() -> Mapping[str, Mapping[str, Any]]:
    return {row["code"]: row for row in reference_list("referral_forms", "pack_words").rows}


def route_going(leaves: Sequence[FormPage]) -> PackRoute:
    """What goes: whoever is or may be a child is referred, an adult by their own answer."""
    if _is_child(leaves):
        return "nrm"
    choice = by_name(leaves).get("pv-want-to-submit-nrm")
    if choice is None or choice.state != "filled" or not by_name(leaves)["pv-under-age"].values:
        return "undecided"
    return "dtn" if choice.values == ("no",) else "nrm"


def _is_child(leaves: Sequence[FormPage]) -> bool:
    return by_name(leaves)["pv-under-age"].values in (("yes",), ("not-sure",))


def _facts(leaves: Sequence[FormPage], version: str, day: date) -> Iterator[str]:
    reference = by_name(leaves)["reference"]
    if reference.state == "filled":
        yield f"Our reference: {reference.text}"
    yield f"Made on {in_words(day)}, for version {version} of the form"
    yield f"{-(-size(leaves) // 1000)} kB of the {ROOM // 1000} kB that the form has room for"


def _gaps(leaves: Sequence[FormPage]) -> Iterator[Block]:
    yield Heading("Gaps")
    gaps = [
        f"{leaf.number}. {leaf.page.title}{_label_suffix(leaf, missing)}"
        for leaf in leaves
        if (missing := [line for line in leaf.lines if line.state == "missing"])
    ]
    if not gaps:
        yield Paragraph("None: whatever the form asks for has an answer, or is kept back.")
        return
    yield Paragraph(
        "The form asks for these, and they are not answered. You can send it with its gaps shown; what becomes known later "
        "follows as further information."
    )
    yield Bullets(tuple(gaps))


def _label_suffix(leaf: FormPage, lines: Sequence[Line]) -> str:
    labels = [line.field.label for line in lines if line.field.label != leaf.page.title]
    between = " " if leaf.page.title.endswith("?") else ": "
    return f"{between}{'; '.join(labels)}" if labels else ""


def _too_long(leaves: Sequence[FormPage]) -> Iterator[Block]:
    longer = [
        f"{leaf.number}. {line.field.label}: {len(line.text):,} characters, and {line.field.limit:,} fit"
        for leaf in leaves
        for line in leaf.lines
        if line.is_too_long
    ]
    if longer:
        yield Heading("Too long for the form")
        yield Bullets(tuple(longer))


def _to_ring(route: PackRoute, now: datetime, book: Book, *, is_child: bool) -> Iterator[Block]:
    codes = _words()["child" if is_child else route]["ring"]
    yield Heading("Who to ring tonight")
    yield Paragraph("A safe place does not wait for the form.")
    yield Bullets(tuple(number.in_words for number in numbers_with_hours((*codes, *_ALWAYS), now, book)))


def _page(leaf: FormPage) -> Iterator[Block]:
    yield Heading(f"{leaf.number}. {leaf.page.title}", level=3)
    blank = []
    for line in leaf.lines:
        label = "" if line.field.label == leaf.page.title else line.field.label
        if line.state == "missing":
            yield Entry(label, MISSING, is_remark=True)
        elif line.state == "filled":
            yield Entry(label, TICKED if line.field.kind == "tick" else line.text)
        elif line.values:
            yield Entry(label, line.text, is_remark=True)
        else:
            blank.append(line)
        if line.remark:
            yield Paragraph(f"{line.remark}.")
    for words, state in (("Left blank", "blank"), ("Left blank, as the adult is not to be identified", "kept_back")):
        labels = dict.fromkeys(line.field.label for line in blank if line.state == state)
        if labels:
            yield Paragraph(f"{words}: {'; '.join(labels)}" if [*labels] != [leaf.page.title] else f"{words}.")


A_PAGE = 12  # pages of the form on one of ours: it has a budget
WEIGHT = 9_000  # bytes of answers after which no further page of the form is put on one of ours


def window(leaves: Iterable[FormPage], first: int = 1) -> dict[str, Any]:
    """As many of the pages with something on them as fit on one of ours, from the nth on, counted from 1."""
    shown = [replace(leaf, lines=tuple(line for line in leaf.lines if line.is_shown)) for leaf in leaves]
    pages = [leaf for leaf in shown if leaf.lines]
    start = first - 1 if 0 < first <= len(pages) else 0
    after, weight = start, 0
    while after < min(start + A_PAGE, len(pages)) and weight <= WEIGHT:
        weight += sum(len(line.text.encode()) for line in pages[after].lines)
        after += 1
    return {"shown": tuple(pages[start:after]), "all": len(pages), "next": after + 1 if after < len(pages) else 0}


@cache
def route_words() -> Mapping[str, Mapping[str, Any]]:
    """What each route is called and what it means, by its code."""
    return {row["code"]: row for row in reference_list("referral_forms", "route_words").rows}


def describe_route(route: Route, *, long_stop: datetime | None, talk: ConsentAnswer | None, now: datetime) -> dict[str, Any]:
    """The route of one person. `long_stop` is when `reach_nrm_or_dtn` is due, `talk` the latest one about referral."""
    words, latest = {"onward": "", "changes": (), **route_words()[route.code]}, ""
    if route.code == "ask" and talk is not None and talk.wants_time:
        words["lead"] = "They want time. That is an answer. No referral is made and none is refused."
    if route.code in ("ask", "best_interests") and long_stop is not None:
        latest = moment(long_stop, now)
        if route.code == "ask":
            words["heading"] = f"Ask again, by {latest}" if long_stop > now else "Ask again now"
    asked = f"{how_words(talk)}, {moment(talk.asked_at, now)}" if talk is not None else ""
    return words | {"why": route.why, "authority": route.authority, "latest": latest, "talk": asked}
