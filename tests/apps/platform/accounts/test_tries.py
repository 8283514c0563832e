"""Guessing one name from many places, and many names from one: held back, and nobody kept from their own desk."""

from datetime import timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from lodestar.platform.accounts.throttling import BY_ADDRESS, BY_NAME, KNOWN_WHEN_CROWDED, counted_at
from tests.offenders import each

HOME, AWAY = "192.0.2.1", "198.51.100.77"


@pytest.fixture
def known(user, sign_in):
    """The officer's browser at an address where they signed in before."""
    at_home = Client(REMOTE_ADDR=HOME)
    assert sign_in(at_home).status_code == 302
    cache.clear()  # the same six digits once more: a half minute has gone by
    return user


def guess(sign_in, address, **more):
    return sign_in(Client(REMOTE_ADDR=address), **({"password": "wrong", "code": "000000"} | more)).status_code


def guessed_from_everywhere(sign_in, times=BY_NAME):
    return [guess(sign_in, f"203.0.113.{number}") for number in range(times)]


def sprayed(address, times=BY_ADDRESS):
    sent = [{"username": f"somebody{n}", "password": "Spring2026", "code": "000000"} for n in range(times)]
    return [Client(REMOTE_ADDR=address).post("/sign-in", one).status_code for one in sent]


def test_one_name_from_many_addresses_is_held_back(user, sign_in):
    assert guessed_from_everywhere(sign_in) == [422] * (BY_NAME - 1) + [429]
    assert guess(sign_in, AWAY) == 429
    assert sign_in(Client(REMOTE_ADDR=AWAY)).status_code == 429  # rightly too, or a guess would be told


def test_and_its_person_gets_in_where_they_signed_in_before(known, sign_in):
    guessed_from_everywhere(sign_in)
    assert sign_in(Client(REMOTE_ADDR=HOME)).status_code == 302


def test_they_have_their_own_ten_tries_there(known, sign_in):
    guessed_from_everywhere(sign_in)
    assert [guess(sign_in, HOME) for _ in range(10)] == [422] * 9 + [429]


def test_a_place_where_one_was_long_ago_is_known_no_more(user, sign_in):
    with time_machine.travel(timezone.now() - timedelta(days=91)):
        assert sign_in(Client(REMOTE_ADDR=HOME)).status_code == 302
    guessed_from_everywhere(sign_in)
    assert sign_in(Client(REMOTE_ADDR=HOME)).status_code == 429


def test_many_names_from_one_address_are_held_back(user, sign_in):
    assert sprayed(AWAY) == [422] * (BY_ADDRESS - 1) + [429]
    assert guess(sign_in, AWAY) == 429
    assert sign_in(Client(REMOTE_ADDR=AWAY)).status_code == 429
    assert sign_in(Client(REMOTE_ADDR=HOME)).status_code == 302


def test_a_force_behind_one_address_is_not_locked_out_by_one_of_it(known, sign_in):
    sprayed(HOME)
    assert sign_in(Client(REMOTE_ADDR=HOME)).status_code == 302


def test_but_each_has_fewer_tries_there_meanwhile(known, sign_in):
    sprayed(HOME)
    assert [guess(sign_in, HOME) for _ in range(KNOWN_WHEN_CROWDED + 1)] == [422, 422, 429, 429]


def test_what_is_refused_is_counted_no_further(user, sign_in):
    guessed_from_everywhere(sign_in, BY_NAME + 5)
    assert sum(AccessAttempt.objects.values_list("failures_since_start", flat=True)) == BY_NAME


def test_the_page_says_what_lets_in_meanwhile(user, sign_in):
    guessed_from_everywhere(sign_in)
    page = sign_in(Client(REMOTE_ADDR=AWAY))
    assert "Wait five minutes, then try again." in page.content.decode()
    assert page["Retry-After"] == "300"


@each(
    ("said", "counted"),
    [
        ("192.0.2.9", "192.0.2.9"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::"),
        ("::ffff:192.0.2.9", "192.0.2.9"),
        ("unknown", "127.0.0.1"),
        ("192.0.2.9:5555", "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
def test_an_address_is_counted_as_its_network(rf, settings, said, counted):
    settings.BEHIND_PROXY = True
    assert counted_at(rf.get("/", headers={"X-Forwarded-For": said}, REMOTE_ADDR="127.0.0.1")) == counted


def test_a_proxy_that_says_nonsense_breaks_no_sign_in(user, sign_in, settings):
    settings.BEHIND_PROXY = True
    assert sign_in(Client(), headers={"X-Forwarded-For": "nonsense'--"}).status_code == 302


def test_without_an_address_at_all_there_is_one(rf):
    assert counted_at(rf.get("/", REMOTE_ADDR="")) == "::"
