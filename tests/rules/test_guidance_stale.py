"""What no longer holds is told by its nearest company: its clause, its item of a list, its cell, and then what leads to that."""

import time

import pytest

from lodestar.guidance.models import Passage
from lodestar.guidance.presenters.passages import shown
from lodestar.guidance.rules.passages import pieces
from lodestar.guidance.rules.stale import Fact, goes_on, places, stated
from lodestar.kernel.reference_lists import reference_list
from lodestar.kernel.text_alone import read

FACTS = [
    Fact(
        row["code"], row["called"], tuple(row["says"]), tuple(row.get("near", ())), tuple(row.get("unless", ())),
        row["replaced_by"], row["from_date"],
    )
    for row in reference_list("guidance", "stale_facts").rows
]  # fmt: skip
RECOVERY, MUST_NOTIFY = ["recovery_45_days"], ["glaa_section_52"]


def items(*said):
    return f"<ul>{''.join(f'<li>{one}</li>' for one in said)}</ul>"


def rows(*said):
    return f"<table>{''.join(f'<tr><td>{first}</td><td>{second}</td></tr>' for first, second in said)}</table>"


def clauses(page):
    """The clauses of a page that state what no longer holds."""
    found = pieces(read(f"<body>{page}".encode(), "html")["blocks"])
    return [one.text[slice(*span)].strip(" ;\n") for one in found for span, _ in places(one.text, FACTS)]


BOTH_45S = [
    (items("Recovery period: at least 45 days", "Move-on support: at least 45 days"), "Recovery period: at least 45 days"),
    (items("Move-on support: at least 45 days", "Recovery period: at least 45 days"), "Recovery period: at least 45 days"),
    (rows(("Recovery period", "45 days"), ("Move-on support", "45 days")), "Recovery period 45 days"),
    (rows(("Stage", "Least"), ("Move-on", "45 days"), ("Recovery", "45 days in all")), "Recovery 45 days in all"),
    (rows(("Recovery period", "<ul><li>45 days<li>a bed</ul>"), ("Move-on support", "<ul><li>45 days</ul>")), "45 days"),
    ("<p>Recovery period: at least 45 days<br>Move-on support: at least 45 days", "Recovery period: at least 45 days"),
    ("<dl><dt>Recovery<dd>45 days from RG<dt>Move on<dd>45 days from CG</dl>", "45 days from RG"),
    ("<p>Recovery period: at least 45 days; move-on: at least 45 days.", "Recovery period: at least 45 days"),
    ("<p>Move-on: at least 45 days; recovery period: at least 45 days.", "recovery period: at least 45 days."),
    ("<p>The recovery period is 45 days and move-on support is 45 days.", "The recovery period is 45 days"),
    ("<p>People are supported for 45 days in recovery, then 45 days on leaving.", "People are supported for 45 days in recovery"),
    ("<p>Victims get 45 days of move-on and 45 days of recovery.", "and 45 days of recovery."),
    ("<p>Recovery: 45 days • Move-on: 45 days", "Recovery: 45 days"),
    ("<p>45 days: recovery. 45 days: move-on.", "45 days: recovery."),
    (
        "<p>Support runs in two stages:"
        + items("45 days while a decision is awaited (recovery)", "45 days after a positive conclusive grounds decision"),
        "45 days while a decision is awaited (recovery)",
    ),
]


@pytest.mark.parametrize(("page", "marked"), BOTH_45S)
def test_of_two_45s_only_that_of_the_recovery_period_is_marked(page, marked):
    assert clauses(page) == [marked]


@pytest.mark.parametrize(
    "page",
    [
        "<h2>Move-on support</h2><p>The recovery period is at least 45 days.",
        "<h2>Recovery period</h2><p>At least 45 days.",
        "<h2>Recovery period</h2><p>It lasts at least 45 days.",
        "<h2>How long is the recovery period?</h2><p>A minimum of 45 days.",
        "<p>With positive reasonable grounds a person enters the recovery period. This period lasts at least 45 days.",
        "<p>After a positive RG the person has 45 days to recover and reflect.",
        "<p>Someone with a positive RG can rest for 45 days before anything is decided.",
        "<p>A reasonable grounds decision gives forty-five calendar days.",
        "<p>They are given no fewer than forty-five (45) days in which to recover and reflect.",
        "<p>The recovery period is 45 days unless they exit the NRM.",
        "<p>The recovery period is 45 days, except where the person moves on or exits sooner.",
        "<p>The CG decision is made as soon as possible after 45 days.",
        "<h3>What a reasonable grounds decision brings</h3>" + items("a bed", "at least 45 days before a final decision"),
        "<p>In the recovery period a person has:" + items("a support worker", "at least 45 days"),
        "<p>The recovery period lasts 45 days, in which nobody is removed; afterwards there is move-on support.",
    ],
)
def test_45_days_of_recovery_are_marked_in_any_words(page):
    assert len(clauses(page)) == 1


