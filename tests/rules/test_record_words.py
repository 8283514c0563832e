"""What the words of an earlier record may show: the very words of the list, never where somebody comes from."""

import re
from datetime import date

from lodestar.casework.concerns.rules import signs_on
from lodestar.intelligence.earlier_records.rules.words_read import find_quote, signs_in
from lodestar.platform.text.reference_lists import reference_list
from tests.offenders import each

DAY = date(2026, 11, 1)
SHOWN = [
    ("Stopped with two phones.", "more_than_one_phone", "Stopped with two phones"),
    ("£400 cash. Would not say where the money came from.", "cash_not_explained", "Would not say where the money came from"),
    ("He says the boss has his passport and he is tired", "papers_held", "He says the boss has his passport and he is tired"),
    ("Has not been paid for two months.", "paid_little_or_nothing", "Has not been paid for two months"),
    ("Sleeping at the car wash with others", "lives_where_they_work", "Sleeping at the car wash with others"),
    ("15, with an older man in a hotel room", "young_with_older", "15, with an older man in a hotel room"),
    ("Flat taken over by dealers.", "someone_elses_home_used", "Flat taken over by dealers"),
    ("FOUND OUT OF AREA at the railway station", "far_from_home_or_missing", "FOUND OUT OF AREA at the railway station"),
    ("Found in loft, tending the plants", "plants_growing_inside", "Found in loft, tending the plants"),
    ("She isn’t allowed to leave the house.", "cannot_leave_the_job", "She isn’t allowed to leave the house"),
    ("She is not allowed to leave the house.", "cannot_leave_the_job", "She is not allowed to leave the house"),
    ("The handset was taken off her", "phone_held_or_watched", "The handset was taken off her"),
    ("Their minibus picks them up daily", "driven_to_and_from_work", "Their minibus picks them up daily"),
    ("Calm. He says they know where his mum lives!", "threatened_or_family_threatened", "He says they know where his mum lives"),
    ("No injuries, but scared of him", "afraid_looks_to_someone", "No injuries, but scared of him"),
    ("No injuries, scared of him", "afraid_looks_to_someone", "No injuries, scared of him"),
    ("No injuries (none seen), scared of him", "afraid_looks_to_someone", "No injuries (none seen), scared of him"),
    ("No injuries but scared of him", "afraid_looks_to_someone", "No injuries but scared of him"),
    ("No injuries but clearly scared of him", "afraid_looks_to_someone", "No injuries but clearly scared of him"),
    ("Calm.  Stopped with two phones.", "more_than_one_phone", "Stopped with two phones"),
    ("bruises on her arms, cigarette burns; ran off", "hurt_not_explained", "bruises on her arms, cigarette burns"),
]
SHOW_NOTHING = [
    "", "   ", "???", "Drink driving. Had his phone and wallet.",
    "Went missing from home after an argument. Came back by himself.", "Neighbour plays loud music.",
    "Shoplifter held by store security, stole meat for own use.", "Lost phone on the bus.", "Had access to money of her own.",
    "Small amount of cannabis for his own use, warning given.", "Interview, then charged and bailed to court.",
    "Was told to move on.", "Train was late.", "No phone, no wallet, and no scars.",
]  # fmt: skip
FROM = ["Vietnamese", "Albanian", "Romanian", "Nigerian", "British", "Roma", "Eritrean", "Chinese", "black", "Asian", "Muslim"]


@each(("words", "code", "rests_on"), SHOWN)
def test_a_sign_comes_with_the_very_words_it_rests_on(words: str, code: str, rests_on: str) -> None:
    found = {one.code: one for one in signs_in(words, DAY)}
    assert found[code].rests_on == rests_on
    assert found[code].rests_on in words
    assert found[code].rule == "words"


@each("words", SHOW_NOTHING)
def test_what_is_ordinary_shows_nothing(words: str) -> None:
    assert signs_in(words, DAY) == []


@each("origin", FROM)
def test_no_sign_rests_on_where_somebody_comes_from_or_what_they_speak(origin: str) -> None:
    """Alone it shows nothing; beside a sign it changes nothing."""
    assert signs_in(f"{origin} man stopped in the high street. Speaks no English, only {origin}.", DAY) == []
    plain = [(one.code, one.rule) for one in signs_in("Man says the boss has his passport.", DAY)]
    assert [(one.code, one.rule) for one in signs_in(f"{origin} man says the boss has his passport.", DAY)] == plain


def test_little_english_is_shown_beside_another_sign_only() -> None:
    assert signs_in("No English.", DAY) == []
    codes = {one.code for one in signs_in("No English. The boss has his passport.", DAY)}
    assert codes == {"speaks_little_and_told_what", "papers_held"}


def test_the_words_looked_for_name_no_origin_no_faith_and_no_looks() -> None:
    banned = re.compile(
        r"\b(?:vietnam|albania|romania|nigeria|chin(?:a|ese)|eritrea|sudan|roma\b|gyps|travell?er|muslim|black\b|asian|white|"
        r"ethnic|foreign|national(?:ity)?|migrant|immigrant|illegal)",
        re.IGNORECASE,
    )
    lists = [reference_list("earlier_records", name).rows for name in ("record_words", "record_patterns")]
    told = [words for rows in lists for row in rows for words in (*row.get("words", ()), *row.get("phrases", ()))]
    assert [words for words in told if banned.search(words)] == []


def test_every_row_is_of_a_sign_of_the_list() -> None:
    codes = {sign.code for sign in signs_on(DAY)}
    phrases = {phrase for sign in signs_on(DAY) for phrase in sign.phrases}
    words = reference_list("earlier_records", "record_words")
    assert {row["code"] for row in words.rows} <= codes
    assert set(words.header["left_out"]) <= phrases
    assert {row["sign"] for row in reference_list("earlier_records", "record_patterns").rows} <= codes


def test_a_sign_is_told_once_and_a_long_sentence_is_cut() -> None:
    found = signs_in("Two phones. Two phones again. " + "and so on " * 80 + "two phones", DAY)
    assert [one.code for one in found] == ["more_than_one_phone"]
    (long,) = signs_in("He had two phones " + "and so on " * 80, DAY)
    assert len(long.rests_on) == 300


def test_says_gives_the_sentence_that_says_one_of_the_phrases() -> None:
    assert find_quote("First. The phone is not his. Last.", ["phone is not his"]) == "The phone is not his"
    assert find_quote("The phone is his.", ["phone is not his"]) == ""


def test_a_sentence_that_just_fits_is_quoted_whole() -> None:
    words = "He had two phones ".ljust(299, "x") + "y"
    assert [one.rests_on for one in signs_in(words, DAY)] == [words]
