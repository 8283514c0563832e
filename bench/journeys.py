"""`bench/journeys [BASE] [TIMES] [SECONDS]`: what people open, by twenty of them at once, on the demo force at two sizes.

BASE is the first size (10 times the concerns of the demo), TIMES how many times larger the second is; at each they go on for
SECONDS. Prints for each kind of page the server's answer times at both sizes and their ratio, its queries and bytes. Budgets:
p95 at most 300 ms with twenty users pausing one to three seconds, at most 1.3 times slower for ten times the rows; 15 queries
a page (a case page 25); 30 kB.
"""

import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections import defaultdict
from random import Random

from bench.scenery import load, multiply, prepare_pages, seed, set_up, spread

USERS = (
    *("officer",) * 7, *("officer2",) * 5, *("supervisor",) * 3, *("coordinator",) * 2, *("investigator",) * 2, "allocation",
)  # fmt: skip
PAGES = {
    "my work": ("/my-work", r'href="(/cases/[\w-]+)[/"#]'),
    "case": (None, r'href="(/people/[0-9a-f-]{36})[/"#]'),
    "person": (None, ""),
    "do now": (None, ""),
    "rules": ("/rules", ""),
}
LISTS = {  # who opens it, and where
    "team": ("supervisor", "/my-team"),
    "force": ("coordinator", "/my-unit"),
    "unit board": ("supervisor", "/unit-board"),
    "morning list": ("coordinator", "/morning-list"),
    "my cases": ("investigator", "/my-cases"),
    "custody": ("custody", "/custody"),
    "find": ("officer", "/find?q=Linh"),
    "new for you": ("supervisor", "/new"),
}
OPENING = ("SAVEPOINT", "RELEASE", "select set_config")  # name the tenant, open and close: no rows are read or written
PATIENCE = 30  # seconds for one answer


def main(base: int, times: int, seconds: int) -> None:
    set_up()
    prepare_pages()
    print(seed(base))
    first = measure(f"scale {base}", seconds)
    multiply(times)
    second = measure(f"scale {base * times}", seconds)
    print(f"\n{'page':16} {'p95 first':>10} {'p95 second':>11} {'ratio':>6}")
    for name in (*PAGES, *LISTS):
        if first.get(name) and second.get(name):
            one, other = at_95(first[name]), at_95(second[name])
            print(f"{name:16} {one:8.1f} ms {other:8.1f} ms {other / one:6.2f}")


