"""Encounters as hypothesis draws them: any facts the form takes, likely or not."""

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from lodestar.platform.obligations import facts as told
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.facts import Encounter

FLAG = st.sampled_from([True, False, None])
AREA = st.sampled_from(["fenmarch", "essex", "metropolitan", "gwent", "btp"])
YEAR_OR_DAY = st.sampled_from(["2014", "2015", "2015-07", "2015-07-31", "2022-12-12", "2023-01-30", "2024-02-22", "2026-02"])
BORN = st.sampled_from(["1985", "1996-02-29", "1997-10", "2001-06-30", "2005", "2008-02-29", "2009-03-03", "2013-12-31"])
SPAN = st.one_of(
    st.none(),
    YEAR_OR_DAY,
    st.sampled_from([{"from": "2014", "to": "2016"}, {"from": "2025-01-01", "to": None}, {"from": None, "to": "2020"}]),
)
OFFENCE = st.sampled_from(
    [
        ("Misuse of Drugs Act 1971", "5(3)", None), ("common law", None, "murder"), ("Theft Act 1968", "9", "burglary"),
        ("Criminal Law Act 1977", "1", "conspiracy to supply"), ("Sexual Offences Act 2003", "66B", None),
        ("Fraud Act 2006", None, None), (None, None, "robbery"), ("Criminal Damage Act 1971", "1(1)", "arson"),
    ]
)  # fmt: skip


def one_of(options: Any) -> Any:
    return st.sampled_from([*options, None])


def some_of(options: Any) -> Any:
    return st.lists(st.sampled_from(options), max_size=3, unique=True)


@st.composite
def births(draw: Any) -> dict[str, Any]:
    low = draw(st.one_of(st.none(), st.integers(0, 60)))
    high = draw(st.one_of(st.none(), st.integers(low or 0, 90)))
    born = draw(st.one_of(st.none(), BORN))
    return {"date": born, "age_min": low, "age_max": high, "basis": draw(one_of(told.AGE_BASES))}


@st.composite
def acts(draw: Any, has_ages: bool = True) -> dict[str, Any]:
    """`has_ages`: an age at the act may be told, which must not contradict a date of birth."""
    act, section, title = draw(OFFENCE)
    low = draw(st.one_of(st.none(), st.integers(5, 40))) if has_ages else None
    high = draw(st.one_of(st.none(), st.integers(low or 5, 60))) if has_ages else None
    return {
        "act": act, "section": section, "title": title, "particulars": draw(one_of(["with intent to steal", "by fire"])),
        "on": draw(SPAN), "where": draw(one_of(told.WHERE)),
        "age_then_min": low, "age_then_max": high,
        "stage": draw(one_of(told.STAGES)),
    }  # fmt: skip


EXPLOITATION = st.fixed_dictionaries(
    {
        "type": one_of(told.EXPLOITATION_TYPES), "in": some_of(told.EXPLOITED_IN), "police_areas": st.lists(AREA, max_size=2),
        "still_in_situation": FLAG, "organised": FLAG,
    }
)  # fmt: skip
CONSENT = st.fixed_dictionaries(
    {
        "nrm": FLAG, "capacity": one_of(told.CAPACITIES), "spoke_alone": FLAG, "interpreter": one_of(told.INTERPRETERS),
        "wants_time": FLAG, "may_be_named": FLAG,
    }
)  # fmt: skip
EARLIER = st.fixed_dictionaries(
    {
        "route": one_of(told.ROUTES_BEFORE), "by": one_of(["Kent Police", "fenmarch"]), "same_events": FLAG,
        "decision": one_of(told.DECISIONS), "decided_on": st.one_of(st.none(), YEAR_OR_DAY),
        "notice_on": st.one_of(st.none(), YEAR_OR_DAY), "new_evidence": FLAG,
    }
)  # fmt: skip


@st.composite
def people(draw: Any, number: int) -> dict[str, Any]:
    birth = draw(st.one_of(st.none(), births()))
    has_ages = not (birth and birth["date"])
    return {
        "id": f"p{number}", "roles": draw(some_of(told.ROLES)), "belief": draw(one_of(told.BELIEFS)),
        "birth": birth, "alive": draw(FLAG), "place": draw(one_of(told.PLACES)),
        "contact_lost": draw(st.sampled_from([True, False, None, "2026-03-02T20:00:00+00:00"])),
        "exploitation": draw(st.lists(EXPLOITATION, max_size=2)), "consent": draw(st.one_of(st.none(), CONSENT)),
        "helpers": draw(some_of(told.HELPERS)), "seized": draw(some_of(told.SEIZED)),
        "threats": draw(some_of(told.THREATS)), "care_and_support_needs": draw(FLAG), "british": draw(FLAG),
        "found_after_missing": draw(FLAG), "earlier_referral": draw(st.one_of(st.none(), EARLIER)),
        "suspected_of": draw(st.lists(acts(has_ages), max_size=3)), "needs": draw(some_of(told.NEEDS)),
    }  # fmt: skip


@st.composite
def forms(draw: Any) -> dict[str, Any]:
    """What `assess` is given, as JSON holds it."""
    met = draw(st.datetimes(datetime(2014, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)))
    return {
        "reference": draw(st.one_of(st.none(), st.text(max_size=8))),
        "encountered_at": met.replace(microsecond=0).isoformat(),
        "force": draw(st.one_of(st.none(), AREA)),
        "nation": draw(one_of(told.NATIONS)),
        "people": [draw(people(number)) for number in range(1, draw(st.integers(0, 3)) + 1)],
        "case": {
            "police_areas": draw(st.lists(AREA, max_size=2)), "organised_group": draw(FLAG),
            "people_out_of_force": draw(FLAG), "links_abroad": draw(FLAG), "diplomat": draw(FLAG),
            "deaths": draw(st.one_of(st.none(), st.integers(0, 3))),
        },
    }  # fmt: skip


def encounters() -> st.SearchStrategy[Encounter]:
    """Any encounter the form takes."""
    return forms().map(read_encounter)
