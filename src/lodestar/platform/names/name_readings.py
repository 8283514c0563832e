"""What one sign or one custom is read as in more than one way (`reference/name_readings.toml`): family names of Korea and of
South China, compound surnames, words that are no name, and words that stand before or between names."""

from collections.abc import Mapping

from lodestar.platform.text.reference_lists import reference_list

_LIST = reference_list("names", "name_readings")
_WORDS = {row["code"]: frozenset(row["words"].split()) for row in _LIST.rows}

KOREAN_FAMILIES: Mapping[str, str] = _LIST.header["korean_families"]  # seldom as the official table says
# Of those, the ways that do not sound alike to a reader of English.
KOREAN_IN_LATIN = {
    spelling: tuple(variant for variant in group.split() if variant != spelling)
    for group in _LIST.header["korean_in_latin"]
    for spelling in group.split()
}
# As families of South China write the same signs; the pinyin of each is read besides.
SOUTHERN_SIGNS = {sign: tuple(spellings.split()) for signs, spellings in _LIST.header["southern"].items() for sign in signs}
FAMILY_READINGS: Mapping[str, str] = _LIST.header["family_readings"]
WADE: Mapping[str, str] = _LIST.header["wade"]
OPPOSED: Mapping[str, list[str]] = _LIST.header["opposed"]
NO_NAME_TOGETHER: list[str] = _LIST.header["no_name_together"]
TITLES, PARTICLES, PERHAPS_PARTICLES = _WORDS["titles"], _WORDS["particles"], _WORDS["perhaps_particles"]
ARABIC_PARTICLES, JOINED_TO_NEXT, WEAK = _WORDS["arabic_particles"], _WORDS["joined_to_next"], _WORDS["weak"]
NO_NAME, NO_NAME_OTHER, OF_A_SORT = _WORDS["no_name"], _WORDS["no_name_other"], _WORDS["of_a_sort"]
JOINED_TO_LAST = _WORDS["joined_to_last"]  # zai, zada: written as a word of their own as well
TWO_SIGN_FAMILIES, CHINESE_FAMILIES = _WORDS["two_sign_families"], _WORDS["chinese_families"]
VIETNAMESE_TELLS, VIETNAMESE_NAMES = _WORDS["vietnamese_tells"], _WORDS["vietnamese_tells"] | _WORDS["vietnamese_given"]
