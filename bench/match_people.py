"""People invented for `bench/match`: names as common as names are, of many tongues, half of them written by their own custom."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

IN_A_CASE = 1000
MET = datetime(2026, 3, 2, 23, 40, tzinfo=UTC)
INDEX = (
    "create index identities_personindexkey_filed on identities_personindexkey "
    "using gin ((marks || hashtextextended(tenant::text, 0))) with (fastupdate = off)"
)
# Syllables of invented names, by the sound of a tongue: first names and family names are made of them.
TONGUES = {
    "slavic": ("an|bo|da|ev|ger|iv|ka|le|mi|na|ol|pe|ra|ser|ta|va|yu|zo|vla|sta", "ov|enko|ski|uk|ich|in|ovic|ak"),
    "romance": ("al|be|cri|do|e|flo|ga|io|lu|ma|ni|pa|ro|san|ti|vi|an|de|mir|re", "escu|eanu|aru|oni|ez|ini|ario|is"),
    "arabic": ("ab|ah|ba|fa|ha|ja|ka|la|ma|na|ra|sa|ta|wa|za|mu|nu|su|yu|li", "id|im|ud|an|ir|ad|is|oud"),
    "indian": ("a|bha|de|ga|ha|ja|ka|la|ma|na|pra|ra|sa|su|vi|man|pre|raj|kir|tan", "esh|a|it|deep|ali|wal|jit|an"),
    "african": ("a|be|chi|da|e|fe|ge|ha|ke|le|mu|ne|o|se|te|wo|ye|za|ki|ru", "bede|le|su|ye|lu|mariam|tade|ke"),
    "balkan": ("ag|ar|be|dri|el|fa|gen|il|kre|lu|me|ni|par|shk|ti|val|xhe|yl|ze|bu", "aj|i|ani|uka|oti|eri|ishi|ara"),
}
SHORT = {
    "chinese": "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song zheng xie han tang "
    "feng",
    "given": "wei fang na min jing li qiang lei jun yang yong jie juan yan chao ming xia ping gang hui lan ying hua mei jian "
    "bo ning",
    "vietnamese": "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly",
    "middle": "thi van duc minh quoc ngoc thanh xuan huu",
    "last": "anh binh chi dung giang hoa huong khanh lan linh long mai nam nga phuong quan son tam thao trang tuan viet yen",
}


@dataclass(frozen=True)
class Invented:
    """Somebody invented: a name and when they were born, the whole day or the year."""

    name: str
    born: str

    @property
    def named(self) -> Any:
        from lodestar.intelligence.identities.rules.match_reasons import Described

        return Described((self.name,))

    @property
    def described(self) -> Any:
        from lodestar.intelligence.identities.rules.match_reasons import Described

        return Described((self.name,), born=self.born)


class Inventor:
    """Invents people, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        names = Random(7)  # the names are the same whoever is invented
        self.first, self.family = {}, {}
        for tongue, (syllables, endings) in TONGUES.items():
            parts, ends = syllables.split("|"), endings.split("|")
            self.first[tongue] = _made(names, parts, ["", "a", "o", "i", *ends[:3]], 900)
            self.family[tongue] = _made(names, parts, ends, 5000)
        self.weights = {count: [1 / (place + 4) for place in range(count)] for count in (900, 5000)}
        self.summed = {count: _running(weights) for count, weights in self.weights.items()}
        self.short = {kind: words.split() for kind, words in SHORT.items()}

    def person(self) -> Invented:
        """The next one."""
        born = date(1950, 1, 1) + timedelta(days=int(self.random.random() ** 0.6 * 22_000))
        how = self.random.random()
        return Invented(self.name(), born.isoformat() if how < 0.6 else str(born.year) if how < 0.85 else "")

    def name(self) -> str:
        """A name of some tongue, common ones as often as they are."""
        kind = self.random.random()
        pick = self.random.choice
        if kind < 0.12:
            given = pick(self.short["given"]) + (pick(self.short["given"]) if self.random.random() < 0.7 else "")
            return f"{pick(self.short['chinese'])} {given}".title()
        if kind < 0.27:
            return " ".join(pick(self.short[part]) for part in ("vietnamese", "middle", "last")).title()
        tongue = pick(tuple(TONGUES))
        first, family = self._one(self.first[tongue]), self._one(self.family[tongue])
        second = f" {self._one(self.first[tongue])}" if self.random.random() < 0.2 else ""
        return f"{first}{second} {family}".title()

    def _one(self, names: list[str]) -> str:
        return self.random.choices(names, cum_weights=self.summed[len(names)])[0]


