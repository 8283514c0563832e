"""What one sign or one custom is read as in more than one way (`reference/name_readings.toml`): family names of Korea and of
South China, compound surnames, words that are no name, and words that stand before or between names."""

from collections.abc import Mapping

from lodestar.platform.text.reference_lists import reference_list

_LIST = reference_list("names", "name_readings")
_WORDS = {row["code"]: frozenset(row["words"].split()) for row in _LIST.rows}

KOREAN_FAMILIES: Mapping[str, str] = _LIST.header["korean_families"]  # seldom as the official table says
# As families of South China write the same signs; the pinyin of each is read besides.
SOUTHERN_SIGNS = {sign: tuple(spellings.split()) for signs, spellings in _LIST.header["southern"].items() for sign in signs}
FAMILY_READINGS: Mapping[str, str] = _LIST.header["family_readings"]
WADE: Mapping[str, str] = _LIST.header["wade"]
OPPOSED: Mapping[str, list[str]] = _LIST.header["opposed"]
NO_NAME_TOGETHER: list[str] = _LIST.header["no_name_together"]
TITLES, PARTICLES = _WORDS["titles"], _WORDS["particles"]
ARABIC_PARTICLES, JOINED_TO_NEXT, WEAK = _WORDS["arabic_particles"], _WORDS["joined_to_next"], _WORDS["weak"]
NO_NAME, NO_NAME_OTHER, OF_A_SORT = _WORDS["no_name"], _WORDS["no_name_other"], _WORDS["of_a_sort"]
TWO_SIGN_FAMILIES = _WORDS["two_sign_families"]
