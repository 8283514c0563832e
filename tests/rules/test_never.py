"""What must never happen to anybody, whatever is met: held against generated encounters.

Who may be a child, and for whom section 45 of the Modern Slavery Act 2015 is considered, is told here once more from the
facts and the Act, so that a rule that reads it wrongly is found.
"""

from collections.abc import Iterator, Set
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.exchange.assess.rules import answer, everything_owed
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.facts import (
    AGE_BASES,
    WHERE,
    Birth,
    CaseFacts,
    Consent,
    EarlierReferral,
    Encounter,
    PersonFacts,
    SuspectedAct,
)
from lodestar.platform.obligations.obligation_status import obligation_statuses
from lodestar.platform.obligations.obligations import as_day
from lodestar.platform.obligations.settings import SHIPPED
from tests.offenders import each
from tests.rules.generated import FLAG, encounters, forms, people
from tests.rules.meeting import codes

ELSEWHERE = ("scotland", "northern_ireland", "abroad")
IN_FORCE = date(2015, 7, 31)


def everybody(encounter: Encounter, **told: Any) -> Encounter:
    """The same encounter, with `told` of everybody in it."""
    return replace(encounter, people=tuple(replace(person, **told) for person in encounter.people))


def refusing(encounter: Encounter, **how: Any) -> Encounter:
    """Everybody is a living possible victim who said no; `how` they were asked. What was referred earlier stays."""
    met = everybody(encounter, belief="reasonable_grounds", alive=True, place="street")
    people = tuple(replace(person, consent=replace(person.consent, nrm=False, **how)) for person in met.people)
    return replace(met, people=people)


ALONE = {"spoke_alone": True, "interpreter": "independent", "capacity": None}
REFUSED = st.one_of(encounters().map(refusing), encounters().map(lambda met: refusing(met, **ALONE)))
GROWN = Birth(age_min=30, age_max=41, basis="stated")
BEFORE_THE_DUTY = datetime(2015, 10, 31, 23, 59, 59, tzinfo=UTC)  # the Duty to Notify began the next day


EARLIER = (
    None,
    EarlierReferral(route="nrm", same_events=True, decision="withdrawn"),
    EarlierReferral(route="nrm", same_events=False),
    EarlierReferral(route="dtn", same_events=True),
)


def _between(low: int | None, high: int | None) -> tuple[int | None, int | None]:
    return (low, high) if low is None or high is None or low <= high else (high, low)


@st.composite
def around_18(draw: st.DrawFn) -> Birth:
    """An age told in years that is, or may be, near 18, or that is in dispute and not told at all."""
    low, high = _between(draw(st.sampled_from([None, 16, 17, 18])), draw(st.sampled_from([None, 17, 18, 19, 24])))
    return Birth(age_min=low, age_max=high, basis=draw(st.sampled_from(AGE_BASES)))


@st.composite
def refused_near_18(draw: st.DrawFn) -> Encounter:
    """A refusal, alone and understood, by people of whom it matters how old they are."""
    met = refusing(draw(encounters()), **ALONE)
    return replace(met, people=tuple(replace(person, birth=draw(around_18())) for person in met.people))


@st.composite
def refused_by_adults(draw: st.DrawFn) -> Encounter:
    """A no of adults, valid or not, with whatever capacity and earlier referral, and also when no Duty to Notify was there."""
    how = draw(st.sampled_from([ALONE, {}]))
    met = refusing(draw(encounters().filter(lambda met: bool(met.people))), **how)
    met = everybody(met, birth=GROWN, earlier_referral=draw(st.sampled_from(EARLIER)))
    return replace(met, encountered_at=BEFORE_THE_DUTY) if draw(st.booleans()) else met


def ages_told(person: PersonFacts, day: date) -> list[int]:
    """Every age in years that is said of somebody, by number or by date of birth. An assessed date settles it alone."""
    birth = person.birth
    days = (birth.date.earliest, birth.date.latest) if birth.date else ()
    by_date = [day.year - born.year - ((day.month, day.day) < (born.month, born.day)) for born in days]
    if by_date and birth.basis == "assessed":
        return by_date
    return [*by_date, *(age for age in (birth.age_min, birth.age_max) if age is not None)]


def may_be_a_child(person: PersonFacts, day: date) -> bool:
    """Reasonable grounds to believe under 18: any age told is, or none is and the age is in dispute (s51)."""
    ages = ages_told(person, day)
    return any(age < 18 for age in ages) or (not ages and person.birth.basis == "disputed")


def met_with_grounds(person: PersonFacts) -> bool:
    """A possible victim, alive, met in the United Kingdom."""
    return person.belief == "reasonable_grounds" and person.alive is not False and person.place != "overseas"


