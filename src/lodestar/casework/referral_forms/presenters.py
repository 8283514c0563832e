"""The pack: what would go to the Home Office, as a document of its own.

Nothing stands in it but what `outgoing` gives: what is kept back from the form is kept back from the paper too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Literal

from lodestar.casework.cases.models import ConsentAnswer
from lodestar.casework.consent.presenters import how_words
from lodestar.casework.referral_forms.rules.outgoing import NOT_GIVEN, ROOM, TEXTS, FormPage, Line, by_name, size
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
_TITLES = {
    "nrm": "Referral to the National Referral Mechanism",
    "dtn": "Duty to Notify",
    "undecided": "Referral, the route still open",
}
_WHAT_IT_IS = {
    "nrm": "What the Home Office’s form asks about one person, in the form’s own order.",
    "dtn": "An adult has not agreed to a referral. The Home Office is still told what happened (Modern Slavery "
    "Act 2015 section 52).",
    "undecided": "The age or the answer about a referral is not recorded, so the form is incomplete. Record it, and make this "
    "again.",
}
_ANONYMOUS = (
    f"The adult has not agreed to be identified, so only what cannot show who they are goes (Modern Slavery Act 2015 section "
    f"52(3)). Where the form demands an answer that is kept back, it says “{NOT_GIVEN}”."
)
_UNSETTLED = (
    "It is not known yet whether they may be named. Their age, or an answer that counts, is not recorded; until it is, only "
    "what may go without a name is here."
)
_SUPPORT = ("salvation_army", "slavery_helpline")
_CHILD = ("childrens_services_day", "childrens_services_night", "child_trafficking_guardians")
_REFUSED = ("adult_safeguarding_day", "adult_safeguarding_night", "emergency_housing", "slavery_helpline")
_WHOM = {"nrm": _SUPPORT, "dtn": _REFUSED, "undecided": (*_CHILD, *_SUPPORT)}
_ALWAYS = ("duty_coordinator", "competent_authority")


def pack(leaves: Sequence[FormPage], *, version: str, now: datetime, book: Book = UNKNOWN, marking: str = MARKING) -> Document:
    """The pack of what goes: `leaves` as `outgoing` gives them for a `version` of the form, with what is withheld from their
    texts withheld already. `now` is when it is made, `book` the numbers of the force. `documents.made` makes the file."""
    day = on(now)
    route, is_anonymous = route_going(leaves), any(line.state == "kept_back" for leaf in leaves for line in leaf.lines)
    return Document(
        title=f"{_TITLES[route]}, without who the adult is" if is_anonymous and route == "dtn" else _TITLES[route],
        marking=marking,
        foot=f"Pack of {in_words(day)}",
        day=day,
        blocks=(
            Paragraph(_WHAT_IT_IS[route]),
            *([Paragraph(_ANONYMOUS if route == "dtn" else _UNSETTLED)] if is_anonymous else []),
            Bullets(tuple(_facts(leaves, version, day))),
            *_to_ring(route, now, book, is_child=_is_child(leaves)),
            *_gaps(leaves),
            *_too_long(leaves),
            Heading("The form, page by page", on_new_page=True),
            *(block for leaf in leaves for block in _page(leaf)),
        ),
    )


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
    codes = _CHILD if is_child else _WHOM[route]
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
UNCHECKED = "Not shown until it is checked"


PICKED_UP_TO = 100  # values up to which a list of the form is quicker to pick from than to paste into


@dataclass(frozen=True)
class Box:
    """One field of the form: its name, what is put into it, and whether that is said in place of an answer. `is_pasted`: it is
    typed into the form, and so has a button that copies it and nothing else; the others are picked there."""

    field: str
    label: str
    text: str
    is_said_instead: bool
    is_pasted: bool
    measure: str
    is_too_long: bool
    remark: str


@dataclass(frozen=True)
class Copied:
    """One page of the form with something on it, its fields in their order."""

    number: int
    title: str
    boxes: tuple[Box, ...]


def window(leaves: Iterable[FormPage], first: int) -> dict[str, Any]:
    """The pages from the nth on, counted from 1."""
    return window_of(copied_pages(leaves), first)


def copied_pages(leaves: Iterable[FormPage]) -> list[Copied]:
    """The pages with something on them."""
    of_page = [(leaf, [line for line in leaf.lines if line.text.strip() or line.state == "unchecked"]) for leaf in leaves]
    return [
        Copied(leaf.number, leaf.page.title, tuple(_box(line, leaf.page.title) for line in lines))
        for leaf, lines in of_page
        if lines
    ]


def window_of(pages: Sequence[Copied], first: int = 1) -> dict[str, Any]:
    """As many of these pages as fit on one of ours, from the nth on, counted from 1."""
    start = first - 1 if 0 < first <= len(pages) else 0
    after, weight = start, 0
    while after < min(start + A_PAGE, len(pages)) and weight <= WEIGHT:
        weight += sum(len(box.text.encode()) for box in pages[after].boxes)
        after += 1
    return {"shown": tuple(pages[start:after]), "all": len(pages), "next": after + 1 if after < len(pages) else 0}


def box_of(leaves: Iterable[FormPage], field: str) -> Box | None:
    """The box of one field, where there is one to be copied."""
    return next((box for page in copied_pages(leaves) for box in page.boxes if box.field == field and box.is_pasted), None)


def _box(line: Line, title: str) -> Box:
    is_typed = line.field.kind in (*TEXTS, "number") or len(line.field.values()) > PICKED_UP_TO
    text = "Tick it" if line.field.kind == "tick" else line.text
    return Box(
        field=line.field.name,
        label="" if line.field.label == title else line.field.label,
        text=UNCHECKED if line.state == "unchecked" else text,
        is_said_instead=line.state != "filled",
        is_pasted=is_typed and line.state != "unchecked",
        measure=f"{len(line.text):,} of {line.field.limit:,} characters" if line.field.kind == "long_text" else "",
        is_too_long=line.is_too_long,
        remark=line.remark,
    )


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