def _made(random: Random, parts: list[str], ends: list[str], count: int) -> list[str]:
    found: dict[str, None] = {}
    while len(found) < count:
        found.setdefault("".join(random.choices(parts, k=random.choice((1, 2, 2, 3)))) + random.choice(ends))
    return list(found)


def _running(weights: list[float]) -> list[float]:
    total, found = 0.0, []
    for weight in weights:
        total += weight
        found.append(total)
    return found


# --- in the database, as its owner ---------------------------------------------------------------------------------------


def fill(stood: int, size: int) -> None:
    """Makes people until there are `size` invented ones, of which `stood` are there."""
    from django.db import connection, transaction

    from lodestar.casework.cases.models import Case
    from lodestar.platform.tenancy.tenant_transaction import within

    inventor = Inventor(size)
    with within("fenmarch"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 0")  # an index of a million takes its time
        cursor.execute("drop index identities_personindexkey_filed")
        case = Case.objects.order_by("id").first()
        assert case is not None
        for first in range(stood, size, 20_000):
            _some(cursor, inventor, case, first, min(first + 20_000, size))
        cursor.execute("set constraints all immediate")
        cursor.execute("set local maintenance_work_mem = '256MB'")
        cursor.execute(INDEX)


PERSON = (
    "id", "tenant", "case_id", "number", "name", "sort_key", "description", "language", "roles", "category", "belief",
    "birth_date", "age_basis", "place", "out_of_danger", "helpers", "seized", "threats", "needs", "recorded_at",
    "recorded_by_id", "version",
)  # fmt: skip


def _some(cursor: Any, inventor: Inventor, case: Any, first: int, last: int) -> None:
    from lodestar.casework.cases.models import Case
    from lodestar.intelligence.identities.queries import hashed, serialise_description
    from lodestar.intelligence.identities.rules.blind_index import marks_of
    from lodestar.platform.text.ids import new_id

    people, marks = [], []
    for at in range(first, last, IN_A_CASE):
        mine = Case(
            id=new_id(), reference=f"FM-00-{at:07}", unit_id=case.unit_id, opened_by_id=case.opened_by_id,
            interim_owner_id=case.opened_by_id, encountered_at=MET, recorded_at=MET,
        )  # fmt: skip
        mine.save(force_insert=True)
        for number in range(1, min(IN_A_CASE, last - at) + 1):
            one, person = inventor.person(), new_id()
            people.append((
                person, "fenmarch", mine.id, number, one.name, one.name.casefold(), "", "", "{}", "victim", "", one.born,
                "unknown", "", "", "{}", "{}", "{}", "{}", MET, case.opened_by_id, 1,
            ))  # fmt: skip
            marks.append((new_id(), "fenmarch", person, one.described))
    _copy(cursor, "cases_person", PERSON, iter(people))
    rows = (
        (one, tenant, person, "{" + ",".join(map(str, sorted(hashed(marks_of(told))))) + "}", sealed(serialise_description(told)))
        for one, tenant, person, told in marks
    )
    _copy(cursor, "identities_personindexkey", ("id", "tenant", "person_id", "marks", "told"), rows)


def sealed(text: str) -> bytes:
    """As a sealed field keeps it."""
    from django.conf import settings

    from lodestar.platform.tenancy.sealing import seal

    return seal(text.encode(), settings.FIELD_KEYS)


def _copy(cursor: Any, table: str, columns: tuple[str, ...], rows: Iterator[tuple[Any, ...]]) -> None:
    """By way of a table without a wall, since nothing is copied straight into one that has it."""
    named = ", ".join(columns)
    cursor.execute(f"create temp table coming on commit drop as select {named} from {table} limit 0")
    with cursor.copy(f"copy coming ({named}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(f"insert into {table} ({named}) select {named} from coming")
    cursor.execute("drop table coming")
