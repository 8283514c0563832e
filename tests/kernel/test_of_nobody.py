"""A letter is read without whose it is, and with all that it says: numbers that many answer, and what was forwarded in it."""

from email.message import EmailMessage

import pytest

from lodestar.kernel.text_alone import read


def said(words, subtype="plain"):
    message = EmailMessage()
    message["Subject"], message["From"] = "Nail bars", "Marmalade Quist <m.quist@region.example>"
    message.set_content(words, subtype=subtype)
    return " ".join(" ".join(text for _, _, text in read(message.as_bytes(), "eml")["blocks"][2:]).split())


@pytest.mark.parametrize(
    "kept",
    [
        "Out of hours ring 01632 960101 (24 hours).",
        "The control room is on 020 7946 0018.",
        "The visit is on 01-02-2026 14:30.",
        "The visit is on 07-02-2026 14:30, or 07 03 2026 15:30.",
        "To: be kept when an adult says no.",
        "From: the first of the month this changes.",
        "Ring 0800 0121 700.",
    ],
)
def test_what_many_answer_and_what_is_a_sentence_stays(kept):
    assert said(f"Look first.\n{kept}\nAsk twice.\n") == f"Look first. {kept} Ask twice."


@pytest.mark.parametrize(
    "line",
    ["Ring 07700 900123.", "Ring +44 7700 900123.", "My direct line: 01632 960101", "DDI 020 7946 0018", "On 0044 7700 900123"],
)
def test_a_number_of_one_person_is_left_out(line):
    assert "[number left out]" in said(f"Look first.\n{line}\nAsk twice.\n")


def test_a_number_below_a_closing_is_left_out_though_more_of_the_letter_follows():
    told = said("Look first.\nThanks\nJo\n01632 960101\n" + "More of it.\n" * 20 + "Ring 01632 960202.\n")
    assert "960101" not in told
    assert "Ring 01632 960202." in told


FORWARDED = [
    "All, please see below.", "", "Kind regards", "Jane Quist", "Sergeant", "01632 960555", "",
    "From: Jo Bloggs <jo@force.example>", "Sent: Monday", "To: Al Smith; Bo Jones", "Subject: New number", "",
    "From 1 December the number is 0800 151 3868.", "Many thanks", "for your help, and ring 01632 960101.", "", "Kind regards",
    "Jo Bloggs",
]  # fmt: skip


@pytest.mark.parametrize("between", ["", "-----Original Message-----", "_" * 32, "On Monday Jo Bloggs <jo@force.example> wrote:"])
def test_what_was_forwarded_below_a_name_is_read(between):
    told = said("\n".join([*FORWARDED[:7], between, *FORWARDED[7:]]))
    assert "All, please see below." in told
    assert "From 1 December the number is 0800 151 3868." in told
    assert "for your help" in told
    for name in ("Quist", "960555", "Bloggs", "Smith", "Jones", "Kind regards"):
        assert name not in told


@pytest.mark.parametrize(
    "page",
    [
        "<div>{}</div>".format("<br>".join(FORWARDED)),
        "<p>{}</p><div>{}</div>".format("</p><p>".join(FORWARDED[:7]), "<br>".join(FORWARDED[7:])),
        "".join(f"<p>{line}</p>" for line in FORWARDED),
    ],
)
def test_what_was_forwarded_in_a_page_is_read_too(page):
    told = said(f"<html><body>{page.replace(' <jo@force.example>', ' &lt;jo@force.example&gt;')}</body></html>", "html")
    assert "All, please see below." in told
    assert "From 1 December the number is 0800 151 3868." in told
    for name in ("Quist", "960555", "Bloggs", "Smith", "Jones", "Kind regards"):
        assert name not in told


def test_a_line_between_the_parts_of_a_name_ends_no_name():
    told = said("Look first.\n\nKind regards\nJane Quist\n--------\nQuist House, 01632 960555\n")
    assert told == "Look first."