@pytest.mark.parametrize(
    "page",
    [
        "<h2>Move-on support</h2><p>At least 45 days.",
        "<h2>Recovery</h2><p>Confirmed victims have 45 days of support.",
        "<h2>Recovery Needs Assessment</h2><p>You can stay for at least 45 days after you are recognised as a victim.",
        "<h2>After a positive conclusive grounds decision</h2><p>Support is given for at least 45 days.",
        "<p>The recovery period is 30 days, and move-on support 45 days.",
        "<p>The recovery period is 30 days; it used to be 45 days.",
        "<p>The minimum recovery period was reduced from 45 days to 30 days.",
        "<p>After the conclusive grounds decision there are 45 days of support.",
        "<p>Following the recovery period, people receive a further 45 days of support.",
        "<p>Victims receive a positive conclusive grounds decision. They then get 45 days of support.",
        "<p>Victims get move-on support. This lasts at least 45 days.",
        "<p>Move-on support comes after the recovery period and lasts at least 45 days.",
        "<p>After a positive conclusive grounds decision a person has:" + items("a support worker", "at least 45 days"),
        "<p>You will get a letter within 45 days. The recovery period is 30 days.",
        "<p>A child's assessment takes up to 45 days.",
        "<p>The court may recover costs within 45 days.",
    ],
)
def test_any_other_45_days_are_not(page):
    assert clauses(page) == []


@pytest.mark.parametrize(
    "text",
    [
        "Victims receive a recovery and reflection period of at least 45 days, or until they no longer need support.",
        "Each has a recovery period of at least 45 calendar days, which ends after the conclusive grounds decision.",
        "The recovery period lasts at least 45 days and ends following the conclusive grounds decision.",
        "During the 45 day recovery and reflection period a Recovery Needs Assessment is carried out.",
        "A 45-day recovery period is granted before the person is confirmed as a victim.",
        "There is a 45 day recovery period before a decision whether they are recognised as a victim is made.",
        "During the 45 day recovery period police may recover evidence.",
        "After the recovery period of at least 45 days people exit the NRM.",
        "They have 45 days to recover and reflect until a positive conclusive grounds decision.",
        "When the 45-day recovery period ends move-on support begins.",
        "After the 45-day recovery period move-on support begins.",
        "The positive conclusive grounds decision comes after the recovery period, which lasts at least 45 days.",
        "The minimum 45-day period of recovery ends when the positive conclusive grounds decision is made.",
        "The recovery period is set at 45 days though confirmed victims stay longer.",
        "The victim’s 45 days’ recovery and reflection period runs whether or not a positive conclusive decision follows.",
    ],
)
def test_a_word_beside_the_number_wins_over_what_is_said_of_something_else(text):
    assert clauses(f"<p>{text}") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "They have 45 days of move-on support after the recovery period.",
        "Confirmed victims receive at least 45 days of move-on support.",
        "The recovery period has ended: move-on of 45 days.",
        "Move-on support after the recovery period lasts at least 45 days.",
        "After recovery, 45 days of move-on support follow.",
        "After recovery 45 days of move-on support follow.",
        "The 45-day recovery period no longer applies.",
        "The recovery and reflection period is no longer 45 days.",
        "It was reduced from a recovery period of 45 days to one of 30.",
        "There are 30 days instead of a 45-day recovery period.",
        "The Recovery Needs Assessment is done within a 45 day Recovery Needs Assessment window.",
        "Police have 45 days to recover evidence.",
        "A victim exits 45 days after the recovery period ends.",
        "The recovery period was previously at least 45 days.",
        "The old 45-day recovery period was replaced by one of 30 days.",
        "The recovery period changed from 45 days to 30 days.",
        "The recovery period is 30 days (previously 45 days).",
        "The recovery period is 30 days, not 45 days.",
        "Recovery period 30 days / move-on 45 days",
        "After a positive conclusive grounds decision at least 45 days of support follow.",
    ],
)
def test_a_word_that_is_not_beside_it_or_is_of_the_past_does_not(text):
    assert clauses(f"<p>{text}") == []


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Timescales\nRecovery period: 30 days\nSupport after a positive decision: 45 days", []),
        ("Timescales\nRecovery period: 30 days\nSupport for those who stay: 45 days", []),
        ("• Recovery period: 30 days\n• After a positive decision: 45 days", []),
        ("• Recovery period: thirty days\n• Leaving the service: 45 days", []),
        ("Recovery period 30 days\nSupport after positive decision 45 days", []),
        ("Recovery period\n30 days\nLeaving the service\n45 days", []),
        ("Leaving the service\n45 days\nRecovery period\nAt least 45 days", ["At least 45 days"]),
        ("Recovery period\nMinimum: 45 days", ["Minimum: 45 days"]),
        ("Recovery period\nforty-five (45) days", ["forty-five (45) days"]),
        ("Recovery period\n• you get 45 days", ["• you get 45 days"]),
    ],
)
def test_a_line_with_words_before_its_number_is_its_own_label(text, marked):
    assert [text[slice(*span)].strip() for span, _ in places(text, FACTS)] == marked


