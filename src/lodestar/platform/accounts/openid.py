"""A force's own sign-in asked who somebody is: OpenID Connect Core 1.0, the code flow, with PKCE (RFC 7636) and a nonce.

`requests` does the asking and PyJWT the checking of tokens. Nothing is kept between one sign-in and the next: where the
provider changed its keys a minute ago, the new ones are read. It is asked for nothing but who the person is, and what it
gave for that is forgotten.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import jwt
import requests

from lodestar.platform.accounts.force_sign_in import Provider

WAITS = 5  # seconds for each answer of the provider's
LONGEST = 200_000  # bytes of one: its keys and endpoints are a few thousand
LEEWAY = timedelta(seconds=60)  # between two clocks
FRESH = timedelta(minutes=10)  # a token was made for this sign-in, not kept from another
# Signatures by a key pair alone: a shared secret, or no signature, would let others than the provider make tokens.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
MUST_HAVE = ["iss", "sub", "aud", "exp", "iat", "nonce"]


class NotSignedIn(Exception):
    """The provider did not say who the person is, or not so that it can be believed. The message is for the log alone."""


class Away(NotSignedIn):
    """The provider does not answer."""


@dataclass(frozen=True)
class Asked:
    """A question to the provider: the address that the browser is sent to, and what its answer has to fit."""

    address: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class ProviderIdentity:
    """Who the provider says it is: its own lasting subject, the name that people know them by, and whether a second proof was
    given."""

    subject: str
    account_name: str
    second_factor: bool


def begin(provider: Provider, *, back_to: str, oldest: timedelta, again: bool = False) -> Asked:
    """The question who is there. `oldest` is how long ago they may have signed in to the provider; with `again` they sign in
    to it anew. Raises NotSignedIn."""
    asked = Asked("", secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48))
    digest = hashlib.sha256(asked.verifier.encode()).digest()
    question = {
        "client_id": provider.client,
        "redirect_uri": back_to,
        "response_type": "code",
        "scope": "openid profile email",
        "state": asked.state,
        "nonce": asked.nonce,
        "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
        "code_challenge_method": "S256",
        "max_age": str(int(oldest.total_seconds())),
    }
    wanted = sorted(mark.removeprefix("acr:") for mark in provider.second_factor if mark.startswith("acr:"))
    if wanted:
        question["acr_values"] = " ".join(wanted)
    if again:
        question["prompt"] = "login"
    address = _with(_endpoint(provider, discovered(provider), "authorization_endpoint"), question)
    return Asked(address, asked.state, asked.nonce, asked.verifier)


def finish(
    provider: Provider, *, code: str, nonce: str, verifier: str, back_to: str, oldest: timedelta, now: datetime
) -> ProviderIdentity:
    """Who is there, by the code that the browser brought back. Raises NotSignedIn."""
    about = discovered(provider)
    given = _token(provider, about, code, verifier, back_to)
    keys = _answer(provider, "get", _endpoint(provider, about, "jwks_uri"))
    claims = believed(provider, str(given.get("id_token", "")), keys, nonce=nonce, oldest=oldest, now=now)
    return ProviderIdentity(
        subject=claims["sub"],
        account_name=_account_name(provider, claims),
        second_factor=bool(provider.second_factor & _marks(claims)),
    )


def believed(
    provider: Provider, token: str, keys: Mapping[str, Any], *, nonce: str, oldest: timedelta, now: datetime
) -> dict[str, Any]:
    """What an identity token says, when it is the provider's, for us, for this sign-in, and fresh: OpenID Connect Core 1.0,
    section 3.1.3.7. Raises NotSignedIn."""
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key(token, keys),
            algorithms=ALGORITHMS,
            audience=provider.client,
            issuer=provider.issuer,
            leeway=LEEWAY,
            options={"require": MUST_HAVE},
        )
    except (jwt.PyJWTError, ValueError, TypeError, AttributeError) as error:
        raise NotSignedIn(f"the token is not good: {type(error).__name__}") from None
    subject, audience = claims["sub"], claims["aud"]
    if not isinstance(subject, str) or not 0 < len(subject) <= 255 or "\0" in subject:
        raise NotSignedIn("the token names no one")
    if not isinstance(claims["nonce"], str) or not compare_digest(claims["nonce"].encode(), nonce.encode()):
        raise NotSignedIn("the token is of another sign-in")
    given_to_several = isinstance(audience, list) and len(audience) > 1
    if (given_to_several or "azp" in claims) and claims.get("azp") != provider.client:
        raise NotSignedIn("the token was given to another")
    if now.timestamp() - claims["iat"] > (FRESH + LEEWAY).total_seconds():
        raise NotSignedIn("the token is an old one")
    signed_in = claims.get("auth_time")
    if isinstance(signed_in, int | float) and now.timestamp() - signed_in > (oldest + LEEWAY).total_seconds():
        raise NotSignedIn("they signed in to the provider too long ago")
    return claims


def discovered(provider: Provider) -> dict[str, Any]:
    """What the provider says of itself (OpenID Connect Discovery 1.0). Raises NotSignedIn."""
    about = _answer(provider, "get", f"{provider.issuer.rstrip('/')}/.well-known/openid-configuration")
    if about.get("issuer") != provider.issuer:
        raise NotSignedIn("the provider calls itself by another name")
    return about


def _key(token: str, keys: Mapping[str, Any]) -> jwt.PyJWK:
    """The key of the provider's that a token says it is signed with; its only one where it does not say."""
    rows = [row for row in keys.get("keys", ()) if isinstance(row, dict)]
    usable = [row for row in rows if row.get("use", "sig") == "sig" and row.get("kty") != "oct"]
    key_id = jwt.get_unverified_header(token).get("kid")
    fit = [row for row in usable if row.get("kid") == key_id] if key_id else usable
    if len(fit) != 1:
        raise jwt.InvalidKeyError("no such key")
    return jwt.PyJWK(fit[0], fit[0].get("alg") or jwt.get_unverified_header(token)["alg"])


