"""`./lodestar referral pack`: a file of answers becomes a pack, without a database, and bad input is one clear line."""

import io
import json
from hashlib import sha256
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from launcher.commands import PASSED_ON
from lodestar.referrals.forms.files import LONGEST
from lodestar.referrals.management.commands import referral_pack
from tests.apps.documents.reading import pdf_text, word_text

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
    assert PASSED_ON["referral", "pack"] == ("referral_pack", False, "FILE|- --as pdf|docx")


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
    monkeypatch.setattr(referral_pack, "sys", SimpleNamespace(stdout=output, stdin=piped))
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
def test_what_cannot_be_read_is_one_clear_line(tmp_path, output, told, words):
    with pytest.raises(CommandError, match=words) as bad:
        call_command("referral_pack", written(tmp_path, told))
    assert bad.value.returncode == 1
    assert "\n" not in str(bad.value)
    assert not output.buffer.getvalue()


def test_a_file_that_is_not_there_and_one_that_is_too_long_to_read(tmp_path, output):
    with pytest.raises(CommandError, match="No such file"):
        call_command("referral_pack", str(tmp_path / "none.json"))
    everything = dict.fromkeys(("family", "education", "employment-history", "birthplace"), "a\n" * 15000)
    with pytest.raises(CommandError, match="Shorten the longest answers"):
        call_command("referral_pack", written(tmp_path, {"answers": everything | {"pv-under-age": "yes"}}))


def test_a_screen_is_no_place_for_a_file(tmp_path, monkeypatch):
    monkeypatch.setattr(referral_pack, "sys", SimpleNamespace(stdout=Output(is_screen=True)))
    with pytest.raises(CommandError, match=r"> pack\.docx"):
        call_command("referral_pack", written(tmp_path, {"answers": {}}), "--as", "docx")