@pytest.mark.parametrize(
    "page",
    [
        "<h2>First responders</h2><p>The GLAA must notify the Home Office.",
        "<p>The duty to notify under section 52 applies to:" + items("police", "the Gangmasters and Labour Abuse Authority"),
        "<p>The duty to notify under section 52 applies to: • police • the Gangmasters and Labour Abuse Authority",
        "<p>The duty to notify applies to:" + items("police;", "councils; and", "The GLAA."),
        "<p>Organisations under a duty to notify:<p>police forces<p>local councils<p>GLAA",
        "<p>Section 52 lists: (a) a chief officer of police; (b) the NCA; (k) the Gangmasters and Labour Abuse Authority.",
        "<h2>Duty to notify</h2>" + items("police, NCA, GLAA"),
        "<h2>Who has the duty to notify?</h2>" + items("police", "councils", "the NCA", "immigration", "GLAA"),
        "<p>Section 52 puts a duty on public authorities. These are:" + items("police", "GLAA"),
        "<p>These are First Responders. As such, they have a Duty to Notify the Home Office. They have the following roles:"
        + items("Law enforcement (police, NCA, GLAA): leading", "Councils"),
        rows(("Council", "may refer"), ("GLAA", "must notify")),
        "<p>Public bodies such as the GLAA must notify; charities that are first responders need not.",
    ],
)
def test_who_no_longer_must_notify_is_marked(page):
    assert len(clauses(page)) == 1


@pytest.mark.parametrize(
    "page",
    [
        "<p>First responder organisations are:" + items("police", "GLAA"),
        "<p>First responder organisations are: • police • GLAA",
        "<h2>Duty to notify</h2><p>First responder organisations are:" + items("police", "GLAA"),
        "<h2>Who has the duty to notify?</h2><p>Councils do.</p>" + items("police", "GLAA"),
        "<h2>Who has the duty to notify?</h2>" + items("police") + "<h2>Who is a first responder?</h2>" + items("GLAA"),
        "<p>The duty to notify applies to:" + items("police") + "<h2>First responders</h2>" + items("police", "GLAA"),
        "<p>The duty to notify applies to:" + items("police") + "<h2>Who can help</h2>" + items("police", "GLAA"),
        "<p>The duty to notify applies to:" + items("police", "councils") + "<p>The GLAA investigates labour abuse.",
        "<p>The duty to notify falls on councils; first responders include the GLAA.",
        "<p>First responders: police, GLAA, councils. Those who must notify: police, councils.",
        "<p>The GLAA investigates labour abuse. The police must notify the Home Office.",
        "<p>The GLAA is no longer a section 52 authority.",
        rows(("Council", "must notify"), ("GLAA", "first responder only")),
    ],
)
def test_a_first_responder_is_not(page):
    assert clauses(page) == []


def test_a_form_that_a_list_says_is_gone_is_not_marked():
    assert clauses("<p>Forms no longer accepted:" + items("MS1", "MS2")) == []
    assert clauses("<p>Forms to send:" + items("MS1", "MS2")) == ["MS1"]


