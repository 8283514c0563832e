"""The concerns of two years: when each came, of what kind, where, and who was met. Pure: the same day gives the same force, and
those of last year have the same numbers on every day of this one."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from django.utils import timezone

SEED = 20260301
YEARS_BACK, DAYS = 2, 733  # all of last year is among them on every day of this one
A_YEAR = {2: 6, 1: 13, 0: 38}  # how many come in this year, last year and the year before, besides those that are told
# What is still being worked on: how many hours before now it came, and of which kind, where that is said.
LATELY = ((3.4, "county_lines_custody"), (9.2, ""), (16.7, ""), (22.5, ""), (31.1, ""), (44.8, "knife"), (70.3, ""))
ADULT = 18
UNITS = ("Marlsea response", "Eldham response")
BASES = (["document", "stated", "estimated", "disputed", "unknown"], [38, 47, 10, 3, 2])


@dataclass(frozen=True)
class PlannedPerson:
    """Somebody who is met. `age` is the true one, which nobody may know; `consent` how an adult answers about referral, and
    `plot` what comes of the referral: each a kind of decision and how many working days it took."""

    name: str
    group: str
    woman: bool
    age: int
    facts: Mapping[str, Any]
    more: Mapping[str, Any]
    belief: str
    consent: str
    offence: Mapping[str, Any]
    conclusion: str
    plot: tuple[tuple[str, int], ...]

    @property
    def is_child(self) -> bool:
        """Whether they are under 18."""
        return self.age < ADULT


@dataclass(frozen=True)
class PlannedConcern:
    """One concern. `told` is its row of `scripted.toml`, where it is told on purpose."""

    key: str
    met: datetime
    kind: Mapping[str, Any]
    unit: str
    what: str
    place: str
    people: tuple[PlannedPerson, ...]
    told: Mapping[str, Any] = field(default_factory=dict)

    @property
    def random(self) -> Random:
        """Chance of its own, so that no other concern changes what becomes of it."""
        return Random(f"{SEED} {self.key} course")


@cache
def listed(name: str) -> Mapping[str, Any]:
    """One of the lists of `demo/data`."""
    return tomllib.loads((Path(__file__).parent / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def planned(now: datetime, *, few: bool = False) -> list[PlannedConcern]:
    """The concerns of the two years before `now`, in order. `few`: only those that are told, and the latest."""
    concerns = [concern for back in range(YEARS_BACK, -1, -1) for concern in _of_year(now.year - back, back, few=few)]
    for number, (hours, kind) in enumerate(LATELY):
        at = now.replace(second=0, microsecond=0) - timedelta(hours=hours)
        concerns.append(_concern(f"lately {number}", at, is_kind=kind))
    ends = now - timedelta(days=4)
    seen = [c for c in concerns if now - timedelta(days=DAYS) < c.met < (now if c.key.startswith("lately") else ends)]
    return _each_named_once(sorted(seen, key=lambda concern: concern.met))


def numbered(concerns: Sequence[PlannedConcern]) -> dict[str, tuple[int, int]]:
    """Return the year and the number in it of each concern's case, by the concern's key."""
    last: dict[int, int] = {}
    numbers = {}
    for concern in concerns:
        year = timezone.localtime(concern.met).year
        last[year] = last.get(year, 0) + 1
        numbers[concern.key] = (year, last[year])
    return numbers


def is_of_today(concern: PlannedConcern) -> bool:
    """Whether the case is made before the sign-in page is up: those that docs/demo.md tells of, and the latest."""
    return bool(concern.told) or concern.key.startswith("lately")


def month_of(concern: PlannedConcern) -> str:
    """Return the month in which the concern came, as 2026-03."""
    return f"{timezone.localtime(concern.met):%Y-%m}"


def _each_named_once(concerns: Sequence[PlannedConcern]) -> list[PlannedConcern]:
    """The same concerns, nobody of whom has the name of somebody else."""
    taken = {person["name"] for row in listed("scripted")["case"] for person in row["people"]}
    named = []
    for concern in concerns:
        people = [person if concern.told else _named_apart(concern, person, taken) for person in concern.people]
        named.append(replace(concern, people=tuple(people)))
    return named


def _named_apart(concern: PlannedConcern, person: PlannedPerson, taken: set[str]) -> PlannedPerson:
    group = next(row for row in listed("names")["group"] if row["code"] == person.group)
    random, name = Random(f"{SEED} {concern.key} {person.age}"), person.name
    while name in taken:
        name = _name(random, group, person.woman)
    taken |= {name} if name else set()
    return replace(person, name=name, facts={**person.facts, "name": name})


def _of_year(year: int, back: int, *, few: bool) -> list[PlannedConcern]:
    told = []
    for number, row in enumerate(listed("scripted")["case"] if back == 1 else ()):
        at = datetime.strptime(f"{year}-{row['on']}", "%Y-%m-%d %H:%M").replace(tzinfo=timezone.get_default_timezone())
        told.append(_concern(f"told {number}", at, row))
    if few:
        return told
    random, begins = Random(f"{SEED} year {back}"), datetime(year, 1, 1, tzinfo=timezone.get_default_timezone())
    minutes = sorted(random.randrange(365 * 24 * 60) for _ in range(A_YEAR[back]))
    return told + [_concern(f"{back} {number}", begins + timedelta(minutes=at)) for number, at in enumerate(minutes)]


def _concern(key: str, met: datetime, told: Mapping[str, Any] | None = None, *, is_kind: str = "") -> PlannedConcern:
    told, random, lists = told or {}, Random(f"{SEED} {key}"), listed("concerns")
    kinds: Sequence[Mapping[str, Any]] = lists["kind"]
    kind = random.choices(kinds, [kind["share"] for kind in kinds])[0]
    kind = next((row for row in kinds if row["code"] == told.get("kind", is_kind)), kind)
    spot, town = random.choice(kind["spots"]), random.choice(lists["towns"])
    place = spot if "," in spot else f"{spot}, {random.choice(lists['streets'])}, {town}"
    unit = UNITS[0] if town in ("Marlsea", "Wanting Reach") else UNITS[1]
    people = told.get("people") or [{} for _ in range(random.randint(*kind["people"]))]
    met_on, what = timezone.localtime(met).date(), told.get("what") or random.choice(kind["what"])
    return PlannedConcern(
        key, met, kind, unit, what, told.get("place", place), tuple(_person(random, kind, met_on, row) for row in people), told
    )


def _person(random: Random, kind: Mapping[str, Any], met: date, told: Mapping[str, Any]) -> PlannedPerson:
    group = random.choice([row for row in listed("names")["group"] if row["code"] in kind["groups"]])
    woman = told.get("woman", random.random() > kind.get("men", 0.8))
    age = told.get("age", random.randint(*kind["ages"]))
    basis = told.get("basis") or random.choices(*BASES)[0]
    is_suspected = told.get("suspected", random.random() < kind.get("suspected", 0))
    offence = listed("concerns")["offences"][told.get("offence", kind.get("offence", "theft"))] if is_suspected else {}
    stage = told.get("stage") or random.choice(kind.get("stages", ["arrest"]))
    language = told.get("language", group["language"])
    name = told.get("name") or (_name(random, group, woman) if random.random() < 0.97 else "")
    is_british = bool(kind.get("british")) and group["code"] == "english"
    needs = [need for need in kind["needs"] if need != "interpreter" or language not in ("", "English")]
    facts = {
        "name": name, "language": language, "roles": ["possible_victim", *(["suspect"] if offence else [])],
        "description": "" if name else _description(woman, age), **_age(random, age, basis, met),
    }  # fmt: skip
    more = {
        "alive": not told.get("dead", False), "british": is_british,
        "out_of_danger": random.choice(["yes", "yes", "no", "not_sure"]),
        "needs": [] if told.get("dead") else needs, "seized": kind.get("seized", []) if offence else [],
        "helpers": kind.get("helpers", []) if random.random() < 0.5 else [],
        "threats": ["family_abroad"] if random.random() < 0.05 else [],
        "care_and_support_needs": True if random.random() < kind.get("care_and_support", 0) else None,
    }  # fmt: skip
    act = {**offence, "where": "england_wales", "stage": stage, "on_from": met.isoformat(), "on_to": met.isoformat()}
    believed = "reasonable_grounds" if told or random.random() < 0.86 or age < ADULT else "signs_only"
    consent = told.get("consent") or random.choices(["yes", "no", "time"], [60, 27, 13])[0]
    conclusion = told.get("conclusion") or random.choices(["likely", "unlikely", "cannot_tell"], [50, 20, 30])[0]
    plot = tuple(_steps(told["plot"]) if "plot" in told else _plot(random, age < ADULT))
    return PlannedPerson(
        name, group["code"], woman, age, facts, more, believed, consent, act if offence else {}, conclusion, plot
    )


def _name(random: Random, group: Mapping[str, Any], woman: bool) -> str:
    given, surname = random.choice(group["women" if woman else "men"]), random.choice(group["surnames"])
    return f"{surname} {given}" if group.get("surname_first") else f"{given} {surname}"


def _description(woman: bool, age: int) -> str:
    who = ("girl" if woman else "boy") if age < ADULT else ("woman" if woman else "man")
    return f"{who}, would not give a name"


def _age(random: Random, age: int, basis: str, met: date) -> dict[str, Any]:
    """What is recorded of an age: of a document or as they say it also the date of birth, of a guess two bounds."""
    if basis == "unknown":
        return {"age_basis": "unknown"}
    if basis in ("estimated", "disputed"):
        low, high = (max(age - 2, 10), min(age + 2, ADULT - 1)) if age < ADULT - 1 else (age - 1, age + 3)
        return {"age_basis": basis, "age_min": low, "age_max": high}
    born = (date(met.year - age, met.month, min(met.day, 28)) - timedelta(days=random.randint(5, 350))).isoformat()
    knows_day = basis == "document" or random.random() < 0.7
    return {"age_basis": basis, "age_min": age, "age_max": age, "birth_date": born if knows_day else ""}


def _steps(rows: Sequence[str]) -> Sequence[tuple[str, int]]:
    return [(row.split()[0], int(row.split()[1])) for row in rows]


def _plot(random: Random, is_child: bool) -> Sequence[tuple[str, int]]:
    """What comes of a referral, as the competent authority decides: each step with the working days that it took."""
    asked = [("info_asked", random.randint(2, 5))] if random.random() < 0.12 else []
    if random.random() < 0.04:
        return [*asked, ("withdrawn", random.randint(5, 30))]
    if random.random() < (0.93 if is_child else 0.82):
        decided = random.choice(["cg_positive", "cg_positive", "cg_positive", "cg_negative"])
        return [*asked, ("rg_positive", random.randint(3, 9)), (decided, random.randint(70, 240))]
    again = [("rec_asked", random.randint(6, 14)), (random.choice(["rec_accepted", "rec_refused"]), random.randint(4, 6))]
    accepted = again[-1][0] == "rec_accepted"
    return [*asked, ("rg_negative", random.randint(4, 10)), *again, *([("rg_positive", 9)] if accepted else [])]
