"""The quality coach: what it reads of answers and lists, every fault told, and silence where nothing was answered."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from lodestar.casework.referral_forms.forms.files import referral_from
from lodestar.casework.referral_forms.rules.coach import ACCOUNT, Check, File, Referral, checks, names_among, parts_on, share
from lodestar.casework.referral_forms.rules.sections import lists, sections
from lodestar.platform.text.reference_lists import reference_list
from tests.offenders import each

DAY = date(2026, 11, 30)
CODES = [f"Q{number}" for number in range(1, 17)] + [f"N{number}" for number in range(1, 7)]
SAMPLES = Path(__file__).parent / "data" / "referrals"
# Words of the trade in no order, under headings and without a sentence.
NONSENSE = (
    "Consent bruise March debt 2024 interpreter. Passport exploiter told me risk crime reference 37/1/26 colleague. "
    "Statement May 2026 document 01632 960123 in my absence pc@example.org. Aged 30 English agreed. I saw padlock "
    "mattress threat. I believe because fear trauma. He said so, she said more. Recruited, driven, beaten, worked, "
    "cleaned, paid nobody. Called Skip with tattoo in Norden. Left, no contact, afraid, ashamed. Found at warrant, "
    "spoke in private with social worker present. Sexual exploitation, no one else, did not tell anyone before. "
    "Then after that later first finally, twelve hours, seven days, nine pounds, four men. Table lamp river spoon, "
    "green seven window paper cloud, engine salt nobody"
)


def told(text: str | Mapping[str, str] = "", **facts: Any) -> Referral:
    """A referral of one narrative, or of these pages."""
    return Referral(pages={"": text} if isinstance(text, str) else text, day=DAY, **facts)


def check(code: str, text: str | Mapping[str, str] = "", **facts: Any) -> Check:
    return next(each for each in checks(told(text, **facts)) if each.code == code)


def faults(code: str, text: str | Mapping[str, str] = "", **facts: Any) -> int:
    """How many faults a check tells, once the writer ticked its question."""
    return len(check(code, text, confirmed=frozenset(CODES), **facts).faults)


def how_open(content: bytes) -> int:
    return sum(check.is_open for check in checks(referral_from(content, DAY)))


def test_nonsense_leaves_more_open_than_any_good_referral() -> None:
    """Of the project's own samples: the published ones are not carried over."""
    assert 105 <= len(NONSENSE.split()) <= 115
    good = [how_open(path.read_bytes()) for path in sorted(SAMPLES.glob("good-*.txt"))]
    assert len(good) == 3
    assert how_open(NONSENSE.encode()) > max(good)
    headed = f"How did the exploitation start?\n{NONSENSE[:400]}\nTheir treatment:\n{NONSENSE[400:]}"
    assert how_open(headed.encode()) > max(good)


def test_every_page_list_and_section_that_a_check_names_is_there() -> None:
    rows = reference_list("referral_forms", "coach_checks").rows
    assert [row["code"] for row in rows] == CODES
    questions = {ask.code for ask in lists("2026-04")}
    known = {*parts_on(DAY), *questions, ACCOUNT, ""}
    ways = {"words", "answers", "no", "lists", "dated", "contact", "figures", "files", "not_for", "why"}
    for row in rows:
        needs = row.get("needs", ())
        named = {page for need in needs for way in ways - {"why", "files", "not_for"} for page in need.get(way, ())}
        assert {*row["about"], *named} <= known, row["code"]
        assert all(need.keys() <= ways for need in needs), row["code"]
        assert ("ask" in row) == ("section" in row)
        assert row.get("section", ACCOUNT) in {section.code for section in sections("2026-04")}
    form = {row["code"] for row in reference_list("referral_forms", "form_2026_04").rows}
    assert form - parts_on(DAY).keys() == set()


def test_of_an_empty_form_nothing_is_said() -> None:
    for referral in (told({}), told({"pv-under-age": "No", "living": ""}, begun=frozenset())):
        found = checks(referral)
        assert not any(check.faults or check.is_answered for check in found)
        assert all(check.is_open for check in found)
    begun = {check.code for check in checks(told({"who-exploited-pv": "A man"})) if check.is_answered}
    assert begun >= {"Q7"}
    assert not begun & {"Q8", "Q10", "Q13", "N4"}


