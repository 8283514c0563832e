"""`bench/match [SIZE...]`: who is like somebody, among 1,000, 10,000, 100,000 and 1,000,000 people unless SIZE says otherwise.

Told of each size: the time of a search and of recording somebody with their marks; of the judged pairs that were set aside
(`bench/judged/names.tsv`), how many are found when one is recorded and the other asked for, by the name alone and with a year
of birth; and how many others are listed beside. Budget: search and marks together at most 50 ms among a million.
"""

import csv
import hashlib
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import Random

from bench.scenery import as_owner, load, processor_ms, seed, set_up, spread, tidy

JUDGED = Path(__file__).with_name("judged") / "names.tsv"
JUDGED_ON = "26 November 2026"
SIZES = (1_000, 10_000, 100_000, 1_000_000)
ROUNDS = 120
BUDGET_MS = 50


def main(sizes: Sequence[int]) -> None:
    set_up()
    seed(1)
    print(load())
    print(f"judged pairs: sha256 {hashlib.sha256(JUDGED.read_bytes()).hexdigest()[:16]}, committed {JUDGED_ON}")
    pairs = [pair for pair in judged() if pair["half"] == "held"]
    alone(pairs)
    stood = 0
    for size in sizes:
        began = time.perf_counter()
        as_owner(f"from bench.match_people import fill; fill({stood}, {size})")
        tidy("cases_person", "identities_personindexkey")
        print(f"\n{size} people, made in {time.perf_counter() - began:.0f} s; {load()}")
        stood = size
        Asked(size).tell(pairs)
    print(load())


def judged() -> list[dict[str, str]]:
    """The judged pairs of names: script, half, recorded, asked."""
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def alone(pairs: Sequence[dict[str, str]]) -> None:
    """What the rules alone say of the pairs that were set aside, both ways round, script by script."""
    from lodestar.intelligence.identities.rules.blind_index import marks_of, sought_by
    from lodestar.intelligence.identities.rules.match_reasons import Described, is_match, match_reasons

    found: dict[str, list[int]] = defaultdict(list)
    for pair in pairs:
        one, other = Described((pair["recorded"],)), Described((pair["asked"],))
        for stored, asked in ((one, other), (other, one)):
            meets = bool(set(sought_by(asked)) & marks_of(stored))
            found[pair["script"]].append(meets and is_match(match_reasons(asked, stored)))
    every = [one for some in found.values() for one in some]
    print(f"the half set aside, {len(pairs)} pairs both ways: {sum(every)} of {len(every)} found")
    print("; ".join(f"{script} {sum(some)}/{len(some)}" for script, some in found.items()))


class Asked:
    """What is asked among so many people, of officers who record concerns."""

    def __init__(self, size: int) -> None:
        from lodestar.knowledge.library.queries.library import editor_named

        self.size, self.random, self.by = size, Random(size), editor_named("", "")

    def tell(self, pairs: Sequence[dict[str, str]]) -> None:
        """Everything, a line each."""
        self.speed()
        self.recall(pairs)

    def speed(self) -> None:
        """Searches for people as they come in, and records them."""
        from django.db import transaction

        from bench.match_people import Inventor
        from lodestar.casework.cases.models import Case, Person
        from lodestar.intelligence.identities.actions.matching import index_people
        from lodestar.intelligence.identities.queries import who_is_like
        from lodestar.platform.tenancy.tenant_transaction import within
        from lodestar.platform.text.ids import new_id

        inventor = Inventor(self.size + 1)
        took: dict[str, list[float]] = defaultdict(list)
        others: dict[str, list[int]] = defaultdict(list)
        for number in range(ROUNDS):
            one = inventor.person()
            with within(self.by.tenant):
                case = Case.objects.order_by("-id").first()
                for kind, told in (("by name", one.named), ("by name and age", one.described)):
                    at_work, began = processor_ms(), time.perf_counter()
                    others[kind].append(len(who_is_like(told)))
                    took[f"a search {kind}"].append(ms(began))
                    took[f"a search {kind}, of a processor"].append(processor_ms() - at_work)
                began = time.perf_counter()
                who_is_like(one.described, elsewhere=True)
                took["in other forces, by name and age"].append(ms(began))
                person = Person(
                    id=new_id(), case=case, number=20_000 + number, name=one.name, birth_date=one.born,
                    recorded_at=case.recorded_at, recorded_by_id=self.by.user,
                )  # fmt: skip
                person.save(force_insert=True)
                began = time.perf_counter()
                index_people([person], met={case.id: case.encountered_at}, known_reach={})
                took["its marks"].append(ms(began))
                took["search by name and age, and marks"].append(took["a search by name and age"][-1] + took["its marks"][-1])
                transaction.set_rollback(True)
        for kind, times in took.items():
            budget = f" (budget {BUDGET_MS} ms among a million)" if kind.startswith("search") else ""
            print(f"  {kind}: {spread(times)}{budget}")
        for kind, counts in others.items():
            print(f"  listed {kind} of somebody new: {sum(counts) / len(counts):.2f} on average, most {max(counts)}")

    def recall(self, pairs: Sequence[dict[str, str]]) -> None:
        """Of each pair one is recorded and the other asked for, among everybody; what was written is taken back."""
        from django.db import transaction

        from lodestar.casework.cases.models import Case, Person
        from lodestar.intelligence.identities.actions.matching import index_people
        from lodestar.intelligence.identities.queries import who_is_like
        from lodestar.intelligence.identities.rules.match_reasons import Described
        from lodestar.platform.tenancy.tenant_transaction import within
        from lodestar.platform.text.ids import new_id

        found: dict[str, list[bool]] = defaultdict(list)
        beside: dict[str, list[int]] = defaultdict(list)
        with within(self.by.tenant):
            case = Case.objects.order_by("-id").first()
            made = []
            for number, pair in enumerate(pairs):
                born = date(1970 + self.random.randrange(40), 1 + self.random.randrange(12), 2 + self.random.randrange(26))
                made.append(Person(
                    id=new_id(), case=case, number=20_000 + number, name=pair["recorded"], birth_date=born.isoformat(),
                    recorded_at=case.recorded_at, recorded_by_id=self.by.user,
                ))  # fmt: skip
            Person.objects.bulk_create(made)
            index_people(made, met={case.id: case.encountered_at}, known_reach={})
            for pair, person in zip(pairs, made, strict=True):
                year = person.birth_date[:4]
                asked = {"name alone": Described((pair["asked"],)), "name and year": Described((pair["asked"],), born=year)}
                for kind, described in asked.items():
                    like = [one.person_id for one in who_is_like(described)]
                    found[kind].append(person.id in like)
                    beside[kind].append(len(like) - (person.id in like))
            transaction.set_rollback(True)
        for kind, hits in found.items():
            print(
                f"  of the pairs set aside, by {kind}: {sum(hits)} of {len(hits)} found ({sum(hits) / len(hits):.3f});"
                f" listed beside {sum(beside[kind]) / len(hits):.2f} on average, most {max(beside[kind])}"
            )


def ms(began: float) -> float:
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or SIZES)