def _token(provider: Provider, about: Mapping[str, Any], code: str, verifier: str, back_to: str) -> dict[str, Any]:
    sent = {"grant_type": "authorization_code", "code": code, "redirect_uri": back_to, "code_verifier": verifier}
    signs: tuple[str, str] | None = None
    if "client_secret_post" in about.get("token_endpoint_auth_methods_supported", ("client_secret_basic",)):
        sent |= {"client_id": provider.client, "client_secret": provider.secret}
    else:
        signs = (quote(provider.client, safe=""), quote(provider.secret, safe=""))  # RFC 6749, section 2.3.1
    return _answer(provider, "post", _endpoint(provider, about, "token_endpoint"), data=sent, auth=signs)


def _account_name(provider: Provider, claims: Mapping[str, Any]) -> str:
    """The name in the claim that the settings say. An address of e-mail counts only where the provider says it is theirs."""
    name = claims.get(provider.named_by)
    if provider.named_by == "email" and claims.get("email_verified") is not True:
        return ""
    return name.strip().lower()[:254] if isinstance(name, str) and name.isprintable() else ""


def _marks(claims: Mapping[str, Any]) -> set[str]:
    ways = claims.get("amr")
    marks = {f"amr:{way}" for way in ways if isinstance(way, str)} if isinstance(ways, list) else set()
    return marks | ({f"acr:{claims['acr']}"} if isinstance(claims.get("acr"), str) else set())


def _with(address: str, parameters: Mapping[str, str]) -> str:
    return f"{address}{'&' if urlsplit(address).query else '?'}{urlencode(parameters)}"


def _endpoint(provider: Provider, about: Mapping[str, Any], name: str) -> str:
    address = str(about.get(name, ""))
    _may_be_asked(provider, address)
    return address


def _may_be_asked(provider: Provider, address: str) -> None:
    parts = urlsplit(address)
    if not parts.hostname or parts.scheme not in (("https", "http") if provider.plain else ("https",)):
        raise NotSignedIn("the provider names an address without TLS")


def _answer(provider: Provider, method: str, address: str, **more: Any) -> dict[str, Any]:
    """One answer of the provider's, a JSON object. It leads nowhere else: a redirection is none. Raises NotSignedIn."""
    _may_be_asked(provider, address)
    try:
        with requests.request(method, address, timeout=WAITS, allow_redirects=False, stream=True, **more) as response:
            body = response.raw.read(LONGEST + 1, decode_content=True)
            status = response.status_code
    except (requests.RequestException, OSError) as error:
        raise Away(f"the provider does not answer: {type(error).__name__}") from None
    if status >= 500:
        raise Away(f"the provider answers {status}")
    try:
        answer = json.loads(body) if len(body) <= LONGEST else None
    except (ValueError, RecursionError):
        answer = None
    if status != 200 or not isinstance(answer, dict):
        raise NotSignedIn(f"the provider answers {status}")
    return answer
