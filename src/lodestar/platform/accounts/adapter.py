"""Where Lodestar meets allauth: what makes the six digits, encrypted with the field keys, which live outside the database;
and passkeys (WebAuthn), each good only with the fingerprint, face or PIN of whoever holds it."""

import json
from base64 import b64decode, b64encode
from typing import Any

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django.conf import settings
from django.core.exceptions import ValidationError

from lodestar.platform.accounts.access import passkey_is_true
from lodestar.platform.accounts.models import User
from lodestar.platform.tenancy.sealing import seal, unseal

NAME = "Lodestar"
LONGEST = 20_000  # characters of an answer: a passkey's are some hundreds
# What reading an answer raises that is none.
_NONE = (ValidationError, InvalidSignature, ValueError, TypeError, KeyError, AttributeError, RecursionError)


class SealedSecrets(DefaultMFAAdapter):
    """A copy of the database alone does not make anyone's code."""

    def encrypt(self, text: str) -> str:
        return b64encode(seal(text.encode(), settings.FIELD_KEYS)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(b64decode(encrypted_text), settings.FIELD_KEYS).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": context.request.get_host().partition(":")[0], "name": NAME}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": user.name, "name": user.username}


def passkeys_of(user: User) -> list[Authenticator]:
    """The passkeys of a person, the newest first."""
    rows = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return list(rows.order_by("-created_at", "-id"))


def ask_to_make(user: User) -> dict[str, Any]:
    """The question with which the person's device makes a passkey. It is kept in the session for one answer."""
    return dict(auth.begin_registration(user, passwordless=True))


def made(answer: str) -> dict[str, Any] | None:
    """The passkey that a device made for the question of this session; None where the answer does not fit it."""
    try:
        credential = _read(answer)
        auth.complete_registration(credential)
    except _NONE:
        return None
    finally:
        auth.clear_state()
    return credential


def ask_for(user: User | None = None) -> dict[str, Any]:
    """The question for a passkey: one of this person's, or whichever the device offers."""
    return dict(auth.begin_authentication(user))


def answered_by(answer: str, user: User | None = None) -> Authenticator | None:
    """The passkey that answered the question of this session, of this person where one is named; None for any other answer.
    A question is good for one answer, right or wrong."""
    try:
        response = _read(answer)
        account = user or auth.extract_user_from_response(response)
        return _answered(account, response) if account.is_active else None
    except _NONE:
        return None
    finally:
        auth.clear_state()


def _answered(user: User, response: dict[str, Any]) -> Authenticator:
    """The passkey of the person's that answered, of those that were made here: what else stands in the table is no key to
    check an answer with. allauth reads the table twice, between which a row could be put in another's stead; this reads once."""
    state = auth.get_state()
    if not state:
        raise ValueError("nothing was asked")
    rows = Authenticator.objects.select_related("user").filter(user=user, type=Authenticator.Type.WEBAUTHN)
    passkeys = [(row, row.wrap().authenticator_data.credential_data) for row in rows if passkey_is_true(row)]
    answered = auth.get_server().authenticate_complete(state, [credential for _, credential in passkeys], response)
    return next(row for row, credential in passkeys if credential.credential_id == answered.credential_id)


def _read(answer: str) -> dict[str, Any]:
    parsed = json.loads(answer) if len(answer) <= LONGEST else None
    if not isinstance(parsed, dict):
        raise ValueError("no answer of a passkey's")
    return parsed