def is_referred_already(person: PersonFacts) -> bool:
    """An NRM referral about the same events that was not withdrawn."""
    earlier = person.earlier_referral
    return bool(earlier and earlier.route == "nrm" and earlier.same_events and earlier.decision != "withdrawn")


@settings(max_examples=60, deadline=None)
@given(st.one_of(encounters(), REFUSED, refused_near_18()))
def test_no_child_is_ever_told_of_by_a_duty_to_notify_or_asked(encounter: Encounter) -> None:
    """Modern Slavery Act 2015 s51; statutory guidance (2020) 5.40, 5.43: nor does an earlier notification close the way."""
    day = as_day(encounter.encountered_at)
    for person, told in zip(encounter.people, answer(encounter, SHIPPED)["people"], strict=True):
        if may_be_a_child(person, day):
            assert told["treat_as"] == "child"
            assert told["route"]["code"] not in {"dtn", "ask", "best_interests"}
            assert not codes(told["obligations"]) & {"notify_home_office_without_identity", "reach_nrm_or_dtn"}
            if met_with_grounds(person) and not is_referred_already(person):
                assert told["route"]["code"] == "nrm"


@settings(max_examples=80, deadline=None)
@given(st.one_of(REFUSED, refused_by_adults()))
def test_no_adult_is_referred_on_a_no(encounter: Encounter) -> None:
    """Modern Slavery Act 2015 s52; statutory guidance (2020) 5.29-5.31: an adult decides, and so does who may be one."""
    day = as_day(encounter.encountered_at)
    for person, told in zip(encounter.people, answer(encounter, SHIPPED)["people"], strict=True):
        ages = ages_told(person, day)
        if ages and min(ages) >= 18 and person.birth.age_min is not None and person.birth.basis != "disputed":
            assert told["treat_as"] == "adult"
        if told["treat_as"] != "child":
            assert told["route"]["code"] != "nrm"
            assert "refer_nrm" not in codes(told["obligations"])


# --- section 45 of the Modern Slavery Act 2015 ------------------------------------------------------------------------


def is_for_consideration(person: PersonFacts, day: date) -> bool:
    """A possible victim, somebody who may be a child, or somebody about whom no belief is recorded."""
    is_possible_victim = "possible_victim" in person.roles or person.belief in ("reasonable_grounds", "signs_only")
    return is_possible_victim or may_be_a_child(person, day) or person.belief is None


def as_murder(act: SuspectedAct) -> SuspectedAct:
    """The same act as one that Schedule 4 has always excluded (paragraph 2: murder)."""
    return replace(act, act="common law", section=None, title="murder", particulars=None)


def excluded(encounter: Encounter) -> Encounter:
    """Every suspected act is one that Schedule 4 excludes."""
    people = tuple(replace(person, suspected_of=tuple(map(as_murder, person.suspected_of))) for person in encounter.people)
    return replace(encounter, people=people)


def hardly_suspected(encounter: Encounter) -> Encounter:
    """Adults who are suspected, and of whom nobody has said what is believed."""
    return everybody(encounter, roles=("suspect",), belief=None, birth=GROWN)


@settings(max_examples=40, deadline=None)
@given(st.one_of(encounters(), encounters().map(hardly_suspected)))
def test_an_excluded_offence_never_closes_consideration(encounter: Encounter) -> None:
    """Modern Slavery Act 2015 s45(7), Schedule 4: duress, public interest and the referral remain, and so does the record."""
    day, as_excluded = as_day(encounter.encountered_at), excluded(encounter)
    before, after = answer(encounter, SHIPPED)["people"], answer(as_excluded, SHIPPED)["people"]
    for person, told, other in zip(as_excluded.people, before, after, strict=True):
        assert told["route"] == other["route"]
        if not is_for_consideration(person, day):
            continue
        assert codes(told["obligations"]) - codes(other["obligations"]) <= {"schedule4_person_must_look"}
        assert all(row["schedule4"]["excluded"] is True for row in other["section45"] if row["in_force"])
        if len(other["section45"]) == len(person.suspected_of):  # nobody was under ten
            considered = [act.where not in ELSEWHERE for act in person.suspected_of]
            assert [row["consider"] for row in other["section45"]] == considered
        has_record = "section45_full_record" in codes(other["obligations"])
        assert has_record == (day >= IN_FORCE and any(row["consider"] for row in other["section45"]))


# --- what is not known, and what is added ----------------------------------------------------------------------------


