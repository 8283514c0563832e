"""What somebody typed is in no line of the server's own log: not after a fault, nor after a wrong sign-in."""

import io
import logging.config

import pytest
from django.db import connection
from django.test import Client

from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import form, signed_in
from tests.offenders import each

TYPED = "Kes" + "trel"  # in two pieces, so that no line of this file that a log shows holds it


@pytest.fixture
def officer(fenmarch):
    return a_member("frontline")


@pytest.fixture
def log(settings):
    """What the server writes, as its settings say."""
    logging.config.dictConfig(settings.LOGGING)
    (handler,) = logging.getLogger().handlers
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


def refused_row(person):
    with connection.cursor() as cursor:
        cursor.execute("update cases_person set name = %s, age_min = 9, age_max = 1 where id = %s", [TYPED, person.id])


def refused_word(person):
    try:
        int(TYPED)
    except ValueError:
        raise KeyError(TYPED) from None


def told_again(person):
    try:
        int(TYPED)
    except ValueError as error:
        raise TypeError(TYPED) from error


@each(
    ("fault", "kinds"),
    [
        (refused_row, ["psycopg.errors.CheckViolation 23514 cases_person person_age_bounds", "IntegrityError"]),
        (refused_word, ["builtins.KeyError"]),
        (told_again, ["builtins.ValueError", "builtins.TypeError"]),
    ],
)
def test_a_fault_is_told_by_its_place_and_kind_alone(officer, monkeypatch, log, fault, kinds):
    from lodestar.web.views import work

    person = a_person(officer, a_case(officer), name="Petra")
    client = signed_in(Client(raise_request_exception=False), officer)
    monkeypatch.setattr(work, "render", lambda *a, **k: fault(person))
    assert client.get("/my-work").status_code == 500
    told = log.getvalue()
    assert "Internal Server Error: /my-work" in told
    assert "test_server_log.py" in told
    for kind in kinds:
        assert kind in told
    assert TYPED not in told
    assert "Petra" not in told


def test_our_own_words_are_told(officer, monkeypatch, log):
    from lodestar.web.views import work

    def fault(*a, **k):
        raise RuntimeError("3 differences between the ledger and its facts")

    client = signed_in(Client(raise_request_exception=False), officer)
    monkeypatch.setattr(work, "render", fault)
    client.get("/my-work")
    assert "builtins.RuntimeError 3 differences between" in log.getvalue()


def test_a_password_typed_as_a_name_is_in_no_line(db, log):
    client = Client()
    for _ in range(11):
        answer = client.post("/sign-in", form(username="correct-horse-battery", password=TYPED, code="123456"))
    assert answer.status_code == 429
    told = log.getvalue()
    assert "Too Many Requests: /sign-in" in told
    assert "horse" not in told
    assert TYPED not in told


def test_a_name_it_is_not_served_under_is_answered_and_not_written_down(client, settings, log):
    settings.ALLOWED_HOSTS = ["lodestar.test"]
    assert client.get("/sign-in", headers={"host": "elsewhere.test"}).status_code == 400
    assert log.getvalue() == ""
