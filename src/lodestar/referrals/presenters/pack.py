"""The pack: what would go to the Home Office, as a document of its own.

Nothing stands in it but what `outgoing` gives: what is kept back from the form is kept back from the paper too.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from lodestar.design.when import day as in_words
from lodestar.documents.description import Block, Bullets, Document, Entry, Heading, Paragraph
from lodestar.reference.queries import contacts_on
from lodestar.referrals.rules.outgoing import NOT_GIVEN, ROOM, FormPage, Line, by_name, size

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
    "dtn": "An adult was asked and said no to a referral. The Home Office is still told what happened (Modern Slavery "
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


def pack(leaves: Sequence[FormPage], *, version: str, day: date, marking: str = MARKING) -> Document:
    """The pack of what goes: `leaves` as `outgoing` gives them for a `version` of the form, with what is withheld from their
    texts withheld already. `day` is the day it is made on. `documents.made` makes the file."""
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
            *_to_ring(route, day, is_child=_is_child(leaves)),
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


def _to_ring(route: PackRoute, day: date, *, is_child: bool) -> Iterator[Block]:
    codes = _CHILD if is_child else _WHOM[route]
    contacts = {row["code"]: row for row in contacts_on(day)}
    rings = [contacts[code] for code in (*codes, *_ALWAYS) if code in contacts]
    yield Heading("Who to ring tonight")
    yield Paragraph("A safe place does not wait for the form.")
    yield Bullets(
        tuple(
            f"{row['name']}: {row['number']}, {row['hours']}" + (f". {row['note']}" if row.get("note") else "")
            for row in rings
        )
    )


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
    for words, state in (("Left blank", "blank"), ("Left blank, as the adult is not to be identified", "kept_back")):
        labels = dict.fromkeys(line.field.label for line in blank if line.state == state)
        if labels:
            yield Paragraph(f"{words}: {'; '.join(labels)}" if [*labels] != [leaf.page.title] else f"{words}.")