def test_a_list_goes_on_in_the_next_passage():
    first, second = "The duty to notify applies to:\npolice\ncouncils", "the NCA\nthe GLAA"
    assert stated(second, FACTS) == []
    before = goes_on("Who", first, "Who")
    assert [fact.code for fact in stated(second, FACTS, before)] == MUST_NOTIFY
    (((start, end), _),) = places(second, FACTS, before)
    assert second[start:end].strip() == "the GLAA"
    assert stated(second, FACTS, goes_on("Another", first, "Who")) == []
    (((start, end), _),) = places("the GLAA\nthe NCA", FACTS, before)
    assert (start, end) == (0, len("the GLAA"))
    (((start, end), _),) = places(second, FACTS, f"The GLAA must notify.\n{first}")  # what stands before is not of this one
    assert second[start:end].strip() == "the GLAA"


def test_a_page_marks_the_one_and_not_the_other():
    text = "Times\nRecovery period: at least 45 days; move-on: at least 45 days.\nWho must notify: police\nthe GLAA must notify"
    (one,) = shown([Passage(number=0, heading="Times", text=text, stale=RECOVERY)], FACTS)
    assert "".join(words for words, _ in one.parts) == text.removeprefix("Times").strip()
    assert [words for words, is_marked in one.parts if is_marked] == ["45 days"]
    assert one.parts[0][0] == "Recovery period: at least "


@pytest.mark.parametrize(
    "number",
    [
        "+44 (0) 300 303 8151", "+44 300 303 8151", "0300 30 38 151", "0300 303 81 51", "0300/303/8151", "(0)300 303 8151",
        "0300‑303‑8151", "0300\xa0303\xa08151", "0044 300 303 8151", "0300 303\n8151", "0300\n303 8151",
    ],
)  # fmt: skip
def test_the_old_number_is_marked_however_it_is_spelt(number):
    text = f"Ring No.{number} at any hour."
    assert [fact.code for fact in stated(text, FACTS)] == ["salvation_army_number"]
    (one,) = shown([Passage(number=0, heading="", text=f"Ring {number} at any hour.", stale=["salvation_army_number"])], FACTS)
    (marked,) = [words for words, is_marked in one.parts if is_marked]
    assert marked.lstrip("(") == number.lstrip("(")


def test_two_numbers_on_two_lines_stay_two():
    for text in ("Ring 0300 303 8151\n0800 808 3733", "Room 012\n0300 303 8151", "Desk 01632 960111\n0300 303 8151\n22 people"):
        assert [text[slice(*span)].strip() for span, _ in places(text, FACTS)] == [
            next(line for line in text.split("\n") if "8151" in line)
        ]
    assert stated("0300\n303\n8151", FACTS) == []


def test_a_name_that_a_break_parts_is_one():
    page = "<p>The duty to notify applies to the Gangmasters and<br>Labour Abuse Authority.</p>"
    assert clauses(page) == ["The duty to notify applies to the Gangmasters and Labour Abuse Authority."]


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ("## Recovery period\nA victim has a recovery period of at least 45\ndays of support.", 1),
        ("# Duty\nThe authorities in section 52 are the police, councils and the Gangmasters and Labour\nAbuse Authority.", 1),
        ("# Help\nRing 0300\n303 8151 at any hour.", 1),
        ("# Times\nRecovery period: 30 days\nMove-on: 45 days", 0),
        ("# Times\nRecovery period: 45 days\nMove-on: 45 days", 1),
    ],
)
def test_a_paragraph_of_markdown_is_one_however_its_lines_are_cut(page, marked):
    found = pieces(read(page.encode(), "md")["blocks"])
    assert sum(len(places(one.text, FACTS)) for one in found) == marked


DAYS = ["45 days, ", "45 days and ", "45 days; ", "45 days:\n", "It is 45 days. ", "\n\n45 days"]

BESIDE = ["recovery 45 days exit ", "45 days the rest and ", "recovery of the ", "03\n00 "]
PAST = ["was the minimum ", "reduced at ", "from ", "Previously 45 ", "do not use the ", "until then 2020 the ", "45 days no "]


@pytest.mark.parametrize("one", [*DAYS, *BESIDE, *PAST, "GLAA ", "• GLAA ", "\n", "It is: "])
def test_a_long_text_is_read_in_a_moment(one):
    begun = time.process_time()
    stated(f"45 days GLAA {one * 3_000}", FACTS)
    assert time.process_time() - begun < 3
