"""Each check of the quality coach, at its boundary; how it reads words; names and text that is alike."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from lodestar.casework.referral_forms.rules.coach import (
    Check,
    File,
    Referral,
    checks,
    first_named,
    is_looked_at,
    parts_on,
    repeats,
    share,
)
from lodestar.casework.referral_forms.rules.phrases import LONGEST_PHRASE, read
from lodestar.platform.text.reference_lists import reference_list
from tests.offenders import each

DAY = date(2026, 11, 25)
CODES = [f"Q{number}" for number in range(1, 17)] + [f"N{number}" for number in range(1, 7)]


def told(text: str | Mapping[str, str] = "", **facts: Any) -> Referral:
    """A referral of one narrative, or of these pages."""
    return Referral(pages={"": text} if isinstance(text, str) else text, day=DAY, **facts)


def check(code: str, text: str | Mapping[str, str] = "", **facts: Any) -> Check:
    """One check of it."""
    return next(each for each in checks(told(text, **facts)) if each.code == code)


def opens(code: str, text: str | Mapping[str, str] = "", **facts: Any) -> bool:
    return check(code, text, **facts).is_open


def test_the_codes_are_those_of_the_list_each_once() -> None:
    assert [each.code for each in checks(told("Text."))] == CODES


def test_every_word_list_that_a_check_names_is_there_and_none_is_idle() -> None:
    lists = {row["code"]: row for row in reference_list("referral_forms", "coach_words").rows}
    named: set[str] = set()
    for row in reference_list("referral_forms", "coach_checks").rows:
        asked = [*row.get("needs", ()), *row.get("flags", ())]
        for need in [*asked, *(need["or"] for need in asked if "or" in need)]:
            named.update([*need["words"], *need.get("near", ()), *need.get("unless", ())])
    assert named == {code for code, row in lists.items() if not row.get("is_class")}
    for row in lists.values():
        assert len(set(row["words"])) == len(row["words"]), row["code"]
        assert all(word == word.casefold() for word in row["words"]), row["code"]
    assert max(len(word.split()) for row in lists.values() for word in row["words"]) == LONGEST_PHRASE


def test_every_page_that_a_check_names_is_one_of_the_form_that_it_reads() -> None:
    pages = set(parts_on(DAY)) | {""}
    for row in reference_list("referral_forms", "coach_checks").rows:
        for need in row.get("needs", ()):
            assert {*need.get("pages", ()), *need.get("only", ()), *need.get("not_on", ())} <= pages
    form = {row["code"] for row in reference_list("referral_forms", "form_2026_04").rows}
    assert form - pages == set()
    assert set(parts_on(DAY).values()) == {"account", "beside", "choice", "particulars"}


def test_reasons_are_short_and_about_the_form() -> None:
    for row in reference_list("referral_forms", "coach_checks").rows:
        asked = [*row.get("needs", ()), *row.get("flags", ())]
        for why in [row["met"], *row.get("whys", {}).values(), *(flag["why"] for flag in asked)]:
            assert len(why.split()) <= 20, why
            assert why.endswith(".")


# --- each check, at its boundary -----------------------------------------------------------------------------------------

AT_BOUNDARY = [
    ("Q1", "The date is not known.", True),
    ("Q1", "The date is not known because he was too upset.", False),
    ("Q1", "He was upset. One. Two. The date is not known.", False),
    ("Q1", "He was upset. One. Two. Three. The date is not known.", True),
    ("Q1", "The date is not known. One. Two. He was upset.", False),
    ("Q1", "The date is not known. One. Two. Three. He was upset.", True),
    ("Q2", "It began in March and went on.", True),
    ("Q2", "In March 2024 it began. In April he moved. In June 2025 he left.", False),
    ("Q2", "Then it began. After that he moved. Later he left.", True),
    ("Q3", "I saw bruises and a padlock.", True),
    ("Q3", "I saw bruises, a padlock and a mattress.", False),
    ("Q3", "Fear, debt and threats.", True),
    ("Q4", "He was found. I spoke to him in private.", True),
    ("Q4", "He was found. I spoke to him in private with a social worker.", False),
    ("Q4", "I was with a social worker in private.", True),
    ("Q5", "There are bruises and threats.", True),
    ("Q5", "I believe it. There are bruises.", True),
    ("Q5", "I believe it. There are bruises and threats.", False),
    ("Q5", "I believe it. Then. There are bruises and threats.", True),
    ("Q5", "As instructed. I believe it. There are bruises and threats.", True),
    ("Q6", "The account is inconsistent.", True),
    ("Q6", "The account is inconsistent. That may be trauma.", False),
    ("Q6", "The account is inconsistent. One. Two. That may be trauma.", True),
    ("Q7", "A man called Skip in Norden.", True),
    ("Q7", "A man called Skip, with a tattoo, in Norden.", False),
    ("Q7", "A man called Skip, with a tattoo.", True),
    ("Q7", "In Norden, tall, with a tattoo.", True),
    ("Q8", "He left. He has had no contact with them.", True),
    ("Q8", "He left. He has had no contact with them. There is a risk that he goes back.", False),
    ("Q8", "He left. There is a risk that he goes back.", True),
    ("Q8", "No contact. There is a risk.", True),
    ("Q9", "A statement.", True),
    ("Q9", "A statement of 5 May 2026.", False),
    ("Q9", "A statement. Seen on 5 May 2026.", True),
    ("Q9", "No documents.", False),
    ("Q10", "01632 960123.", True),
    ("Q10", "01632 960123, in my absence pc@example.org.", False),
    ("Q10", "01632 960123 and 01632 960124.", False),
    ("Q10", "01632 960123 and pc@example.org.", True),
    ("Q10", "In my absence my colleague.", True),
    ("Q11", "Sexual exploitation.", True),
    ("Q11", "Sexual exploitation. No one else.", False),
    ("Q11", "No one else.", True),
    ("Q12", "Aged 30. He consents.", True),
    ("Q12", "Aged 30. He consents. English is his first language.", False),
    ("Q12", "He consents. English is his first language.", True),
    ("Q12", "Aged 30. English is his first language.", True),
    ("Q12", "Aged 30. He consents. English is his first language. His friend interpreted.", True),
    ("Q13", "Crime reference to follow.", True),
    ("Q13", "Crime reference 37/123/26.", False),
    ("Q13", "Crime: 37/123/26.", False),
    ("Q14", "He was recruited and driven. They threatened and beat him.", True),
    ("Q14", "He was recruited and driven. They threatened and beat him. He worked and cleaned.", False),
    ("Q14", "He was recruited and driven. He worked and cleaned.", True),
    ("Q14", "They threatened and beat him. He worked and cleaned.", True),
    ("Q15", "He said so. I saw it.", True),
    ("Q15", "He said so. He said more. I saw it.", False),
    ("Q15", "He said so and he said more; I saw it.", True),
    ("Q15", "He said so. He said more.", True),
    ("Q15", "He said so. He said more. I saw it. Apparently there were others.", True),
    ("Q15", "He said so. He said more. I saw it. Apparently there were others, the nurse told me.", False),
    ("Q16", "Adam disclosed that he worked.", True),
    ("Q16", "He disclosed that he worked.", False),
    ("N3", "Bruises.", False),
    ("N4", "He is afraid.", True),
    ("N4", "He did not tell anyone, being afraid.", False),
    ("N4", "He is afraid and ashamed.", False),
    ("N6", "He is streetwise.", True),
    ("N6", "He looked down.", False),
]


@each(("code", "text", "expected"), AT_BOUNDARY)
def test_a_check_at_its_boundary(code: str, text: str, expected: bool) -> None:
    assert opens(code, text) is expected


def test_of_a_child_no_means_and_no_agreement_are_asked() -> None:
    text = "He is 15. He was recruited and driven. He worked and cleaned. English is his first language."
    for code in ("Q12", "Q14"):
        assert not opens(code, text, treat_as="child")
        assert opens(code, text, treat_as="adult")
        assert opens(code, text)


def test_a_page_of_the_form_answers_what_it_asks() -> None:
    late = "why-report-now"
    assert opens("N4", {late: "One two three four five."})
    assert not opens("N4", {late: "One two three four five six."})
    assert opens("Q13", {"reported-to-police": ""})
    assert not opens("Q13", {"reported-to-police": "112233"})
    contacts = {"fr-details": "01632 960123"}
    assert opens("Q10", contacts)
    assert not opens("Q10", {**contacts, "fr-alternative-contact": "duty@example.org"})
    assert opens("Q10", {"pv-phone-number": "01632 960123 01632 960124", "fr-alternative-contact": "the desk"})


def test_particulars_are_no_account() -> None:
    dates = "In March 2024 it began. In April he moved. In June 2025 he left."
    assert not opens("Q2", {"how-did-the-exploitation-start": dates})
    assert opens("Q2", {"reference": dates})
    assert is_looked_at("", DAY)
    assert is_looked_at("a page that is not of the form", DAY)
    assert not is_looked_at("fr-details", DAY)


def test_an_empty_page_of_the_account_and_a_full_stop() -> None:
    page = "how-did-the-exploitation-start"
    assert check("Q1", {page: " "}) == Check(
        "Q1", "Gaps explained", True, "A page is left without an answer. Say what is not known, and why.", None
    )
    assert check("Q1", {page: " . "}).quote == "."
    assert not opens("Q1", {"reference": ""})
    assert not opens("Q1", {"": " ", page: "He said so."})
    assert check("N1", {page: " - "}).quote == "-"
    assert check("N1", {"reference": " - "}).quote == "-"
    assert "brief" in check("N1", {page: "  "}).why


def test_brief_vague_or_neither() -> None:
    vague = "word " * 119
    assert "brief" in check("N1", vague).why
    assert "vague" in check("N1", vague + "word").why
    numbers = "11 12 13 14 "
    assert "vague" in check("N1", vague + numbers).why
    assert not opens("N1", vague + numbers + "15")
    assert opens("N1", {"reference": vague + numbers + "15"})


def test_a_file_has_a_description_and_a_date() -> None:
    text = "A statement of 5 May 2026."
    good = File("Statement", "5 May 2026")
    assert not opens("Q9", text, files=(good,))
    for bad in (replace(good, description=" "), replace(good, dated=""), File("", "")):
        assert "file" in check("Q9", text, files=(good, bad)).why


def test_a_name_of_the_person_in_the_account_and_not_in_the_particulars() -> None:
    assert check("Q16", "We met Linh there.", names=("Linh Tran",)).quote == "Linh"
    assert not opens("Q16", {"pv-name-referral": "Linh Tran", "": "We met her there."}, names=("Linh Tran",))


def test_text_of_another_referral_or_said_several_times() -> None:
    text = " ".join(chr(97 + number // 26) + chr(97 + number % 26) + "q" for number in range(100))
    assert not opens("N2", text)
    assert "another" in check("N2", text, others=("other words", text)).why
    assert not opens("N2", text, others=(" ".join(text.split()[:34]),))  # 27 of 93 runs
    assert opens("N2", text, others=(" ".join(text.split()[:35]),))  # 28 of 93
    assert "several" in check("N2", f"{text} {text}").why
    words = text.split()
    assert opens("N2", " ".join([*words[:17], *words[:10]]))  # 6 of 20 runs
    assert not opens("N2", " ".join([*words[:17], *words[:10], "end"]))  # 6 of 21
    assert check("N2", "As per previous referral.").quote == "As per previous referral"


def test_signs_that_were_recorded_are_told() -> None:
    seen = (("Says they owe someone", "drug debt"),)
    assert opens("N3", "He was there.", seen=seen)
    assert not opens("N3", "A debt for drugs.", seen=seen)
    assert not opens("N3", "A debt.", seen=(("Has the debt",),))
    assert opens("N3", "A debt for drugs.", seen=(*seen, ("Bruises",)))
    assert not opens("N3", "A debt for drugs; bruised.", seen=(*seen, ("Bruises",)))


@each(
    ("answer", "expected"),
    [
        ("No", True),
        ("", True),
        ("No, none here", True),
        ("No, one two three four five", False),
        ("Yes", False),
        (None, False),
    ],
)
def test_signs_told_elsewhere_while_their_page_says_there_were_none(answer: str | None, expected: bool) -> None:
    pages = {"how-they-were-treated": "A debt."} | ({} if answer is None else {"modern-slavery-indicators": answer})
    assert opens("N3", pages) is expected
    assert not opens("N3", {**pages, "how-they-were-treated": "Nothing."})


def test_long_sentences_and_paragraphs() -> None:
    assert not opens("N5", "w " * 90)
    assert opens("N5", "w " * 91)
    assert not opens("N5", "w w w w w. " * 70)
    assert opens("N5", "w w w w w. " * 70 + "w.")
    assert not opens("N5", "w w w w w. " * 70 + "\n\nw.")
    assert not opens("N5", "w " * 89 + "w.\n" + "w " * 90)
    assert not opens("N5", "")


def test_what_is_there_is_shown_by_its_shortest_words() -> None:
    found = check("Q13", "Crime reference number 37/123/26 and crime 44/1.")
    assert not found.is_open
    assert found.quote == "crime 44/1"
    assert found.why == "A crime or incident reference is given."
    assert check("Q12", "Date of birth 1 May 1990. Signed. British.").quote == "Date of birth"
    assert check("Q6", "He left.").quote is None
    assert check("N6", "He is streetwise and lying.").quote == "lying"


# --- words ---------------------------------------------------------------------------------------------------------------


def hits(text: str, of: str) -> list[str]:
    return [hit.text for hit in read({"": text}, DAY).of([of])]


@each(
    ("text", "of", "expected"),
    [
        ("On 3 March 2026.", "anchor", ["3 March 2026"]),
        ("He may march.", "anchor", []),
        ("On 03/04/26 at 9.", "anchor", ["03/04/26"]),
        ("In 1899, 2099 and 21000.", "anchor", ["2099"]),
        ("At 7am, 07:30, 0640hrs.", "detail", ["7am", "07:30", "0640hrs"]),
        ("Fifteen men", "others", ["Fifteen men"]),
        ("fearful and FEARED", "sign", ["fearful", "FEARED"]),
        ("He didn’t know. Don’t know.", "gap", ["Don’t know"]),
        ("in\nNorden", "place_named", ["in\nNorden"]),
        ("in norden, in March, in A", "place_named", []),
        ("in Ay", "place_named", ["in Ay"]),
        ("not. known", "gap", []),
        ("a@b.org, 01632 960123, +44 1632 960123, 1632 960123", "addresses",
         ["a@b.org", "01632 960123", "+44 1632 960123"]),
        ("we have been told that", "hearsay", ["we have been told"]),
        ("the victim", "source", ["the victim"]),
        ("not not known", "gap", ["not known"]),
        ("", "gap", []),
        ("not", "gap", []),
    ],
)  # fmt: skip
def test_phrases_are_found_as_the_list_writes_them(text: str, of: str, expected: list[str]) -> None:
    assert hits(text, of) == expected


def test_a_phrase_knows_its_page_sentence_and_place() -> None:
    found = list(read({"one": "A. Not known.", "two": "Not known"}, DAY).of(["gap"]))
    assert [(hit.page, hit.sentence, hit.start) for hit in found] == [("one", 1, 3), ("two", 0, 0)]


def test_words_sentences_and_paragraphs_are_counted() -> None:
    found = read({"": "One two. Three!\n\nFour five six\n- seven"}, DAY)
    assert list(found.words[""]) == ["One", "two", "Three", "Four", "five", "six", "seven"]
    assert list(found.sentences) == [2, 1, 3, 1]
    assert list(found.paragraphs) == [3, 3, 1]


@each("text", ["." * 50_000, "a." * 20_000, "a@" * 20_000, "0 1 " * 10_000, "\n" * 50_000])
def test_odd_texts_are_read_in_one_pass(text: str) -> None:
    assert checks(told(text))


@each("text", ["他被迫工作，沒有工資。", "أُجبر على العمل", "ትግርኛ ጽሑፍ", "নাম নেই"])
def test_other_scripts_are_read(text: str) -> None:
    assert opens("Q2", text)


# --- names and text that is alike ---------------------------------------------------------------------------------------


@each(
    ("name", "words", "expected"),
    [
        ("Zoë O’Brien-Łuk", "met Zoe there", "Zoe"),
        ("Anna-Maria", "with Maria", "Maria"),
        ("Grace Will", "by the grace of what will be", None),
        ("Grace Will", "GRACE said", "GRACE"),
        ("J Li", "J and Li", "Li"),
        ("王小明", "昨天王小明說", "昨天王小明說"),
        ("محمد", "قال محمد", "محمد"),
        ("Dmitri", "Dmitris", None),
        ("", "anything at all", None),
    ],
)
def test_names_in_any_spelling_and_script(name: str, words: str, expected: str | None) -> None:
    assert first_named([name], words.split()) == expected


def test_shares_are_of_runs_of_eight_words() -> None:
    words = ["one", "two", "three", "four", "five", "six", "seven", "eight"]
    assert share(words, ["and", "One", "two", "three", "four", "five", "six", "seven", "EIGHT", "then"]) == 100
    assert share([*words, "nine"], words) == 50
    assert share(words[:7], words) == 0
    assert share([], words) == 0
    assert repeats(words) == 0
    assert repeats([*words, *words]) == 22  # 2 of 9
    assert repeats(words * 3) == 100
    assert repeats([]) == 0
