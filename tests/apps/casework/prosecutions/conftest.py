"""Callum's offence, the detective who has the case and the supervisor of its unit."""

from tests.apps.casework.section45.conftest import detective, met, offence, sergeant  # noqa: F401  # the same people
