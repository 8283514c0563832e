"""`./lodestar referral check` and `referral pack`: a file in, an answer or a pack out, no database, bad input one clear line."""

import io
import json
from datetime import date
from hashlib import sha256
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from launcher.manual import COMMANDS
from lodestar.casework.referral_forms.forms.files import LONGEST, referral_from
from lodestar.casework.referral_forms.management.commands import referral_pack
from lodestar.platform.documents.description import TooLong
from lodestar.platform.text.reference_lists import reference_list
from tests.apps.platform.documents.reading import pdf_text, word_text

DAY = date(2026, 11, 25)
SAMPLE = Path(__file__).parents[3] / "rules" / "data" / "referrals" / "good-03-domestic-servitude.txt"


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
    assert all(set(each) == {"code", "open", "answered", "why", "quote", "faults"} for each in found["checks"])
    assert found["open"] == sum(each["open"] for each in found["checks"])


def test_it_needs_no_database_and_finds_the_file_from_the_callers_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (COMMANDS["referral", "check"].runs, COMMANDS["referral", "check"].needs) == ("referral_check", "packages")
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
    for row in reference_list("referral_forms", "coach_pages").rows:
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
        ("He is aged 17, in foster care.", "not_known"),
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


ANSWERS = {"pv-under-age": "no", "pv-want-to-submit-nrm": "no", "pv-name-first-name": "Anna", "pv-gender": "female"}


class Output(io.StringIO):
    """Standard output that takes bytes."""

    def __init__(self, is_screen=False):
        super().__init__()
        self.buffer, self.is_screen = io.BytesIO(), is_screen

    def isatty(self):
        return self.is_screen


@pytest.fixture
def output(monkeypatch):
    found = Output()
    monkeypatch.setattr(referral_pack, "sys", SimpleNamespace(stdout=found))
    return found


def written(tmp_path, told):
    path = tmp_path / "answers.json"
    path.write_bytes(told if isinstance(told, bytes) else json.dumps(told).encode())
    return str(path)


def test_it_needs_no_database():
    assert (COMMANDS["referral", "pack"].runs, COMMANDS["referral", "pack"].needs) == ("referral_pack", "packages")


@pytest.mark.parametrize(("kind", "read"), [("pdf", pdf_text), ("docx", word_text)])
def test_the_answers_become_a_file(tmp_path, output, kind, read):
    call_command("referral_pack", written(tmp_path, {"answers": ANSWERS, "day": "2026-11-25"}), "--as", kind)
    told = read(output.buffer.getvalue())
    assert "Duty to Notify, without who the adult is" in told
    assert "25 November 2026" in told
    assert "Anna" not in told


LIVED, TREATED = "living-conditions", "how-they-were-treated"
STREET = "pv-contact-details-street"
SECRET = ANSWERS | {
    "pv-name-first-name": "زهرا", "pv-name-last-name": "احمدی", STREET: "12 Harbour Street", LIVED: "A van.",
    TREATED: "Zahra was hit. PC Vale is on 07700 900123. Passport AB1234567, SW1A 1AA. She sleeps at 12 Harbour Street.",
}  # fmt: skip


def confirmed(answers, **more):
    return {
        name: {"by": "PC Vale", "at": "2026-11-25T10:00:00+00:00", "sha256": sha256(answers[name].encode()).hexdigest()} | more
        for name in (LIVED, TREATED)
    }


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_a_text_without_a_name_goes_when_somebody_confirmed_it_and_never_with_the_persons_own_values(tmp_path, output, kind):
    def refused(answers, texts):
        with pytest.raises(CommandError) as bad:
            call_command("referral_pack", written(tmp_path, {"answers": answers, "confirmed_texts": texts}), "--as", kind)
        assert bad.value.returncode == 2
        assert not output.buffer.getvalue()
        return str(bad.value).split("\n")

    unconfirmed = refused(SECRET, {})
    assert [f"“{LIVED}”" in line for line in unconfirmed] == [True, False, False, False], "each on a line of its own"
    assert all(words in unconfirmed[1] for words in ("name 'Zahra'", "telephone", "passport", "postcode", "address"))
    assert [line.partition(" holds ")[2][:7] for line in refused(SECRET, confirmed(SECRET))] == ["the nam", "the add"]
    assert len(refused(SECRET, confirmed(SECRET, not_them={"Zahra": "The dog", "12 Harbour Street": "A shop"}))) == 1
    edited = SECRET | {TREATED: "Zahra was hit. PC Vale is on 07700 900123. Passport AB1234567, SW1A 1AA."}
    assert len(refused(edited, confirmed(SECRET, not_them={"Zahra": "The dog"}))) == 1, "another text is not confirmed"
    texts = confirmed(edited, not_them={"Zahra": "The dog"})
    call_command("referral_pack", written(tmp_path, {"answers": edited, "confirmed_texts": texts}), "--as", kind)
    assert output.buffer.getvalue()


