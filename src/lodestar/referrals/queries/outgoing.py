"""What would go to the Home Office of a referral as it stands; of a notification without a name, what is left out of its
texts, and what in them points to one person. Whoever renders or sends it begins here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from lodestar.cases.models import SafeAddress
from lodestar.referrals.models import Stays, Writing
from lodestar.referrals.queries.writing import Sheet
from lodestar.referrals.rules.made import EXPLOITERS
from lodestar.referrals.rules.naming import Identifier
from lodestar.referrals.rules.outgoing import Leaf
from lodestar.referrals.rules.places_held import of_an_address
from lodestar.referrals.rules.pointing import Pointer, pointers
from lodestar.referrals.rules.withheld import Place, places, withheld

# Answers that are somebody's name, number or address, by what they are.
_OWN = {
    "name": ("pv-name-first-name", "pv-name-last-name", "pv-name-nickname", "someone-else-first-name", "someone-else-last-name"),
    "telephone": ("pv-phone-number-yes", "pv-phone-number-alternative"),
    "email": ("pv-contact-details-email-input", "someone-else-email-input"),
    "reference": ("pv-ho-reference-type", "reported-to-police-crime-reference", "reference"),
    "birth": ("pv-dob",),
}  # fmt: skip
_ADDRESSES = (
    ("pv-contact-details-street", "pv-contact-details-postcode"), ("someone-else-street", "someone-else-postcode"),
)  # fmt: skip


@dataclass(frozen=True)
class Going:
    """What would go: `leaves`, the form's pages in their order, without what is left out. Of an anonymous notification also
    every place where something held of the case stands, what was last said of each by its mark (whether it may stay), and what
    points to one person."""

    leaves: tuple[Leaf, ...]
    is_anonymous: bool = False
    places: tuple[Place, ...] = ()
    said: Mapping[str, bool] = field(default_factory=dict)
    pointers: tuple[Pointer, ...] = ()


def going(sheet: Sheet, day: date) -> Going:
    """What would go on a day. On a notification without a name nothing held of the case's people stands in any text,
    unless a named person has said of that very place that it may."""
    leaves = sheet.goes(day)
    if not sheet.is_anonymous:
        return Going(leaves)
    found = places(leaves, list(dict.fromkeys(identifiers(sheet))))
    said = said_of(sheet.writing)
    stays = {mark for mark, may_stay in said.items() if may_stay}
    texts = {line.field.name: line.text for leaf in leaves for line in leaf.lines if line.state == "filled"}
    region = sheet.told.get("current-pv-location-uk-region", "the force’s area")
    return Going(withheld(leaves, found, stays), True, found, said, pointers(texts, day, region=region))


def said_of(writing: Writing) -> Mapping[str, bool]:
    """Whether each place may stay, as was last said of it, by its mark."""
    told = getattr(writing, "places_said", None)  # where it was got with it
    if told is not None:
        return {one["place"]: one["may_stay"] for one in told}
    return dict(Stays.objects.filter(writing=writing).order_by("said_at", "id").values_list("place", "may_stay"))


def identifiers(sheet: Sheet) -> Iterator[Identifier]:
    """Everything held in the case, or written here, by which one of its people could be told: looked for, never shown.

    Whoever is linked here as having done it may be told by name, unless they may be a victim themselves; a name that they share
    with somebody else of the case is still looked for."""
    case = sheet.person.case
    yield Identifier("reference", case.reference)
    linked = sheet.own.get(EXPLOITERS, "").split("\n")
    told = [one.id for one in sheet.read.of.people if one.id in linked and not one.is_possible_victim]
    for person in (one for one in sheet.people if str(one.id) not in told):
        yield from _some("name", [person.name])
        yield from _some("birth", [person.birth_date])
    yield from _some("reference", _references(sheet))
    for row in SafeAddress.objects.filter(person__case=case):
        yield from of_an_address(str(row.address or ""), str(row.contact or ""))
    yield from _own(sheet.told)


def _references(sheet: Sheet) -> Iterator[str]:
    yield from (reference for one in sheet.people for reference in one.sent_under)  # type: ignore[attr-defined]  # annotated
    yield from (talk.job_number for talk in sheet.talks)
    for one in sheet.read.of.people:
        if one.facts.earlier_referral:
            yield one.facts.earlier_referral.reference or ""


def _own(told: Mapping[str, str]) -> Iterator[Identifier]:
    for kind, codes in _OWN.items():
        yield from _some(kind, [told.get(code, "") for code in codes])
    for codes in _ADDRESSES:
        yield from of_an_address("\n".join(filter(None, (told.get(code, "").strip() for code in codes))))


def _some(kind: str, values: Iterable[str]) -> Iterator[Identifier]:
    yield from (Identifier(kind, value.strip()) for value in values if value.strip())
