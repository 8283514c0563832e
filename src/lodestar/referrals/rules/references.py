"""References of the Home Office, as they are found again. Pure."""

import re

_NOT_IN_A_REFERENCE = re.compile(r"[^A-Z0-9]")


def found_by(reference: str) -> str:
    """A reference by its letters and digits alone, in capitals, so that a space or a dash more or less finds it."""
    return _NOT_IN_A_REFERENCE.sub("", reference.upper())[:80]
