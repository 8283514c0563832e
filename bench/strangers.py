"""`bench/strangers [TRIES]`: whether the time an answer takes tells what its words do not. TRIES (400) wrong sign-ins, in turn
with a user name that is there and one that is not; and as many pages asked for, in turn of sealed cases of others and of no
case at all. The answers are the same, and the medians must differ by less than 5 ms."""

import logging
import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from statistics import median

from bench.journeys import session_of
from bench.scenery import load, prepare_pages, seed, set_up, spread
from bench.sealed import BUDGET, IDS, hide, names

WARM = 10  # tries of each that are not counted: what is read once by each process
VALUES = re.compile(r'value="[^"]*"')  # what was typed, and what is made for each form
UNKNOWN = "nobody.of.that.name"  # as long as a name of the demo force


def main(tries: int) -> None:
    set_up()
    logging.disable(logging.WARNING)  # each of these answers is worth a line to whoever keeps a server
    prepare_pages()
    print(seed(1))
    hide(names(10)[0])
    print(load())
    told("sign-in", ("a name that is there", "one that is not"), *tried(signing_in(), tries))
    told("a page", ("a sealed case of others", "no case"), *tried(looking(), tries))
    print(load())


def told(what: str, kinds: tuple[str, str], took: list[float], answers: set[str]) -> None:
    there, gone = took[0::2], took[1::2]
    for kind, ms in zip(kinds, (there, gone), strict=True):
        print(f"{what}, {kind}: {spread(ms)}")
    apart = abs(median(there) - median(gone))
    same = "the same" if len(answers) == 1 else f"NOT the same: {len(answers)}"
    print(f"{what}: the medians differ by {apart:.2f} ms (budget {BUDGET:.0f} ms); the answers are {same}")


def tried(ask: Iterator[Callable[[], str]], tries: int) -> tuple[list[float], set[str]]:
    """Milliseconds of each, and the answers without what differs each time."""
    took, answers = [], set()
    for number, one in enumerate(islice(ask, 2 * WARM + tries)):
        began = time.perf_counter()
        answer = one()
        if number >= 2 * WARM:
            took.append((time.perf_counter() - began) * 1000)
            answers.add(answer)
    return took, answers


def signing_in() -> Iterator[Callable[[], str]]:
    """Wrong sign-ins, each from another address, so that none is held back for the tries before it."""
    from django.test import Client

    from lodestar.platform.accounts.models import User

    there = cycle(User.objects.order_by("username").values_list("username", flat=True))
    for number, known in enumerate(there):
        for name in (known, UNKNOWN[: len(known)] + str(number)):
            address = f"10.{number // 200}.{number % 200}.{1 if name == known else 2}"

            def one(name: str = name, address: str = address) -> str:
                wrong = {"username": name, "password": "not the one", "code": "000000"}
                answer = Client(REMOTE_ADDR=address).post("/sign-in", wrong)
                return f"{answer.status_code} {VALUES.sub('value', answer.content.decode())}"

            yield one


def looking() -> Iterator[Callable[[], str]]:
    """Pages of sealed cases, and of cases that there are not, by an officer who is named in none."""
    from django.conf import settings
    from django.test import Client

    from lodestar.casework.cases.models import Case
    from lodestar.platform.tenancy.tenant_transaction import within

    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of("officer")
    with within("fenmarch"):
        sealed = list(Case.objects.filter(sealed=True).order_by("-reference").values_list("reference", flat=True)[:2])
    for number, hidden in enumerate(cycle(sealed)):
        for reference in (hidden, f"FM-26-{7000 + number % 1000}"):

            def one(reference: str = reference) -> str:
                answer = client.get(f"/cases/{reference}")
                return f"{answer.status_code} {IDS.sub('ID', answer.content.decode()).replace(reference, 'CASE')}"

            yield one


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