SIGNED = "Look first.\n\nKind regards\nJane Quist\nCoordinator\n01632 960555\n"
ACTIONS = "Actions for forces\n1. Ring the helpline on 0300 303 8151\n2. Complete the NRM form"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (f"{SIGNED}\n{ACTIONS}", ACTIONS),
        (f"{SIGNED}\n{ACTIONS}\nAsk twice\n\nDays: Monday", f"{ACTIONS} Ask twice Days: Monday"),
        (f"{SIGNED}{ACTIONS}", ACTIONS.removeprefix("Actions for forces")),  # it may be a post
        (f"{SIGNED}\n{ACTIONS}{' and ask' * 60}" + "\nmore of it" * 20, f"{ACTIONS}{' and ask' * 60}{' more of it' * 20}"),
        (f"{SIGNED}\nAsk for these\n* who the helpline is\n* JQ\n\nSam Brown\nInspector\n01632 960101",
         "Ask for these * who the helpline is * JQ"),
        (f"{SIGNED}\n{ACTIONS}\n3. Tell PC Sam Jones\n4. Ring Sam Brown\n5. Ring Car Wash Unit",
         f"{ACTIONS} 5. Ring Car Wash Unit"),
        (f"{SIGNED}\n{ACTIONS}\n3. Ring the Salvation Army", f"{ACTIONS} 3. Ring the Salvation Army"),
        (f"{SIGNED}\n* ring the helpline\n* JQ", ""),
        (f"{SIGNED}\n1. Ring the helpline\n", ""),
        (f"{SIGNED}\nSection two\n\nChildren need not consent when they\nare referred.\n\nNRM", ""),
        (f"{SIGNED}\nChildren need not consent.\n\nJane Quist\nQuist House", ""),
        (f"{SIGNED}\nMy working days are Monday to Thursday. In my absence please contact PC Sam Jones.", ""),
        ("Look first.\n\nKind regards\n\nModern Slavery Unit\n\nJane Smith | modern slavery lead\n\n"
         "Please think before you print this.\n\nSam Brown\nInspector", ""),
        ("Look first.\n\nKind regards\n\n- sent on behalf of DS Jane Smith\nJane Smith\nDS", ""),
        ("Look first.\n\nKind regards\n\nSam\n\nModern slavery lead\n- sent on behalf of Jane Smith\n- who is away", ""),
        ("Look first.\n\nThanks\n1. Ring the helpline\n2. Ask", "1. Ring the helpline 2. Ask"),
        (f"{SIGNED}\nChildren need not consent.\n" + "\nmore of it" * 20, "Children need not consent." + " more of it" * 20),
        (f"{SIGNED}\nQuist House, 1 High Street, Newton on Tees.", ""),
        (f"{SIGNED}\nOffice of the Police and Crime Commissioner", ""),
        (f"{SIGNED}\nhead of the safeguarding team\n", ""),
        ("Look first.\n\nKind regards\n\nJane Quist\n\nDetective Sergeant\n\nThis message is for the police alone.", ""),
    ],
)  # fmt: skip
def test_what_stands_below_a_name_and_is_more_of_the_letter_stays(words, told):
    assert said(words) == f"Look first. {' '.join(told.split())}".strip()


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("<h2>Section two</h2>Children need not consent.", "Section two Children need not consent."),
        ("<h2>Next Steps</h2><ul><li>Ring it<li>Ask</ul><p>Monday", "Next Steps Ring it Ask Monday"),
        ("<p><b>Actions for forces</b><ol><li><p>Ring it<li>Ask</ol>", "Actions for forces Ring it Ask"),
        ("<h2>Section two</h2>Children need not consent.<p>Sam Brown<p>Inspector<p>My days are few.",
         "Section two Children need not consent."),
        ("<p>Children need not consent.<p>Quist House", ""),
        ("<p>Detective Sergeant leading on modern slavery<p>This email is confidential and may be privileged.<p>Sam Brown", ""),
        ("<ul><li>Jane Smith<li>DS<li>working with children and adults</ul>", ""),
        ("<p>Where to find us<ul><li>Jane Smith<li>DS</ul>", ""),
        ("<h2>Modern Slavery Unit</h2><p>This team works for all forces.", ""),
        ("<p>Quist House<p>01632 960555", ""),
    ],
)
def test_what_stands_below_a_name_on_a_page_stays_too(page, told):
    lines = ("Regards", "Jane Quist", "Coordinator")
    for signed in (f"<p>{'<p>'.join(lines)}", f"<div>{'<br>'.join(lines)}</div>", "<p>Regards<h3>Jane Quist</h3>"):
        assert said(f"<html><body><p>Look first.{signed}{page}", "html") == f"Look first. {told}".strip()


def test_a_letter_that_is_all_of_a_list_goes_on_below_no_name():
    page = "<ul><li><p>Look first.<p>Kind regards<p>Jane Quist<p>Who to ask<p>working with children and adults<p>DS</li></ul>"
    assert said(f"<html><body>{page}", "html") == "Look first."


def test_a_heading_directly_below_a_closing_is_one_where_the_page_says_so_and_it_is_no_name():
    rest = "<ul><li>Ring it<li>Ask</ul>"
    assert said(f"<html><body><p>Look first.<p>Thanks<h2>What to do</h2>{rest}", "html") == "Look first. What to do Ring it Ask"
    assert said(f"<html><body><p>Look first.<p>Thanks<h2>Jane Quist</h2>{rest}", "html") == "Look first."
    assert said(f"<html><body><p>Look first.<p>Thanks<p>What to do</p>{rest}", "html") == "Look first."
