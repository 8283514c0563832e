"""Which passkeys let their person in: asked of the door itself, without a device."""

from datetime import UTC, datetime, timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings

from lodestar.accounts import access
from lodestar.kernel.vouching import vouch
from tests.factories.accounts import UserFactory
from tests.offenders import each

MADE = datetime(2026, 3, 2, 23, 40, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CREDENTIAL = {"id": "one", "response": {"b": 2, "a": 1}}


def passkey_of(maker, **other) -> Authenticator:
    """As its person makes it. In memory alone: the door asks nothing of the database."""
    passkey = Authenticator(user=maker, type="webauthn", created_at=MADE, data={"name": "blue", "credential": CREDENTIAL})
    passkey.data["vouched"] = vouch(settings.FIELD_KEYS, *access.passkey_says(passkey))
    for name, value in other.items():
        setattr(passkey, name, value)
    return passkey


@each(
    ("ended", "expected"), [(None, True), (MADE - SECOND, True), (MADE, False), (MADE + SECOND, False)]
)
def test_a_passkey_of_before_its_person_was_signed_out_everywhere_lets_nobody_in(ended, expected):
    assert access.passkey_is_true(passkey_of(UserFactory.build(signed_out_at=ended))) is expected


def test_one_that_was_changed_or_put_in_by_hand_lets_nobody_in():
    user, other = UserFactory.build(signed_out_at=None), UserFactory.build(signed_out_at=None)
    kept = passkey_of(user).data
    without = {name: value for name, value in kept.items() if name != "credential"}
    by_hand = [
        passkey_of(user, data=None),
        passkey_of(user, data=["credential"]),
        passkey_of(user, data={}),
        passkey_of(user, data=without),
        passkey_of(user, data={"credential": CREDENTIAL}),
        passkey_of(user, data={**kept, "credential": {**CREDENTIAL, "id": "two"}}),
        passkey_of(user, user=other),
        passkey_of(user, created_at=MADE + SECOND),
    ]
    assert [access.passkey_is_true(each) for each in by_hand] == [False] * len(by_hand)
    assert access.passkey_is_true(passkey_of(user, data={**kept, "name": "green"}))  # its person's own to change


def test_the_order_in_which_a_database_keeps_it_changes_nothing():
    user = UserFactory.build(signed_out_at=None)
    kept = passkey_of(user).data
    turned = {"response": {"a": 1, "b": 2}, "id": "one"}
    assert access.passkey_is_true(passkey_of(user, data={**kept, "credential": turned}))