def without_empty(value: Any) -> Any:
    """A JSON value without the keys that say nothing."""
    if isinstance(value, dict):
        return {key: without_empty(one) for key, one in value.items() if one is not None and one != [] and one != {}}
    return [without_empty(one) for one in value] if isinstance(value, list) else value


@settings(max_examples=15, deadline=None)
@given(forms())
def test_a_missing_key_is_not_known_and_nothing_else(form: dict[str, Any]) -> None:
    shorter = without_empty(form)
    assert answer(read_encounter(shorter), SHIPPED) == answer(read_encounter(form), SHIPPED)


# Each fact of a person that may be not known, with all it may be (or what it is presumed to be), and what the papers let a
# known fact bring that waits for it: where somebody sleeps and how they were asked turn on there being an answer at all.
KNOWABLE: dict[str, tuple[tuple[Any, ...], Set[str]]] = {
    "belief": (("reasonable_grounds", "signs_only", "none"), frozenset()),
    "alive": ((True,), frozenset()),  # nobody is thought dead
    "contact_lost": ((True, False), frozenset()),
    "care_and_support_needs": ((True, False), frozenset()),
    "british": ((True, False), frozenset()),
    "found_after_missing": ((True, False), frozenset()),
    "consent.nrm": ((True, False), {"safe_place", "confirm_consent_conditions"}),
    "consent.capacity": ((True,), frozenset()),  # presumed: Mental Capacity Act 2005 s1(2)
    "consent.spoke_alone": ((True, False), frozenset()),
    "consent.interpreter": (("independent", "companion", "none", "not_needed"), frozenset()),
    "consent.wants_time": ((True, False), frozenset()),
}


def with_fact(encounter: Encounter, name: str, value: Any) -> Encounter:
    """The same encounter, with one fact of everybody."""
    part, _, inner = name.partition(".")
    if not inner:
        return everybody(encounter, **{name: value})
    people = tuple(replace(person, **{part: replace(getattr(person, part), **{inner: value})}) for person in encounter.people)
    return replace(encounter, people=people)


@each("name", KNOWABLE)
@settings(max_examples=10, deadline=None)
@given(encounter=encounters())
def test_what_is_owed_whatever_a_fact_may_be_is_owed_while_it_is_not_known(name: str, encounter: Encounter) -> None:
    """Not known is not no: a fact that is missing takes nothing away. What is presumed is owed for too."""
    values, waits = KNOWABLE[name]

    def owed(value: Any) -> set[tuple[str | None, str]]:
        return {(one.person, one.code) for one in everything_owed(with_fact(encounter, name, value), SHIPPED)}

    always = set.intersection(*map(owed, values))
    assert {one for one in always if one[1] not in waits} <= owed(None)


@settings(max_examples=15, deadline=None)
@given(encounters())
def test_without_evidence_nothing_owed_is_closed(encounter: Encounter) -> None:
    assert all(one.state == "open" for one in obligation_statuses(everything_owed(encounter, SHIPPED), ()))


KEPT = frozenset(
    {
        "make_safe", "record_crime", "safe_place", "section45_first_question", "section45_full_record",
        "section45_no_suspected_offence",
    }
)  # fmt: skip
OF_AN_ACT: dict[str, tuple[Any, ...]] = {
    "act": ("common law", "Theft Act 1968"), "section": ("9",), "title": ("murder", "burglary"),
    "particulars": ("with intent to steal",), "where": WHERE, "stage": ("arrest", "convicted"),
    "age_then_min": (9, 17, 30), "age_then_max": (9, 17, 50),
}  # fmt: skip


def with_more(person: PersonFacts, more: PersonFacts) -> Iterator[tuple[str, PersonFacts]]:
    """The person with one fact more, each time another, as `more` has it: what was not known, or one more in a list."""
    for name in (one.name for one in fields(PersonFacts) if one.name != "id"):
        now, then = getattr(person, name), getattr(more, name)
        if isinstance(now, tuple):
            if then:
                yield name, replace(person, **{name: tuple(dict.fromkeys((*now, *then)))})
        elif now is None:
            yield name, replace(person, **{name: then})
        elif name in ("consent", "birth"):
            for part in (one.name for one in fields(now)):
                if getattr(now, part) is None:
                    told = replace(now, **{part: getattr(then, part)})
                    yield f"{name}.{part}", replace(person, **{name: told})
    for number, act in enumerate(person.suspected_of):
        for part, value in of_an_act(act, more):
            acts = list(person.suspected_of)
            acts[number] = replace(act, **{part: value})
            yield f"suspected_of.{part}", replace(person, suspected_of=tuple(acts))


