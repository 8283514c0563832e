"""`./lodestar referral check`: a file becomes a referral, the answer is one line of JSON, and bad input one clear line."""

import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from launcher.commands import PASSED_ON
from lodestar.kernel.reference_lists import reference_list
from lodestar.referrals.forms.files import referral_from

DAY = date(2026, 11, 25)
SAMPLE = Path(__file__).parents[2] / "rules" / "data" / "referrals" / "good-03-domestic-servitude.txt"


def checked(path: Path) -> dict[str, Any]:
    said = StringIO()
    call_command("referral_check", str(path), stdout=said)
    (line,) = said.getvalue().splitlines()
    found: dict[str, Any] = json.loads(line)
    return found


def pages(text: str | bytes) -> dict[str, str]:
    return dict(referral_from(text.encode() if isinstance(text, str) else text, DAY).pages)


def test_one_line_with_every_check_and_how_many_are_open() -> None:
    found = checked(SAMPLE)
    assert set(found) == {"checks", "open"}
    assert all(set(each) == {"code", "open", "why", "quote"} for each in found["checks"])
    assert found["open"] == sum(each["open"] for each in found["checks"])


def test_it_needs_no_database_and_finds_the_file_from_the_callers_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert PASSED_ON["referral", "check"] == ("referral_check", False, "FILE|-")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.txt").write_text("He said so.", encoding="utf-8")
    assert checked(Path("one.txt"))["open"]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (None, "No such file"),
        (b"", "no text in it"),
        (b" \r\n.\r\n", "no text in it"),
        (b"# Your professional insight:\n", "no text in it"),
        (b"PK\x03\x04\x00\x00", "no plain text"),
        (bytes(range(256)) * 4, "no plain text"),
        (b"caf\x81\xe9", "Save it as UTF-8"),
        (b"\xff\xfea", "plain text"),
        (b"word " * 400_001, "longer than the whole form"),
    ],
)
def test_what_cannot_be_read_is_one_clear_line(tmp_path: Path, content: bytes | None, word: str) -> None:
    if content is not None:
        (tmp_path / "it").write_bytes(content)
    with pytest.raises(CommandError, match=word) as bad:
        call_command("referral_check", str(tmp_path / "it"))
    assert bad.value.returncode == 1
    assert "\n" not in str(bad.value)


def test_a_paste_from_word_is_the_same_referral(tmp_path: Path) -> None:
    plain = SAMPLE.read_text(encoding="utf-8")
    word = plain.replace("'", "’").replace("\n", "\r\n")
    for number, content in enumerate(
        (b"\xef\xbb\xbf" + word.encode(), word.encode("cp1252"), word.encode("utf-16"), word.encode("utf-16-le"))[:3]
    ):
        (tmp_path / f"{number}.txt").write_bytes(content)
        assert checked(tmp_path / f"{number}.txt")["open"] == checked(SAMPLE)["open"]


@pytest.mark.parametrize(
    "heading",
    [
        "Your professional insight",
        "YOUR PROFESSIONAL INSIGHT:",
        "# Your professional insight",
        "## Your professional insight #",
        "**Your professional insight**",
        "12. Your professional insight",
        "Professional insight:",
    ],
)
def test_headings_as_people_write_them(heading: str) -> None:
    assert pages(f"First.\n{heading}\nI believe it.") == {"": "First.", "professional-insight": "I believe it."}


def test_a_title_with_its_answer_on_the_same_line() -> None:
    assert pages("Place of birth: Unknown\nEducation: None") == {"what-is-their-background": "Unknown\n None"}
    assert pages("He said: no.") == {"": "He said: no."}


def test_an_unknown_heading_is_narrative() -> None:
    assert pages("Who exploited the potential victim?\nA man.\nHistory:\nOf it.") == {
        "who-exploited-pv": "A man.",
        "": "History:\nOf it.",
    }
    assert pages("# Anything\nText.")[""] == "# Anything\nText."


def test_a_heading_within_a_page_that_has_no_text_yet_belongs_to_it() -> None:
    found = pages("How did the exploitation start?\nIn his words:\nI was asked.\nLater:\nMore.")
    assert found == {"how-did-the-exploitation-start": "In his words:\nI was asked.", "": "Later:\nMore."}
    assert pages("Date of birth:\nHistory:\nOf it.") == {"pv-dob": "", "": "History:\nOf it."}


def test_a_page_that_comes_twice_is_put_together_and_an_empty_one_stays() -> None:
    text = "Their treatment:\nOne.\nTell us about the interviews:\nWhat they had to do:\nTwo."
    assert pages(text) == {"how-they-were-treated": "One.\nTwo.", "where-how-interview-carried-out": ""}


def test_every_heading_of_the_list_leads_to_its_page() -> None:
    for row in reference_list("referrals", "coach_pages").rows:
        for heading in (row["title"], *row["headings"]):
            assert row["code"] in pages(f"{heading}\nText."), heading
            assert row["code"] in pages(f"{heading.replace('’', chr(39)).upper()}:\nText."), heading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Is the potential victim under 18?\nYes", "child"),
        ("Is the potential victim under 18?\n- No.", "adult"),
        ("Is the potential victim under 18?\nNot sure\nA boy aged 30", "not_known"),
        ("Is the potential victim under 18?\n.\nHis treatment:\nHe is aged 15", "not_known"),
        ("A 15-year-old.", "child"),
        ("He is aged 17.", "child"),
        ("He is aged 18.", "adult"),
        ("Aged 15, later aged 31.", "adult"),
        ("She is in foster care.", "child"),
        ("He worked.", "not_known"),
    ],
)
def test_child_or_adult(text: str, expected: str) -> None:
    assert referral_from(text.encode(), DAY).treat_as == expected


def test_the_name_that_the_form_asks_for_is_looked_for_in_the_account(tmp_path: Path) -> None:
    text = "First name:\nLinh\nLast name:\nTran\nTheir treatment:\nIn the shop Linh was hit."
    assert referral_from(text.encode(), DAY).names == ("Linh", "Tran")
    (tmp_path / "it").write_text(text, encoding="utf-8")
    assert next(each for each in checked(tmp_path / "it")["checks"] if each["code"] == "Q16")["quote"] == "Linh"
