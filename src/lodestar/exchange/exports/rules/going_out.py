"""A person as a record of HTCDS 2.0, with what the standard has no place for under names of our own. Pure.

The safe address and how to contact somebody are not among the facts that come here. What somebody wrote is left out whole where
it holds them, or names another possible victim. That a person is suspected or was held is kept back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lodestar.casework.referral_forms.rules.made import Place, in_the_uk
from lodestar.casework.referral_forms.rules.sections import TICKED
from lodestar.exchange.exports.rules.files import CASE, EVENTS, EXPLOITER, KEPT_BACK, KEPT_VALUES, LONGEST, OWN, PERSON
from lodestar.platform.names.highlighting import FILE, KnownValue, never_leaves
from lodestar.platform.obligations.encounter_reading import PersonReading
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.fuzzy import partial_date
from lodestar.platform.time.uk_dates import read_partial

AUTHORITY = "Home Office competent authority"
GENDERS = {"female": "Feminine", "male": "Masculine", "unknown": "NonConforming"}  # of the form, and of the standard
GROUPS_ARE_FAMILY, FAMILY = ("family_uk", "family_abroad"), "ThreatensChildrenFamily"
LANGUAGES = {  # ISO 639-2
    "albanian": "sqi", "arabic": "ara", "bengali": "ben", "english": "eng", "kurdish sorani": "kur", "mandarin": "zho",
    "polish": "pol", "portuguese": "por", "romanian": "ron", "tigrinya": "tir", "vietnamese": "vie",
}  # fmt: skip


@dataclass(frozen=True)
class About:
    """What is known beside the facts that rules read. `decided` is the latest conclusive decision, `sent_on` the day on
    which we sent a referral. `control` and `sectors` are codes of the lists ticked while one was written, `places` the places
    listed there. `known_values` are what a text is checked against. `record` is the id of the person here; `first_name`,
    `last_name`, `gender` and `sold_for_sex` (made to sell sex) are as a referral says them."""

    name: str = ""
    language: str = ""
    force: str = ""
    decided: str = ""
    sent_on: date | None = None
    control: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    known_values: tuple[KnownValue, ...] = ()
    record: str = ""
    first_name: str = ""
    last_name: str = ""
    gender: str = ""
    sold_for_sex: bool = False

    @property
    def located(self) -> list[str]:
        """The places in words, as far as they may go."""
        return [place_text for place in self.places if (place_text := self.shareable_text(place.name))]

    def shareable_text(self, text: str) -> str:
        """A text as it may go: whole, or nothing of it."""
        return "" if never_leaves(text, self.known_values, FILE) else text


def said_no(read: PersonReading) -> bool:
    """Whether somebody who is not a child said no to the NRM and did not agree to be named: their name and date of birth go to
    nobody without a reason for it (Modern Slavery Act 2015 s52(3))."""
    consent = read.facts.consent
    return not read.is_child and consent.nrm is False and consent.may_be_named is not True


def record_of(case: Mapping[str, Any], person: Mapping[str, Any], about: About) -> dict[str, Any]:
    """The record of one person: `case` is the encounter in the form that `assess` takes, `person` one of its people."""
    record = {**dict(_of_the_person(person, about)), **dict(_of_the_victim(person, about)), **dict(_of_the_case(person, about))}
    events = [dict(_at(entry, about)) for entry in about.places] or [dict(_event(entry)) for entry in person["exploitation"]]
    return {**record, **({EVENTS: events} if events else {}), **dict(_own(case, person, about))}


def _of_the_person(person: Mapping[str, Any], about: About) -> Iterator[tuple[str, Any]]:
    for part, name in (("First", about.first_name), ("Second", about.last_name)):
        if name:
            yield f"prs_{part}Name", name
    if about.gender in GENDERS:
        yield "prs_Gender", GENDERS[about.gender]
    born = person["birth"]["date"]
    if born and len(born) == len("2009-09-04"):
        yield "prs_Birthdate", born
    if person["alive"] is not None:
        yield "prs_Deceased", not person["alive"]
    if about.language.strip().casefold() in LANGUAGES:
        yield "prs_PrimaryLanguage", LANGUAGES[about.language.strip().casefold()]
    if person["british"]:
        yield "prs_Citizenship", ["GB"]


def kinds() -> Mapping[str, str]:
    """What each kind of exploitation recorded here is in HTCDS; a kind that is not known is nothing there."""
    htcds_by_kind: dict[str, str] = {}
    for row in reference_list("exports", "htcds_exploitation").rows:
        htcds_by_kind.setdefault(row["kind"], row["htcds"])
    return htcds_by_kind


def _of_the_victim(person: Mapping[str, Any], about: About) -> Iterator[tuple[str, Any]]:
    """Nothing is said of trafficking where nobody took them for a possible victim: no marker follows a person."""
    if about.decided:
        is_positive = about.decided == "cg_positive"
        yield "vic_TraffickingStatus", "ActualVictimOfTrafficking" if is_positive else "NotAVictimOfTrafficking"
        yield "vic_TraffickingStatusDecisionMakingOrg", "NonPoliceGovernmentalOrganization"
    elif "possible_victim" in person["roles"] or person["belief"] in ("reasonable_grounds", "signs_only"):
        yield "vic_TraffickingStatus", "PossibleVictimOfTrafficking"
        yield "vic_TraffickingStatusDecisionMakingOrg", "Police"
    htcds_by_kind = kinds()
    types = dict.fromkeys(
        htcds_by_kind[exploitation["type"]] for exploitation in person["exploitation"] if exploitation["type"] in htcds_by_kind
    )
    if types:
        yield "vic_TypeOfExploitation", list(types)
    if about.sold_for_sex:
        yield "vic_TypeOfSexExploitation", ["Prostitution"]
    control = [FAMILY] if set(person["threats"]) & set(GROUPS_ARE_FAMILY) else []
    control += [value for code in about.control if (value := _standard("means_of_control", code))]
    if control:
        yield "vic_MethodsOfControl", list(dict.fromkeys(control))
    if industries(about):
        yield "vic_ForcedLabourIndustry", industries(about)[0]
    if about.located:
        yield "vic_LocationOfExploitation", "; ".join(about.located)[: LONGEST["text"]]


def industries(about: About) -> list[str]:
    """The trades that were ticked as HTCDS writes them, each once; one that it has no section for is none."""
    return list(dict.fromkeys(value for code in about.sectors if (value := _standard("sectors", code))))


def _standard(name: str, code: str) -> str:
    """What the standard calls a row of a list of the referral; empty where it has no word for it, or the row is gone."""
    rows = reference_list(*TICKED[name]).rows
    return next((str(row["htcds"]) for row in rows if row["code"] == code and row.get("htcds")), "")


def _of_the_case(person: Mapping[str, Any], about: About) -> Iterator[tuple[str, Any]]:
    yield "cas_Status", "Active"
    if about.force:
        yield "cas_ReferringOrganisation", about.force
    if about.sent_on:
        yield "cas_ReferredOrganisation", AUTHORITY
        yield "cas_OutgoingReferralDate", about.sent_on.isoformat()


def _event(exploitation: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield "hte_Type", "Exploitation"
    if exploitation["from"] and len(exploitation["from"]) == len("2009-09-04"):
        yield "hte_Date", exploitation["from"]
    if exploitation["in"] == ["uk"]:
        yield "hte_Country", "GB"


def _at(place: Place, about: About) -> Iterator[tuple[str, Any]]:
    """One place of exploitation, in whatever the standard has room for of it."""
    yield "hte_Type", "Exploitation"
    began = read_partial(place.began)
    if began and partial_date(began).is_exact:
        yield "hte_Date", partial_date(began).earliest.isoformat()
    if in_the_uk(place):
        yield "hte_City", place.where
        yield "hte_Country", "GB"
    parts = [about.shareable_text(place.name), place.when, about.shareable_text(place.happened)]
    if words := "; ".join(part for part in parts if part):
        yield "hte_Description", words[: LONGEST["text"]]


def _own(case: Mapping[str, Any], person: Mapping[str, Any], about: About) -> Iterator[tuple[str, Any]]:
    texts = {
        "record": about.record, "name": about.name, "language": about.shareable_text(about.language),
        "case": case["reference"], "nation": case["nation"], "encountered_at": case["encountered_at"],
    }  # fmt: skip
    values = {
        **texts,
        **{key: _shareable_fact(key, person, about) for key in PERSON},
        **{key: case["case"][key] for key in sorted(CASE)},
    }
    yield from ((f"{OWN}{key}", value) for key, value in values.items() if not _is_nothing(value))


def _shareable_fact(key: str, person: Mapping[str, Any], about: About) -> Any:
    """A fact of theirs without what is kept back of it."""
    value, back = person[key], KEPT_VALUES.get(key, frozenset())
    if key == "roles" and "possible_victim" in value:
        back |= {EXPLOITER}
    if isinstance(value, list):
        return [item for item in value if not isinstance(item, str) or item not in back]
    if key == "earlier_referral" and value:
        return {
            name: about.shareable_text(field_value) if isinstance(field_value, str) else field_value
            for name, field_value in value.items()
        }
    return None if isinstance(value, str) and value in back else value


def _is_nothing(value: Any) -> bool:
    """Whether a value says nothing: not known is left out, and is never no."""
    if isinstance(value, Mapping):
        return all(_is_nothing(inner) for inner in value.values())
    return value is None or value in ("", [])


def _not_whole(person: Mapping[str, Any], about: About) -> Iterator[str]:
    """Which texts do not go."""
    for number, place in enumerate(about.places, 1):
        yield from (f"Place {number}, {what}," for what, text in (("its name", place.name), ("what happened", place.happened))
                    if not about.shareable_text(text) and text)  # fmt: skip
    texts = {"Their language": about.language, "Their earlier referral": " ".join(_texts(person["earlier_referral"] or {}))}
    yield from (label for label, text in texts.items() if text and not about.shareable_text(text))


def _texts(facts: Mapping[str, Any]) -> list[str]:
    return [value for value in facts.values() if isinstance(value, str)]


def left_out(person: Mapping[str, Any], about: About) -> list[str]:
    """What the record does not hold, in sentences."""
    sentences = ["Where they are, and how to contact them, is never in a file."]
    if any(person[key] for key in KEPT_BACK) or any(_shareable_fact(key, person, about) != person[key] for key in KEPT_VALUES):
        sentences.append("Suspected offences, detention and seized items are left out.")
    sentences += [f"{label} is left out: it may show where someone is or name others." for label in _not_whole(person, about)]
    if person["consent"]["nrm"] is not None:
        sentences.append(f"Consent in HTCDS is to an interview: not recorded. Their answer about the NRM is under {OWN}consent.")
    if about.name and not about.last_name:
        sentences.append(f"HTCDS needs a name in two parts. The full name, as given, is under {OWN}name.")
    if person["birth"]["date"] and len(person["birth"]["date"]) < len("2009-09-04"):
        sentences.append(f"HTCDS cannot hold a birth date known only to the year or month. It is under {OWN}birth.")
    if any(exploitation["type"] in ("criminal", "other") for exploitation in person["exploitation"]):
        sentences.append(f"HTCDS calls criminal and other exploitation Other. The type is under {OWN}exploitation.")
    if any(exploitation["from"] and len(exploitation["from"]) < len("2009-09-04") for exploitation in person["exploitation"]):
        sentences.append(f"HTCDS cannot hold a date known only to the year or month. It is under {OWN}exploitation.")
    if len(industries(about)) > 1:
        sentences.append("HTCDS takes one kind of work. The first one ticked is given.")
    if about.language and about.language.strip().casefold() not in LANGUAGES:
        sentences.append(f"Lodestar has no code for their language. It is in words under {OWN}language.")
    return sentences
