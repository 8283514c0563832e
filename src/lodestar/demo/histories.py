"""Two years of invented concerns: invented names in many scripts, invented places, the kinds of concern; and the facts of each,
as rows ready to be stored. The same seed gives the same force."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from django.db.models import Model

from lodestar.casework.case_files.actions.people import category_of
from lodestar.casework.cases.models import (
    AllegedOffence,
    Case,
    CaseMember,
    CaseNumber,
    ConsentAnswer,
    Exploitation,
    Person,
)
from lodestar.casework.concerns.models import BeliefDecision
from lodestar.casework.ledger.queries.talks import FOUR_THINGS
from lodestar.casework.safe_addresses.models import SafeAddress, SafeAddressViewer
from lodestar.platform.accounts.access import Member
from lodestar.platform.text.ids import new_id
from lodestar.platform.text.sorting import sort_key

NAMES = (
    "Kieran Tull", "Jaz Okafor-Lamb", "Callum Reddy", "Petra Kovaľová", "Ardit Gjokeja", "Rareș Munteanu", "Nguyễn Thị Hạnh",
    "Trần Văn Đức", "Lê Minh Quân", "Mihaela Ionescu", "Besa Hoxhallari", "Dorina Peshkëpija", "Samira Haile", "ሳሚራ ሃይለ",
    "محمد الأمين", "زهرة احمدي", "李小红", "陈伟", "Kasia Wójcik", "Zofia Dąbrówka", "Oluwaseun Adeyinka", "Blessing Etim",
    "Tendai Moyo-Craig", "Rasa Jankauskė", "Andrius Šimkus", "Shabnam Karimzada", "রফিকুল ইসলাম", "Ana Beatriz Nogueira",
    "Ilir Deda", "Viktória Balogh", "Jean-Baptiste Nkurunziza", "Leyla Çelik", "Shawn Pettifer", "Tia-Mae Grundy",
    "Connor Halfpenny", "Ellie Stannard", "Reece Woolnough", "Maisie Catchpole", "Adanna Obi", "Gabriela Stancu",
    "Florin Dragomir", "Ахмед Салимов", "Оксана Мельник", "Daniel Tesfay", "Hoàng Anh", "Mai", "", "", "", "",
)  # fmt: skip
DESCRIPTIONS = ("man in a grey hoodie", "woman in a red coat", "boy, white trainers", "girl with a rucksack",
                "man, wristband 14", "woman, would not give a name")  # fmt: skip
PLACES = (
    "Harbour Street, Marlsea", "Quay car wash, Marlsea", "Packing shed, Eldham Cross", "Salt Lane, Thornbeck",
    "Nail bar, Fuller's Row, Marlsea", "Farm caravans, Low Wanting", "Railway station, Marlsea", "Flat above the arcade, Marlsea",
    "Industrial unit, Eldham Cross", "Private house, Thornbeck", "Ferry terminal, Marlsea", "School gate, Eldham",
    "Hotel by the ring road", "Building site, Wanting Reach", "Takeaway, Mill Hill, Thornbeck",
)  # fmt: skip
LANGUAGES = ("", "", "Vietnamese", "Albanian", "Romanian", "Polish", "Slovak", "Tigrinya", "Arabic", "Bengali", "Portuguese")


@dataclass(frozen=True)
class Kind:
    """A kind of concern: how often it comes, who is met, and what is suspected."""

    code: str
    weight: int
    what: str
    exploitation: str
    people: tuple[int, int]
    ages: tuple[int, int]
    british: float
    place: str
    act: tuple[str, str, str] | None = None  # act, section, title
    seized: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    organised: bool = False
    in_custody: bool = False


PWITS = ("Misuse of Drugs Act 1971", "5(3)", "possession of a Class A drug with intent to supply")
CANNABIS = ("Misuse of Drugs Act 1971", "4(2)", "production of cannabis")
THEFT = ("Theft Act 1968", "1", "theft from a shop")
DOCUMENT = ("Identity Documents Act 2010", "4", "possession of a false identity document")

KINDS = (
    Kind("county_lines", 26, "Two lads stopped with wraps, one says he owes them.", "criminal", (1, 2), (13, 17), 0.9,
         "street", PWITS, ("drugs", "phone", "cash"), ("food", "safe_place"), True),
    Kind("county_lines_custody", 10, "Boy from out of county booked in with wraps.", "criminal", (1, 1), (14, 19), 0.8,
         "custody", PWITS, ("drugs", "cash"), ("medical", "safe_place"), True, True),
    Kind("cannabis_house", 9, "Warrant: grow over three floors, one male found locked in.", "criminal", (1, 2), (16, 29), 0.05,
         "premises", CANNABIS, ("phone",), ("safe_place", "interpreter", "food"), True),
    Kind("car_wash", 10, "Workers sleeping in the unit, boss answers for them.", "labour", (1, 3), (19, 48), 0.1,
         "premises", None, (), ("safe_place", "interpreter", "food")),
    Kind("nail_bar", 6, "Young woman at a nail bar, no wages, papers held.", "labour", (1, 2), (17, 34), 0.0,
         "premises", None, (), ("interpreter", "safe_place")),
    Kind("farm", 8, "Caravans behind the packing shed, wages kept back.", "labour", (2, 4), (19, 55), 0.05,
         "home", None, (), ("interpreter", "food", "medical")),
    Kind("brothel", 8, "Women moved between flats, phones shared.", "sexual", (1, 3), (18, 41), 0.05,
         "premises", None, (), ("interpreter", "medical", "safe_place"), True),
    Kind("child_sexual", 6, "Girl collected from school by an older man, new phone.", "sexual", (1, 1), (13, 17), 0.9,
         "home", None, (), ("mental_health", "protection")),
    Kind("domestic", 5, "Lives with the family she works for, never out alone.", "domestic", (1, 1), (22, 50), 0.0,
         "home", None, (), ("interpreter", "safe_place")),
    Kind("cuckooed", 5, "His flat is used by others, he is afraid of them.", "criminal", (1, 1), (28, 66), 0.95,
         "home", None, (), ("protection", "mental_health")),
    Kind("shoplifting", 5, "Detained for theft, driver waiting outside.", "criminal", (1, 2), (19, 38), 0.2,
         "street", THEFT, (), ("food", "interpreter")),
    Kind("document", 2, "False document shown at the ferry, travelled with an aunt.", "unknown", (1, 1), (17, 26), 0.0,
         "port", DOCUMENT, (), ("interpreter", "safe_place")),
)  # fmt: skip


MONTHS = 24
LATELY, LATELY_HOURS = 12, 60  # so many of the concerns came in the last hours, and are still being worked on
RESPONSE = (("officer", "supervisor"), ("officer2", "supervisor2"))  # who meets people, and who decides in that unit
BECAUSE = {
    "reasonable_grounds": "Owes money to the one who drove them, and looked to him before each answer.",
    "none": "Paid weekly, keeps the papers, comes and goes. A second account would change it.",
}
# A canary: an address that no page, list, search, log or file may hold but its own.
CANARY = "Flat 9, Canary Wharfinger's House, Nightjar Close"


@dataclass
class Rows:
    """Rows by model, in the order in which they have to be stored."""

    random: Random
    by_model: dict[type[Model], list[Any]] = field(default_factory=lambda: defaultdict(list))
    care: dict[UUID, float] = field(default_factory=dict)  # how well each case was looked after, 0 to 1
    reviews: Counter[UUID] = field(default_factory=Counter)  # of each case, so far
    once: set[object] = field(default_factory=set)  # what was recorded, where one of its kind is enough

    def id_at(self, at: datetime) -> UUID:
        """An id of that moment whose random part comes from the seed."""
        time_part = new_id(int(at.timestamp() * 1000)).int >> 80 << 80
        rest = self.random.getrandbits(80)
        value = time_part | rest
        value = value & ~(0xF << 76) | 0x7 << 76
        return UUID(int=value & ~(0x3 << 62) | 0x2 << 62)

    def add(self, model: type[Model], at: datetime, /, **values: Any) -> Any:
        """A new row of `model`."""
        row = model(id=self.id_at(at), **values)
        self.by_model[model].append(row)
        return row

    def store(self) -> None:
        """Stores all rows, model by model."""
        for model, rows in self.by_model.items():
            model._default_manager.bulk_create(rows, batch_size=2000)


def invent(members: Mapping[str, Member], count: int, now: datetime, seed: int = 20260301) -> Rows:
    """`count` concerns over the months before `now`, thicker towards the end, with all that was recorded of their people."""
    random = Random(seed)
    rows = Rows(random)
    span = timedelta(days=MONTHS * 30)
    days = sorted(
        now - (timedelta(hours=LATELY_HOURS) if position < LATELY else span) * (random.random() ** 1.3)
        for position in range(count)
    )
    numbers: dict[int, int] = defaultdict(int)
    for at in days:
        met = at.replace(second=0, microsecond=0)
        numbers[met.year] += 1
        kind = random.choices(KINDS, [kind.weight for kind in KINDS])[0]
        _concern(rows, members, kind, met, f"FM-{met.year % 100:02d}-{numbers[met.year]:04d}")
    for year, last in numbers.items():
        rows.add(CaseNumber, now, year=year, last=last)
    return rows


def _concern(rows: Rows, members: Mapping[str, Member], kind: Kind, met: datetime, reference: str) -> None:
    random = rows.random
    officer, sergeant = (members[name] for name in random.choice(RESPONSE))
    elsewhere = kind.organised and random.random() < 0.4
    case = rows.add(
        Case, met, reference=reference, unit_id=officer.unit, opened_by_id=officer.user,
        interim_owner_id=officer.user, encountered_at=met, recorded_at=met + timedelta(minutes=random.randint(2, 90)),
        what=kind.what, place=random.choice(PLACES), police_areas=["fenmarch", "essex"] if elsewhere else ["fenmarch"],
        controller_there=random.choice(["", "yes", "no", "not_sure"]), organised_group=True if kind.organised else None,
        people_out_of_force=True if elsewhere else None,
    )  # fmt: skip
    rows.care[case.id] = random.choices([0.95, 0.8, 0.4], [65, 22, 13])[0]
    rows.add(CaseMember, met, case=case, user_id=officer.user, how="opened", from_at=met)
    for number in range(1, random.randint(*kind.people) + 1):
        _person(rows, officer, sergeant, kind, case, number, met)
    if kind.organised and random.random() < 0.3:
        rows.add(
            Person, met, case=case, number=9, name="", sort_key="", description="man in the car outside",
            roles=["exploiter"], category="suspect", belief="none", age_min=25, age_max=45, age_basis="estimated",
            recorded_at=met, recorded_by_id=officer.user,
        )  # fmt: skip


def _age(random: Random, kind: Kind) -> tuple[int | None, int | None, str]:
    age = random.randint(*kind.ages)
    how = random.choices(["document", "stated", "estimated", "disputed", "unknown"], [15, 50, 20, 8, 7])[0]
    if how == "unknown":
        return None, None, "unknown"
    if how in ("estimated", "disputed"):
        return max(age - 2, 0), age + 3, how
    return age, age, how


def _person(rows: Rows, officer: Member, sergeant: Member, kind: Kind, case: Any, number: int, met: datetime) -> None:
    random = rows.random
    low, high, basis = _age(random, kind)
    name = random.choice(NAMES)
    roles = ["possible_victim"] + (["suspect"] if kind.act and random.random() < 0.8 else [])
    belief = first_belief = random.choices(["reasonable_grounds", "signs_only", "none"], [78, 17, 5])[0]
    if first_belief == "signs_only" and random.random() < 0.8:  # the sergeant decided soon after
        belief = random.choice(["reasonable_grounds", "reasonable_grounds", "none"])
    person = rows.add(
        Person, met, case=case, number=number, name=name, sort_key=sort_key(name)[:400],
        description="" if name else random.choice(DESCRIPTIONS), language=random.choice(LANGUAGES), roles=roles,
        category=category_of(roles), belief=belief, birth_date=_birth(low, basis, met.date()), age_min=low, age_max=high,
        age_basis=basis, alive=True, place=kind.place, out_of_danger=random.choice(["yes", "no", "not_sure"]),
        seized=list(kind.seized) if "suspect" in roles else [], needs=[n for n in kind.needs if random.random() < 0.8],
        threats=["family_abroad"] if random.random() < 0.06 else [], british=random.random() < kind.british or None,
        care_and_support_needs=True if kind.code == "cuckooed" else None,
        found_after_missing=True if kind.code.startswith("county") and random.random() < 0.3 else None,
        helpers=["solicitor"] if kind.in_custody else [], recorded_at=case.recorded_at, recorded_by_id=officer.user,
    )  # fmt: skip
    if belief != first_belief:
        _decision(rows, sergeant, person, met)
    rows.add(
        Exploitation, met, person=person, type=kind.exploitation, where=["uk"], police_areas=case.police_areas,
        still_in_situation=random.choice([True, True, False, None]), organised=kind.organised or None,
    )  # fmt: skip
    if "suspect" in roles and kind.act:
        act, section, title = kind.act
        rows.add(
            AllegedOffence, met, person=person, act=act, section=section, title=title,
            on_from=met.date().isoformat(), on_to=met.date().isoformat(), where="england_wales", age_then_min=low,
            age_then_max=high, stage="arrest" if kind.in_custody else random.choice(["stop", "arrest"]),
        )  # fmt: skip
    if belief == "reasonable_grounds" and (high is None or high >= 18) and random.random() < 0.85:
        _consent(rows, officer, person, met, "interpreter" in kind.needs)
    if random.random() < 0.04:
        _address(rows, officer, person, met)


def _decision(rows: Rows, sergeant: Member, person: Any, met: datetime) -> None:
    at = met + timedelta(minutes=rows.random.randint(6, 12))
    rows.add(
        BeliefDecision, at, person=person, belief=person.belief, how="decided", because=BECAUSE[person.belief], decided_at=at,
        recorded_at=at + timedelta(minutes=2), by_id=sergeant.user,
    )  # fmt: skip


def _birth(low: int | None, basis: str, met: date) -> str:
    return date(met.year - low - 1, 9, 4).isoformat() if basis == "document" and low is not None else ""


def _consent(rows: Rows, officer: Member, person: Any, met: datetime, foreign: bool) -> None:
    random = rows.random
    explained = sorted(FOUR_THINGS) if random.random() < 0.85 else ["police_are_told"]
    asked = met + timedelta(minutes=random.randint(20, 600))
    answer: Sequence[Any] = random.choices([(True, None), (False, None), (None, True), (None, None)], [62, 22, 9, 7])[0]
    interpreter = random.choices(["independent", "companion", "none"], [85, 7, 8])[0] if foreign else "not_needed"
    rows.add(
        ConsentAnswer, asked, person=person, asked_at=asked, nrm=answer[0], wants_time=answer[1],
        capacity=random.choices(["", "true", "in_doubt"], [45, 52, 3])[0], spoke_alone=random.random() < 0.9,
        interpreter=interpreter, said=explained, recorded_at=asked + timedelta(minutes=10),
        recorded_by_id=officer.user,
    )  # fmt: skip


def _address(rows: Rows, officer: Member, person: Any, met: datetime) -> None:
    at = met + timedelta(hours=5)
    rows.add(SafeAddress, at, person=person, address=CANARY, recorded_at=at, recorded_by_id=officer.user)
    rows.once.add(("viewer", person.id))
    rows.add(SafeAddressViewer, at, person=person, user_id=officer.user)