def of_an_act(act: SuspectedAct, more: PersonFacts) -> Iterator[tuple[str, Any]]:
    """What is not known of an act, with each of a few things it may be, as far as its ages can both be true."""
    parts = OF_AN_ACT | {"on": tuple(other.on for other in more.suspected_of)}
    for part, value in ((part, value) for part, values in parts.items() for value in values):
        low, high = (value if part == name else getattr(act, name) for name in ("age_then_min", "age_then_max"))
        if getattr(act, part) is None and not (low is not None and high is not None and low > high):
            yield part, value


def may_go(name: str, person: PersonFacts) -> bool:
    """Whether the fact added is death, or that it was abroad: of an act, also in Scotland or Northern Ireland, whose law is
    another (Modern Slavery Act 2015 s45 is of England and Wales)."""
    if name == "alive":
        return person.alive is False
    if name == "suspected_of.where":
        return any(act.where in ELSEWHERE for act in person.suspected_of)
    return (name == "exploitation" and any("overseas" in one.where for one in person.exploitation)) or (
        name == "place" and person.place == "overseas"
    )


def may_end(code: str, name: str, person: PersonFacts, owed: Set[str]) -> bool:
    """Whether the fact added may end one of these, as the list of duties says. An offence told ends that there is none.
    An age at the act under ten ends the record of section 45 of the Modern Slavery Act 2015; for somebody who is not thought
    a possible victim so may a belief, an age or the offence. An age, now or at an act, that shows an adult makes where they
    sleep wait for their answer."""
    if code == "section45_no_suspected_offence":
        return name == "suspected_of"
    if code == "section45_full_record":
        if is_a_possible_victim(person):
            return name.startswith(("birth", "suspected_of")) and "under_ten_to_childrens_services" in owed
        return name.startswith(("birth", "suspected_of", "belief"))
    is_now_asked = "explain_who_will_know" in owed and person.consent.nrm is None  # a child no longer
    return code == "safe_place" and name.startswith(("birth", "suspected_of")) and is_now_asked


def hardly_known(encounter: Encounter) -> Encounter:
    """The same people and their acts, of whom nothing else is known: every fact can be added."""
    unknown = dict.fromkeys(
        ("belief", "alive", "place", "contact_lost", "care_and_support_needs", "british", "found_after_missing")
    )
    return everybody(encounter, **unknown, consent=Consent(), birth=Birth(), earlier_referral=None)


@settings(max_examples=30, deadline=None)
@given(st.one_of(encounters(), encounters().map(hardly_known)), people(1).map(lambda told: told | {"id": "more"}))
def test_what_keeps_somebody_from_harm_never_goes_by_a_fact_added(encounter: Encounter, more: dict[str, Any]) -> None:
    """Only death, or that all was abroad, takes one of these away, and what the list of duties itself turns on."""
    told = read_encounter({"encountered_at": encounter.encountered_at.isoformat(), "people": [more]}).people[0]

    def mine(met: Encounter, number: int) -> list[tuple[str, str, str]]:
        everything = everything_owed(met, SHIPPED)
        return [(one.code, one.subject, one.moment) for one in everything if one.person == met.people[number].id]

    for number, person in enumerate(encounter.people):
        before = {one for one in mine(encounter, number) if one[0] in KEPT}
        for name, other in with_more(person, told):
            if may_go(name, other):
                continue
            others = (*encounter.people[:number], other, *encounter.people[number + 1 :])
            after = mine(replace(encounter, people=others), number)
            owed = {one[0] for one in after}
            gone = {one for one in before - set(after) if not may_end(one[0], name, other, owed)}
            assert not gone, name


CASES = st.builds(
    CaseFacts,
    police_areas=st.sampled_from([(), ("essex",), ("essex", "gwent")]),
    organised_group=FLAG,
    people_out_of_force=FLAG,
    links_abroad=FLAG,
    deaths=st.sampled_from([None, 0, 1]),
    diplomat=FLAG,
)


@settings(max_examples=30, deadline=None)
@given(encounters(), CASES)
def test_nothing_told_of_the_case_takes_away_what_is_owed_to_its_people(encounter: Encounter, case: CaseFacts) -> None:
    """A diplomat's household, a death or a group changes who is told, never what anybody in it is owed."""

    def owed(met: Encounter) -> set[tuple[str | None, str]]:
        return {(one.person, one.code) for one in everything_owed(met, SHIPPED) if one.person}

    bare = replace(encounter, case=CaseFacts())
    assert owed(bare) <= owed(replace(encounter, case=case))


def is_a_possible_victim(person: PersonFacts) -> bool:
    """By their part, or by what is believed of them."""
    return "possible_victim" in person.roles or person.belief in ("reasonable_grounds", "signs_only")