def test_an_adult_who_agreed_is_named(tmp_path, output):
    answers = ANSWERS | {"authorities-cooperation": "yes"}
    call_command("referral_pack", written(tmp_path, {"answers": answers, "may_be_named": True}), "--as", "docx")
    assert "Anna" in word_text(output.buffer.getvalue())


def test_what_is_piped_in_is_read(monkeypatch, output):
    piped = Output()
    piped.buffer = io.BytesIO(json.dumps({"answers": ANSWERS}).encode())
    monkeypatch.setattr("sys.stdin", piped)
    call_command("referral_pack", "-")
    assert output.buffer.getvalue().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (b"", "no JSON that can be read"),
        (b"[1]", "no JSON object"),
        (b'{"answers": {}, "answers": {}}', "given twice"),
        ({}, "“answers” is missing"),
        ({"answers": []}, "“answers” is missing"),
        ({"answers": {"colour": "red"}}, "“colour” is no field of the form"),
        ({"answers": {"family": 1}}, "neither a text nor a list of texts"),
        ({"answers": {"family": ["a", 1]}}, "neither a text nor a list of texts"),
        ({"answers": {}, "else": 1}, "“else” is not known here"),
        ({"answers": {}, "day": "tomorrow"}, "a day like 2026-11-25"),
        ({"answers": {}, "may_be_named": "no"}, "true or false"),
        ({"answers": {}, "confirmed_texts": []}, "an object of the form's fields"),
        ({"answers": {}, "confirmed_texts": {"family": {"by": "A", "at": "today", "sha256": ""}}}, "at which instant"),
        ({"answers": {}, "version": "2023-01"}, "known by its name alone"),
        ({"answers": {}, "version": "../form_2026_04"}, "known by its name alone"),
        ({"answers": {}, "day": "2018-01-01"}, "known by its name alone"),
        (b" " * (LONGEST + 1), "longer than the whole form"),
    ],
)
def test_answers_that_cannot_be_read_are_one_clear_line(tmp_path, output, told, words):
    with pytest.raises(CommandError, match=words) as bad:
        call_command("referral_pack", written(tmp_path, told))
    assert bad.value.returncode == 1
    assert "\n" not in str(bad.value)
    assert not output.buffer.getvalue()


def test_a_file_that_is_not_there_and_one_that_is_too_long_to_read(tmp_path, output):
    with pytest.raises(CommandError, match="No such file"):
        call_command("referral_pack", str(tmp_path / "none.json"))
    everything = dict.fromkeys(("family", "education", "employment-history", "birthplace"), "a\n" * 15000)
    with pytest.raises(TooLong):  # which `config/manage.py` prints in one line
        call_command("referral_pack", written(tmp_path, {"answers": everything | {"pv-under-age": "yes"}}))


def test_a_screen_is_no_place_for_a_file(tmp_path, monkeypatch):
    monkeypatch.setattr(referral_pack, "sys", SimpleNamespace(stdout=Output(is_screen=True)))
    with pytest.raises(CommandError, match=r"> pack\.docx"):
        call_command("referral_pack", written(tmp_path, {"answers": {}}), "--as", "docx")
