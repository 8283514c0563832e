"""Passkeys without a browser: what is no answer, whose they are, and that the last proof stays. The browser makes real ones
in tests/journeys/test_passkeys.py."""

import json
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils import timezone

from lodestar.platform.accounts import actions, adapter
from lodestar.platform.accounts.access import passkey_is_true, passkey_says
from lodestar.platform.accounts.models import Draft, User
from lodestar.platform.accounts.row_signature import vouch
from lodestar.platform.audit.models import Event
from tests.factories.accounts import PASSWORD, UserFactory, a_member, code_of, with_code
from tests.factories.signed_in import form
from tests.offenders import each

NONE = ["", "{}", "[]", "null", "not json", '{"id": 5}', '{"response": {"userHandle": "AAAA"}}', "x" * 30_000, "[" * 9_000]


def a_passkey(user, name="blue key"):
    data = {"name": name, "credential": {}}
    return Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=data)


@each("answer", NONE)
def test_what_is_no_passkey_lets_nobody_in(client, fenmarch, answer):
    client.post("/sign-in/passkey/ask")
    response = client.post("/sign-in/passkey", {"credential": answer})
    assert response.status_code == 422
    assert "_auth_user_id" not in client.session


def test_the_question_says_nothing_of_who_has_one(client, fenmarch):
    a_passkey(UserFactory())
    asked = client.post("/sign-in/passkey/ask").json()["publicKey"]
    assert asked.get("allowCredentials", []) == []
    assert asked["userVerification"] == "required"
    assert asked["challenge"] != client.post("/sign-in/passkey/ask").json()["publicKey"]["challenge"]


@each("answer", NONE)
def test_what_is_no_passkey_is_not_added(at_work, user, answer):
    at_work.post("/account/passkeys/ask", form(proof=code_of(user)))
    assert at_work.post("/account", form(name="key", credential=answer)).status_code == 422
    assert not Authenticator.objects.filter(type="webauthn").exists()


def test_only_whoever_proves_that_it_is_them_is_asked(at_work, user):
    for wrong in ("", "000000", "wrong"):
        answer = at_work.post("/account/passkeys/ask", form(proof=wrong))
        assert answer.status_code == 422
        assert "publicKey" not in answer.json()
    asked = at_work.post("/account/passkeys/ask", form(proof=PASSWORD)).json()["publicKey"]
    assert asked["authenticatorSelection"]["userVerification"] == "required"
    assert asked["rp"]["name"] == "Lodestar"
    assert asked["user"]["name"] == user.username


def test_five_wrong_proofs_sign_out(at_work, user):
    for _ in range(5):
        at_work.post("/account/passkeys/ask", form(proof="000000"))
    assert at_work.get("/account").status_code == 302


def test_the_proof_is_never_kept_in_a_draft(at_work, officer, user):
    a_passkey(user)
    row = a_passkey(user, "second")
    at_work.post(f"/account/passkeys/{row.pk}", form(name="key", proof="not it", remove="1"))
    (draft,) = Draft.objects.all()
    assert set(json.loads(str(draft.typed))) == {"name", "remove"}


def test_a_passkey_is_named_and_removed_by_its_person_alone(at_work, user):
    row, other = a_passkey(user), a_passkey(UserFactory())
    assert at_work.get(f"/account/passkeys/{other.pk}").status_code == 404
    assert at_work.post(f"/account/passkeys/{other.pk}", form(name="mine")).status_code == 404
    assert at_work.post(f"/account/passkeys/{row.pk}", form(name="green key")).status_code == 302
    assert "green key" in at_work.get("/account").content.decode()
    wrong = at_work.post(f"/account/passkeys/{row.pk}", form(remove="1", proof="000000"))
    assert wrong.status_code == 422
    assert "not your password or the code" in wrong.content.decode()
    assert at_work.post(f"/account/passkeys/{row.pk}", form(remove="1", proof=code_of(user))).status_code == 302
    assert list(Authenticator.objects.filter(type="webauthn")) == [other]
    codes = set(Event.objects.values_list("code", flat=True))
    assert {"accounts.passkey_named", "accounts.passkey_removed"} <= codes


def test_the_last_proof_stays(at_work, officer):
    user = User.objects.get(id=officer.user)
    row = a_passkey(user)
    assert "cannot be removed" in at_work.get(f"/account/passkeys/{row.pk}").content.decode()
    refused = at_work.post(f"/account/passkeys/{row.pk}", form(remove="1", proof=PASSWORD))
    assert refused.status_code == 422
    assert Authenticator.objects.filter(pk=row.pk).exists()
    with pytest.raises(actions.LastProof):
        actions.remove_passkey(by=officer, at=timezone.now(), passkey=row.pk)
    a_passkey(user, "second")
    assert actions.remove_passkey(by=officer, at=timezone.now(), passkey=row.pk)


def test_six_digits_are_no_passkey_to_remove(fenmarch):
    member = a_member()
    user = User.objects.get(id=member.user)
    with_code(user)
    a_passkey(user)
    totp = Authenticator.objects.get(user=user, type="totp")
    assert not actions.remove_passkey(by=member, at=timezone.now(), passkey=totp.pk)


def vouched(row):
    row.data["vouched"] = vouch(settings.FIELD_KEYS, *passkey_says(row))
    row.save(update_fields=["data"])
    return row


def test_a_passkey_put_back_after_its_person_was_signed_out_everywhere_lets_nobody_in(user, officer):
    row = vouched(a_passkey(user))
    kept = Authenticator.objects.values("user_id", "type", "data", "created_at").get(pk=row.pk)
    actions.sign_out_everywhere(by=officer.user, role=officer.role, at=timezone.now(), user=user.id)
    assert not passkey_is_true(Authenticator.objects.create(**kept))
    actions.add_passkey(by=officer, at=timezone.now(), name="another", credential={"id": "x"})
    assert passkey_is_true(Authenticator.objects.get(data__name="another"))


class Device:
    """A device that answers with the first passkey it is checked against, whichever that is."""

    def __init__(self):
        self.checked = []

    def authenticate_complete(self, state, credentials, response):
        self.checked += credentials
        if not credentials:
            raise ValueError("Unknown credential ID.")
        return credentials[0]


def test_only_a_true_passkey_is_a_key_to_check_an_answer_with(rf, user, monkeypatch):
    """A row by hand under the name of a true one, with a key of the intruder's: both are of one credential."""
    device = Device()
    monkeypatch.setattr(adapter.auth, "get_server", lambda: device)
    monkeypatch.setattr(adapter.auth, "get_state", lambda: {"challenge": "x"})
    monkeypatch.setattr(adapter.auth, "clear_state", lambda: None)
    held = {}

    def wrapped(row):
        held.setdefault(row.pk, SimpleNamespace(credential_id=b"one", row=row.pk))
        return SimpleNamespace(authenticator_data=SimpleNamespace(credential_data=held[row.pk]))

    monkeypatch.setattr(Authenticator, "wrap", wrapped)
    by_hand = a_passkey(user, name="by hand")
    assert adapter.answered_by("{}", user) is None
    true = vouched(a_passkey(user))
    assert by_hand.pk < true.pk
    assert adapter.answered_by("{}", user) == true
    assert [credential.row for credential in device.checked] == [true.pk]


def test_an_answer_to_no_question_lets_nobody_in(rf, user, monkeypatch):
    monkeypatch.setattr(adapter.auth, "get_state", lambda: None)
    monkeypatch.setattr(adapter.auth, "clear_state", lambda: None)
    vouched(a_passkey(user))
    assert adapter.answered_by("{}", user) is None