def test_every_fault_of_a_check_is_told() -> None:
    assert faults("Q8", {"how-why-did-they-leave-the-situation": "Ran"}) == 3
    assert faults("Q12", {"pv-dob": "unknown", "pv-interpreter-requirements": "maybe"}) == 3
    assert faults("N1", {"how-did-the-exploitation-start": ".", "how-they-were-treated": " - ", "": "He ran."}) == 3
    named = check("Q16", "Linh met Tran, and Linh ran.", names=("Linh Tran",))
    assert [fault.quote for fault in named.faults] == ["Linh", "Tran"]
    files = (File("", "5 May"), File("Photo", ""), File("Film", "5 May"))
    assert faults("Q9", {}, files=files, begun=frozenset({"evidence"})) == 2
    text = " ".join(chr(97 + number // 26) + chr(97 + number % 26) + "q" for number in range(100))
    assert faults("N2", f"{text} {text}", others=(text,)) == 1


AT_BOUNDARY = [
    ("Q2", {"when-did-the-exploitation-take-place": "In March"}, 1),
    ("Q2", {"when-did-the-exploitation-take-place": "March to May"}, 0),
    ("Q3", {"modern-slavery-indicators": "w " * 14}, 1),
    ("Q3", {"modern-slavery-indicators": "w " * 15}, 0),
    ("Q6", {"evidence-of-dishonesty": "Perhaps"}, 2),
    ("Q6", {"evidence-of-dishonesty": "Yes"}, 1),
    ("Q6", {"evidence-of-dishonesty": "Yes\nThe dates differ because he was very tired then."}, 0),
    ("Q6", {"evidence-of-dishonesty": "No"}, 0),
    ("Q10", {"fr-details": "PC Vale", "fr-alternative-contact": "the desk"}, 2),
    ("Q10", {"fr-details": "01632 960123", "fr-alternative-contact": "desk@example.org"}, 0),
    ("Q11", {"types-of-exploitation": "Labour", "any-other-pvs": "Nobody"}, 2),
    ("Q11", {"types-of-exploitation": "Forced to commit a crime: drug dealing", "any-other-pvs": "- No."}, 0),
    ("Q13", {"reported-to-police": "to follow"}, 1),
    ("Q13", {"reported-to-police": "37/123/26"}, 0),
    ("N4", {"why-report-now": "One two three four five"}, 1),
    ("N4", {"why-report-now": "One two three four five six"}, 0),
    ("N1", "w " * 149, 1),
    ("N1", "w " * 150, 0),
]  # fmt: skip


@each(("code", "text", "expected"), AT_BOUNDARY)
def test_a_check_at_its_boundary(code: str, text: Any, expected: int) -> None:
    assert faults(code, text) == expected


def test_what_is_listed_meets_what_a_text_would() -> None:
    pages = {"how-they-were-treated": "Badly"}
    place = "Norden\tCar wash\tMarch 2024\t\t"
    ticked = {"listed-control": "debt", "listed-sectors": "car_wash", "listed-places": place}
    ticked["described-exploiters"] = "Skip\ttall\t"
    assert (faults("Q14", pages), faults("Q14", pages, lists=ticked)) == (3, 1)
    assert (faults("Q7", pages, begun=frozenset({"who"})), faults("Q7", pages, lists=ticked)) == (3, 0)
    assert faults("Q2", pages, lists=ticked) == 0
    assert faults("Q2", pages, lists={"listed-places": "Norden\tCar wash\t\t\t"}) == 1


def test_of_a_child_no_means_and_no_agreement_are_asked() -> None:
    pages = {"how-they-were-treated": "Badly", "pv-under-age": "Yes", "pv-interpreter-requirements": "No"}
    assert [faults(code, pages, treat_as=who) for who in ("child", "adult") for code in ("Q12", "Q14")] == [0, 2, 1, 3]


def test_what_only_a_reader_can_say_is_open_until_it_is_ticked() -> None:
    assert check("N6", "He is streetwise.").is_open
    assert not check("N6", "He is streetwise.", confirmed=frozenset({"N6"})).is_open
    assert not check("N3", "He ran.").is_open, "no sign is recorded, so none is asked about"
    assert check("N3", "He ran.", seen=("Bruises",)).is_open
    pages = {"": "He ran.", "modern-slavery-indicators": "No"}
    assert faults("N3", pages, seen=("Bruises",)) == 1
    assert not faults("N3", pages | {"modern-slavery-indicators": "Yes\nBruises"}, seen=("Bruises",))


def test_a_blank_page_is_told_where_its_section_is_begun() -> None:
    page = "how-did-the-exploitation-start"
    pages = {page: "", "how-they-were-treated": "Badly", "how-why-did-they-leave-the-situation": ""}
    assert faults("Q1", pages) == 1
    assert faults("Q1", pages | {page: "He ran."}) == 0


def test_answers_to_the_form_are_read_as_a_referral() -> None:
    answers = {"pv-under-age": "no", "pv-want-to-submit-nrm": "yes", "types-of-exploitation-forced-to-work": "true",
               "pv-name-first-name": "Linh", "how-they-were-treated": "In the shop Linh was hit."}  # fmt: skip
    referral = referral_from(json.dumps({"answers": answers, "day": DAY.isoformat()}).encode(), DAY)
    found = {check.code: check for check in checks(referral)}
    assert referral.treat_as == "adult"
    assert [fault.quote for fault in found["Q16"].faults] == ["Linh"]
    assert len(found["Q11"].faults) == 1


def test_reasons_are_short_and_about_the_form() -> None:
    for row in reference_list("referral_forms", "coach_checks").rows:
        for why in [row["met"], *row.get("whys", {}).values(), *(need["why"] for need in row.get("needs", ()))]:
            assert len(why.split()) <= 20, why
            assert why.endswith(".")


@each("text", ["." * 50_000, "a." * 20_000, "a@" * 20_000, "0 1 " * 10_000, "\n" * 50_000, "他被迫工作，沒有工資。"])
def test_odd_texts_are_read_in_one_pass(text: str) -> None:
    assert checks(told(text))


@each(
    ("name", "words", "expected"),
    [
        ("Zoë O’Brien-Łuk", "met Zoe there", ["Zoe"]),
        ("Anna-Maria", "with Maria's", ["Maria's"]),
        ("Grace Will", "by the grace of what will be", []),
        ("Grace Will", "GRACE said", ["GRACE"]),
        ("J Li", "J and Li", ["Li"]),
        ("王小明", "昨天王小明說", ["昨天王小明說"]),
        ("محمد", "قال محمد", ["محمد"]),
        ("Dmitri", "Dmitris", []),
        ("", "anything at all", []),
    ],
)
def test_names_in_any_spelling_and_script(name: str, words: str, expected: list[str]) -> None:
    assert list(names_among([name], words.split())) == expected


def test_shares_are_of_runs_of_eight_words() -> None:
    words = ["one", "two", "three", "four", "five", "six", "seven", "eight"]
    assert share(words, ["and", "One", "two", "three", "four", "five", "six", "seven", "EIGHT", "then"]) == 100
    assert share([*words, "nine"], words) == 50
    assert share(words[:7], words) == share([], words) == 0