def at_95(values: list[float]) -> float:
    """The 95th of a hundred."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def measure(name: str, seconds: int) -> dict[str, list[float]]:
    """Sizes, costs and times at this size."""
    print(f"\n{name}: {size()}; {load()}")
    keys = {user: session_of(user) for user in set(USERS)}
    costs(keys["officer"], keys["coordinator"])
    took: dict[str, list[float]] = defaultdict(list)
    lists(took)
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "python:lodestar.config.server", "-w", "2", "--threads", "8",
         "-b", f"127.0.0.1:{port}", "--log-level", "error", "lodestar.config.wsgi"],
    )  # fmt: skip
    try:
        until_it_answers(server, port)
        worked = time.process_time()
        visitors = [
            threading.Thread(target=visit, args=(port, keys[user], Random(number), took, seconds), daemon=True)
            for number, user in enumerate(USERS)
        ]
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join()
        print(f"{len(USERS)} users, {seconds} s; the generator's processor: {time.process_time() - worked:.1f} s; {load()}")
        for page in PAGES:
            if took.get(page):
                print(f"  {page:16} {spread(took[page])}")
        return took
    finally:
        server.terminate()
        server.wait()


def size() -> str:
    """How much there is."""
    from lodestar.casework.cases.models import Case, Person
    from lodestar.casework.ledger.models import Obligation
    from lodestar.platform.tenancy.tenant_transaction import within

    with within("fenmarch"):
        open_ = Obligation.objects.filter(state="open").count()
        return f"{Case.objects.count()} cases, {Person.objects.count()} people, {open_} open obligations"


def session_of(user: str) -> str:
    """A session of this user, as the sign-in page makes it."""
    from lodestar.platform.accounts.access import member_from
    from lodestar.platform.accounts.models import Membership
    from lodestar.platform.tenancy.tenant_transaction import within
    from tests.factories import signed_in

    with within("fenmarch"):
        membership = Membership.objects.select_related("user").get(user__username=user)
        return str(signed_in.session_of(member_from(membership)).session_key)


def costs(officer: str, coordinator: str) -> None:
    """Queries and bytes of each page, asked for in this process."""
    from django.conf import settings
    from django.test import Client

    for role, key in (("officer", officer), ("coordinator", coordinator)):
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = key
        for name, path in walk(lambda where, client=client: client.get(where).content.decode(), Random(1)):
            asked, answer = counted(client, path)
            print(f"  {role:16} {name:10} {answer.status_code}, {asked:3} queries, {len(answer.content):6} bytes")


def lists(took: dict[str, list[float]]) -> None:
    """Queries, bytes and times of the lists, each opened twenty times by one person in this process."""
    from django.conf import settings
    from django.test import Client

    for name, (user, path) in LISTS.items():
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = session_of(user)
        client.get(path)  # a template is compiled once
        asked, answer = counted(client, path)
        for _ in range(20):
            began = time.perf_counter()
            client.get(path)
            took[name].append((time.perf_counter() - began) * 1000)
        print(f"  {name:16} {answer.status_code}, {asked:3} queries, {len(answer.content):6} bytes; {spread(took[name])}")


def counted(client, path: str):
    """The statements that read or write rows for this page, and its answer."""
    from django.db import connection

    asked: list[str] = []

    def kept(execute, sql, params, many, context):
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(kept):
        answer = client.get(path)
    return sum(not sql.startswith(OPENING) for sql in asked), answer


def walk(get, random: Random):
    """One round of pages as a person opens them."""
    yield "my work", "/my-work"
    cases = re.findall(PAGES["my work"][1], get("/my-work"))
    if cases:
        case = random.choice(cases)
        yield "case", case
        people = re.findall(PAGES["case"][1], get(case))
        if people:
            yield "person", random.choice(people)
        yield "do now", f"{case}/do-now"
    yield "rules", "/rules"


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def until_it_answers(server: "subprocess.Popen[bytes]", port: int) -> None:
    """Waits until a page comes: the port is open before the program behind it is read."""
    for _ in range(300):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("GET", "/sign-in", headers={"Host": "localhost"})
            connection.getresponse().read()
            return
        except (OSError, http.client.HTTPException):
            if server.poll() is not None:
                break
            time.sleep(0.1)
        finally:
            connection.close()
    raise SystemExit("the server does not answer")


def visit(port: int, key: str, random: Random, took: dict[str, list[float]], seconds: int) -> None:
    """One person, opening pages with pauses of one to three seconds. What does not answer ends it, and says so."""
    from django.conf import settings

    headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={key}", "Host": "localhost"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    kept: dict[str, str] = {}

    def fetch(path: str) -> str:
        for _ in range(2):  # a server may close a connection that was idle, as it may a browser's
            try:
                connection.request("GET", path, headers=headers)
                answer = connection.getresponse()
                text = answer.read().decode()
                if answer.status != 200:
                    raise RuntimeError(f"{path} answered {answer.status}")
                return text
            except (http.client.RemoteDisconnected, ConnectionError):
                connection.close()
        raise RuntimeError(f"{path} was cut off twice")

    def already(path: str) -> str:
        return kept.get(path) or fetch(path)

    for path in ("/my-work", "/rules"):  # a template is compiled once by each process: not what is measured
        fetch(path)
    end = time.monotonic() + seconds
    time.sleep(3 * random.random())
    while time.monotonic() < end:
        kept.clear()
        for name, path in walk(already, random):
            time.sleep(1 + 2 * random.random())
            began = time.perf_counter()
            kept[path] = fetch(path)
            took[name].append((time.perf_counter() - began) * 1000)
            if time.monotonic() > end:
                return


if __name__ == "__main__":
    os.environ.setdefault("LODESTAR_ENV", "demo")
    arguments = [int(word) for word in sys.argv[1:]]
    main(*(arguments + [10, 10, 60][len(arguments) :]))
