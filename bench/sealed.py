"""`bench/sealed [TRIES] [SCALE]`: an officer records people by the page, in turn somebody who is in a sealed case of others and
somebody whom nobody knows; TRIES times (400) in all, on the demo force SCALE times over (1). What is told is the same, by the
same statements; here is whether it takes the same time. Before that the same officer searches for each name: of people in sealed
cases, of people in cases of others, and of nobody, with medians and ratios. The medians must differ by less than 5 ms."""

import re
import sys
import time
from datetime import UTC, datetime
from html import unescape
from random import Random
from statistics import median

from bench.journeys import session_of
from bench.scenery import load, prepare_pages, seed, set_up, spread

BUDGET = 5.0  # ms
PARTS = ["ba", "ke", "di", "ro", "mu", "ta", "li", "so", "ve", "na", "pi", "gu", "zo", "fe", "ha", "wi"]
WARM = ("Quentin Xylander", "Brigid Whitlock", "Cyprian Jumbe", "Dorotea Ffoulkes")  # what is read once by each process
FIELD = re.compile(r'<input type="hidden" name="(case|submission_key|form_path|form_of)" value="([^"]*)"')
VALUES = re.compile(r'name="(?:csrfmiddlewaretoken|submission_key)" value="[^"]*"')
IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def main(tries: int, scale: int) -> None:
    set_up()
    prepare_pages()
    print(seed(scale))
    print(load())
    known, unknown = names(tries)
    hide(known)
    elsewhere = names(tries, seed=7)[0]
    hide(elsewhere, seals=False)
    searched({"in a sealed case of others": known, "in a case of others": elsewhere, "nobody": unknown})
    took, led, asked = recorded([pair for both in zip(known, unknown, strict=True) for pair in both])
    sealed, none = took[0::2], took[1::2]
    print(f"in a sealed case of others: {spread(sealed)}; {spread(asked[0::2], 'statements')}")
    print(f"nobody knows them: {spread(none)}; {spread(asked[1::2], 'statements')}")
    apart = abs(median(sealed) - median(none))
    answers = "the same" if len(led) == 1 else "NOT the same"
    print(f"the medians differ by {apart:.2f} ms (budget {BUDGET:.0f} ms); the answers are {answers}")
    print(f"kept of them: {found()}")
    print(load())


def names(tries: int, seed: int = 6) -> tuple[list[str], list[str]]:
    """As many names of people who are known as of people who are not, no two a match, of the same lengths: whoever is shown
    somebody recorded before is led elsewhere, and that is another thing than is measured here."""
    from lodestar.intelligence.identities.rules.match_reasons import Described, is_match, match_reasons, may_match

    random, made = Random(seed), list[str]()
    told = list[Described]()
    while len(made) < tries:
        name = " ".join("".join(random.choice(PARTS) for _ in range(count)).title() for count in (3, 4))
        new = Described((name,), born=f"{born(name)}-05-17")
        if not any(may_match(new, one) and is_match(match_reasons(new, one)) for one in told):
            made.append(name)
            told.append(new)
    return made[0::2], made[1::2]


def born(name: str) -> int:
    """A year of birth that goes with the name, so that two names that happen to sound alike are of two ages."""
    return 1950 + sum(ord(letter) * place for place, letter in enumerate(name, 1)) % 50


def hide(known: list[str], *, seals: bool = True) -> None:
    """Puts the people who are known into cases, sealed or not, of officers who are not the one who records."""
    from lodestar.casework.case_files.actions.case import open_case, seal_case
    from lodestar.casework.case_files.actions.people import add_person
    from lodestar.platform.accounts.access import member_from
    from lodestar.platform.accounts.models import Membership
    from lodestar.platform.tenancy.tenant_transaction import within

    with within("fenmarch"):
        rows = Membership.objects.select_related("user").order_by("user__username")
        owners = [member_from(row) for row in rows if {"supervisor", "coordinator"} & set(row.roles)][:2]
        met = datetime(2026, 11, 2, 23, 40, tzinfo=UTC)
        for start in range(0, len(known), 5):
            case = open_case(by=owners[0], at=met, facts={})
            for name in known[start : start + 5]:
                facts = {"name": name, "birth_date": f"{born(name)}-05-17", "roles": ["possible_victim"], "belief": "signs_only"}
                add_person(by=owners[0], at=met, case=case, facts=facts)
            if seals:
                seal_case(by=owners[0], at=met, case=case, reason="A bench.", owners=[one.user for one in owners])


def searched(people: dict[str, list[str]]) -> None:
    """Searches for each name in turn, one of each kind after the other, and prints medians, and their ratios to nobody's."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of("officer")
    took, asked, led = ({kind: [] for kind in people} for _ in range(3))
    turns = [(kind, name) for several in zip(*people.values(), strict=True) for kind, name in zip(people, several, strict=True)]
    for number, (kind, name) in enumerate([*((next(iter(people)), name) for name in WARM), *turns]):
        statements: list[str] = []

        def note(execute, sql, *rest, statements=statements):
            statements.append(sql)
            return execute(sql, *rest)

        with connection.execute_wrapper(note):
            began = time.perf_counter()
            answer = client.post("/find", {"sought": name})
            ms = (time.perf_counter() - began) * 1000
        assert answer.status_code == 200, answer.content.decode()
        if number >= len(WARM):
            took[kind].append(ms)
            asked[kind].append(tuple(statements))
            led[kind].append(VALUES.sub("", answer.content.decode().replace(name, "NAME")))
    none = median(took["nobody"])
    for kind, times in took.items():
        apart = f"{median(times) / none:.2f} times nobody's, {abs(median(times) - none):.2f} ms apart"
        print(f"search, {kind}: {spread(times)}; {apart} (budget {BUDGET:.0f} ms)")
    is_same = all(len({one for each in of.values() for one in each}) == 1 for of in (asked, led))
    print(f"search: the answers and statements are {'the same' if is_same else 'NOT the same'}")


def recorded(people: list[str]) -> tuple[list[float], set[str], list[float]]:
    """Records each by the first screen: milliseconds, where it led without ids, statements."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client

    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of("officer")
    took, led, asked = [], set(), []
    for number, name in enumerate([*WARM, *people]):
        page = client.get("/record", follow=True)
        typed: dict[str, object] = {key: unescape(value) for key, value in FIELD.findall(page.content.decode())}
        ids = re.findall(r'name="person" value="([^"]+)"', page.content.decode())
        called = name if number > 3 else WARM[number]
        typed |= {"person": ids, "p1-name": called, "p1-born": f"17 May {born(called)}", "p1-part": "used"}
        count = [0]

        def note(execute, sql, *rest, count=count):
            count[0] += 1
            return execute(sql, *rest)

        with connection.execute_wrapper(note):
            began = time.perf_counter()
            answer = client.post(page.request["PATH_INFO"], {**typed, "next": "safe"})
            ms = (time.perf_counter() - began) * 1000
        assert answer.status_code == 302, answer.content.decode()
        if number > 3:
            took.append(ms)
            asked.append(count[0])
            led.add(IDS.sub("ID", answer.url))
    return took, led, asked


def found() -> str:
    from django.db.models import Count

    from lodestar.intelligence.identities.models import Match, MatchAlert
    from lodestar.platform.tenancy.tenant_transaction import within

    with within("fenmarch"):
        kinds = Match.objects.values_list("outcome").annotate(Count("id")).order_by("outcome")
        return ", ".join(f"{count} {kind}" for kind, count in kinds) + f"; {MatchAlert.objects.count()} alerts"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400, int(sys.argv[2]) if len(sys.argv) > 2 else 1)
