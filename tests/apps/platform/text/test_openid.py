"""What an identity token has to be before it is believed: OpenID Connect Core 1.0, section 3.1.3.7."""

import json
from datetime import UTC, datetime, timedelta

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from lodestar.platform.accounts import openid
from lodestar.platform.accounts.force_sign_in import Provider
from tests.offenders import each

OURS = Provider("fenmarch", "https://id.force.example/o", "lodestar", "secret")
KEY, OTHER = (rsa.generate_private_key(65537, 2048) for _ in range(2))
CURVE = ec.generate_private_key(ec.SECP256R1())
HALF_DAY = timedelta(hours=12)


def row(key, kid, **more):
    kind = jwt.algorithms.RSAAlgorithm if isinstance(key, rsa.RSAPrivateKey) else jwt.algorithms.ECAlgorithm
    return {**json.loads(kind.to_jwk(key.public_key())), "kid": kid, **more}


KEYS = {"keys": [row(KEY, "one", use="sig", alg="RS256"), row(CURVE, "two"), row(OTHER, "enc", use="enc")]}


def claims(**wrong):
    """A good token's claims but for these; a span is reckoned from the moment of the test."""
    now = datetime.now(UTC)
    good = {
        "iss": OURS.issuer, "sub": "7f3", "aud": "lodestar", "nonce": "n", "iat": now, "exp": now + timedelta(hours=1),
    }  # fmt: skip
    told = {name: now + value if isinstance(value, timedelta) else value for name, value in (good | wrong).items()}
    return {name: value for name, value in told.items() if value is not None}


def token(*, key=KEY, alg="RS256", kid="one", **wrong):
    return jwt.encode(claims(**wrong), key, algorithm=alg, headers={"kid": kid} if kid else {})


def believed(sent, keys=KEYS, **more):
    told = {"nonce": "n", "oldest": HALF_DAY, "now": datetime.now(UTC)} | more
    return openid.believed(OURS, sent, keys, **told)


def test_a_token_that_is_ours_is_believed():
    assert believed(token())["sub"] == "7f3"
    assert believed(token(key=CURVE, alg="ES256", kid="two"))["sub"] == "7f3"
    assert believed(token(kid=""), {"keys": KEYS["keys"][:1]})["sub"] == "7f3"
    assert believed(token(aud=["lodestar", "another"], azp="lodestar"))["sub"] == "7f3"
    assert believed(token(auth_time=int(datetime.now(UTC).timestamp()) - 3600))["sub"] == "7f3"


AGO = datetime.now(UTC) - timedelta(hours=13)
WRONG = {
    "of another issuer": {"iss": "https://id.force.example/p"},
    "of the issuer with a slash": {"iss": OURS.issuer + "/"},
    "for another": {"aud": "another"},
    "for several, and given to nobody": {"aud": ["lodestar", "another"]},
    "for several, and given to another": {"aud": ["lodestar", "another"], "azp": "another"},
    "given to another": {"azp": "another"},
    "over": {"exp": -timedelta(minutes=2)},
    "without an end": {"exp": None},
    "without a beginning": {"iat": None},
    "kept from before": {"iat": -timedelta(minutes=12)},
    "from the future": {"iat": timedelta(minutes=5)},
    "of another sign-in": {"nonce": "m"},
    "without a nonce": {"nonce": None},
    "with a nonce that is no text": {"nonce": 5},
    "about nobody": {"sub": ""},
    "without a subject": {"sub": None},
    "about too long a subject": {"sub": "x" * 256},
    "of somebody who signed in yesterday": {"auth_time": int(AGO.timestamp())},
}


@each("what", WRONG)
def test_a_token_is_refused_that_is(what):
    with pytest.raises(openid.NotSignedIn):
        believed(token(**WRONG[what]))


def test_a_token_signed_by_somebody_else_is_refused():
    for sent in (
        token(key=OTHER),
        token(key=OTHER, kid="enc"),  # a key that is not for signing
        token(key=OTHER, kid="three"),
        token(key=CURVE, alg="ES256", kid="one"),
        jwt.encode(claims(), None, algorithm="none", headers={"kid": "one"}),
        token()[:-4] + "AAAA",
        "",
        "a.b.c",
        "not a token",
    ):
        with pytest.raises(openid.NotSignedIn):
            believed(sent)


def test_a_public_key_is_no_shared_secret():
    """The old trick: the public key, which everybody has, taken for the secret of HS256."""
    public = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    signer = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    encode = jwt.utils.base64url_encode
    head = encode(json.dumps({"alg": "HS256", "typ": "JWT", "kid": "one"}).encode())
    payload = jwt.encode(claims(), KEY, algorithm="RS256").split(".")[1].encode()
    signature = encode(signer.sign(head + b"." + payload, public))
    forged = b".".join((head, payload, signature)).decode()
    shared = {"kty": "oct", "k": "c2VjcmV0", "kid": "one"}
    for keys in (KEYS, {"keys": [{**KEYS["keys"][0], "alg": "HS256"}]}, {"keys": [shared]}):
        with pytest.raises(openid.NotSignedIn):
            believed(forged, keys)


@each("keys", [{}, {"keys": []}, {"keys": ["x"]}, {"keys": [{"kid": "one"}]}, {"keys": KEYS["keys"][:1] * 2}])
def test_without_one_fit_key_nothing_is_believed(keys):
    with pytest.raises(openid.NotSignedIn):
        believed(token(), keys)
