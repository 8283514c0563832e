"""`bench/allocation [CASES] [INVESTIGATORS]`: who can take each of CASES waiting cases (10,000) among INVESTIGATORS (300), by the
rules alone: the queue in its order, then for each case everybody ranked with what speaks for and against. Cases differ in people,
circumstances, languages and day, investigators in skills, languages, leave, conflicts and caseload. One case at most 50 ms, the
whole queue at most 30 s, every answer explained. Time is the processor's; the clock's and the load
of the machine are printed beside it."""

import sys
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from bench.scenery import load, set_up

ONE_MS, WHOLE_S = 50.0, 30.0
BEGAN = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
LANGUAGES = ("ro", "vi", "sq", "pl", "ar", "bn", "uk", "ur", "zh", "ti")


def main(cases: int, people: int) -> None:
    from lodestar.casework.allocation.rules.ranking import circumstances, due_of, needs_of, rank
    from lodestar.platform.obligations.encounter_form import read_encounter
    from lodestar.platform.obligations.encounter_reading import reading
    from lodestar.platform.obligations.settings import SHIPPED

    print(load())
    random = Random(27)
    waiting = [read_encounter(a_case(random)) for _ in range(cases)]
    spoken = [random.sample(LANGUAGES, random.choice((0, 1, 1, 2))) for _ in waiting]
    staff = [an_investigator(number, random) for number in range(people)]
    slowest, explained = 0.0, 0
    began, used = time.perf_counter(), time.process_time()
    read = [reading(encounter, SHIPPED) for encounter in waiting]
    order = sorted(range(cases), key=lambda place: (-len(circumstances(read[place])), due_of(read[place])))
    for place in order:
        case_began = time.process_time()
        conflicted = random.randrange(people)
        theirs = [*staff[:conflicted], replace(staff[conflicted], conflict=True), *staff[conflicted + 1 :]]
        ranked = rank(needs_of(read[place], spoken[place]), theirs)
        if len(ranked) == people and all(each.why for each in ranked):
            explained += 1
        slowest = max(slowest, (time.process_time() - case_began) * 1000)
    took, used = time.perf_counter() - began, time.process_time() - used
    print(f"{cases} cases, {people} investigators: one case {used / cases * 1000:.1f} ms, at most {slowest:.1f} ({ONE_MS:.0f})")
    print(f"whole queue {used:.1f} s of processor, {took:.1f} by the clock ({WHOLE_S:.0f}): {used / WHOLE_S:.2f} of the budget")
    print(f"{explained / cases:.2%} explained; {load()}")
    sys.exit(slowest > ONE_MS or used > WHOLE_S or explained < cases)


def a_case(random: Random) -> dict[str, object]:
    """One encounter as `assess` takes it."""
    people = [
        {
            "id": str(number), "belief": "signs_only", "birth": {"age_min": (age := random.randint(12, 50)), "age_max": age},
            "place": random.choice(("street", "premises", "custody", "home")),
            "care_and_support_needs": random.choice((None, True, False)),
            "exploitation": [{"type": "labour", "still_in_situation": random.choice((None, None, True))}],
        }
        for number in range(random.choice((1, 1, 2, 3, 6)))
    ]  # fmt: skip
    at = BEGAN + timedelta(minutes=random.randrange(60 * 24 * 60))
    return {"encountered_at": at.isoformat(), "people": people, "case": {"organised_group": random.choice((None, True))}}


def an_investigator(number: int, random: Random) -> object:
    """Somebody with skills that may end meanwhile."""
    from lodestar.casework.allocation.rules.ranking import Investigator

    ends = random.choice((None, None, date(2026, 3, random.randint(1, 31))))
    skills = [(random.choice(("pip1", "pip2", "pip2", "pip2", "pip3", "trainee_detective")), ends)]
    skills += [(code, None) for code in ("child", "abe") if random.random() < 0.3]
    cases = random.randrange(15)
    return Investigator(
        f"DC {number:03}", tuple(skills), frozenset(random.sample(LANGUAGES, random.randrange(3))), cases, cases * 2,
        random.random() < 0.1, False, number,
    )  # fmt: skip


if __name__ == "__main__":
    set_up()
    main(*(int(word) for word in sys.argv[1:3]), *(10_000, 300)[len(sys.argv) - 1 :])
