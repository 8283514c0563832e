"""Where Lodestar meets allauth: what makes the six digits, encrypted with the field keys, which live outside the database."""

from base64 import b64decode, b64encode

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from lodestar.platform.tenancy.sealing import seal, unseal


class SealedSecrets(DefaultMFAAdapter):
    """A copy of the database alone does not make anyone's code."""

    def encrypt(self, text: str) -> str:
        return b64encode(seal(text.encode(), settings.FIELD_KEYS)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(b64decode(encrypted_text), settings.FIELD_KEYS).decode()
