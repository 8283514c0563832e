"""The pack: every answer that goes, every gap named, of an adult who stays unnamed nothing that tells who; and its page."""

import io
import re
from datetime import date

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from lodestar.casework.referral_forms.presenters import MISSING, TICKED, pack, route_going
from lodestar.casework.referral_forms.rules.form import NOT_GIVEN, form, goes_anonymously, outgoing
from lodestar.casework.referrals.views import outgoing as view
from lodestar.platform.audit.models import Event
from lodestar.platform.documents.description import Bullets, Entry, Heading, Paragraph, TooBusy, texts
from lodestar.platform.documents.made import made
from lodestar.platform.time.days import start_of_day
from tests.apps.casework.referrals.test_preview import TREATED, a_notification, address, decide, write
from tests.apps.casework.referrals.test_writing import NOW, an_adult, begun, words
from tests.apps.platform.documents.reading import bare, pdf_text, word_parts, word_text
from tests.factories.contacts import drama_book

FORM = form("2026-04")
DAY = date(2026, 11, 25)
FIELDS = {field.name: field for page in FORM.pages.values() for field in page.fields}
CHILD = {"pv-under-age": "yes"}
REFERRED = {"pv-under-age": "no", "pv-want-to-submit-nrm": "yes"}
DECLINED = {"pv-under-age": "no", "pv-want-to-submit-nrm": "no"}
_ANY_ANSWER = {
    name: st.sampled_from(field.values()) if field.values() else st.text(st.characters(max_codepoint=0x24F), min_size=1)
    for name, field in FIELDS.items()
}
_ANSWERS = st.fixed_dictionaries({}, optional=_ANY_ANSWER)


def leaves_of(answers, *, may_be_named=False):
    return outgoing(FORM, answers, day=DAY, may_be_named=may_be_named)


def packed(answers, *, may_be_named=False):
    return pack(leaves_of(answers, may_be_named=may_be_named), version="2026-04", now=start_of_day(DAY), book=drama_book())


def whole(answers):
    """An answer to each field that is not answered yet, which can be told from any other."""
    return {name: field.values()[0] if field.values() else f"<{name}>" for name, field in FIELDS.items()} | answers


def under(document, heading):
    """The blocks under a heading, up to the next of its level or above."""
    found, inside = [], None
    for block in document.blocks:
        if isinstance(block, Heading):
            inside = heading in block.text or (inside and block.level > 2)
        elif inside:
            found.append(block)
    return found


def shown(line):
    """The words under which a line stands in a pack."""
    if line.state == "missing":
        return MISSING
    return TICKED if line.field.kind == "tick" and line.state == "filled" else line.text


@given(_ANSWERS, st.booleans())
@settings(deadline=None)
def test_every_field_shown_stands_in_the_pack_filled_missing_or_blank(answers, may_be_named):
    document = packed(answers, may_be_named=may_be_named)
    pages = {}
    for block in under(document, "The form, page by page"):
        pages.setdefault(type(block), []).append(block)
    entries = [(entry.text, entry.is_remark) for entry in pages.get(Entry, [])]
    going = [line for leaf in leaves_of(answers, may_be_named=may_be_named) for line in leaf.lines]

    assert entries == [(shown(line), line.state != "filled") for line in going if shown(line)]
    blank = " ".join(block.text for block in pages.get(Paragraph, []))
    assert all(line.field.label in blank or re.search(r"Left blank[^:]*\.", blank) for line in going if not shown(line))


@pytest.mark.parametrize("route", [CHILD, {"pv-under-age": "not-sure"}, REFERRED, DECLINED, {}])
@pytest.mark.parametrize("may_be_named", [True, False])
def test_every_branch_is_whole_in_both_files(route, may_be_named):
    document = packed(whole(route), may_be_named=may_be_named)
    files = bare(pdf_text(made(document, "pdf"))), bare(word_text(made(document, "docx")))
    values = [shown(line) for leaf in leaves_of(whole(route), may_be_named=may_be_named) for line in leaf.lines]
    assert len(values) > 40
    assert all(bare(value) in told for value in values for told in files)


@pytest.mark.parametrize(
    ("answers", "may_be_named", "route", "title"),
    [
        (CHILD, False, "nrm", "Referral to the National Referral Mechanism"),
        ({"pv-under-age": "not-sure"}, False, "nrm", "Referral to the National Referral Mechanism"),
        (REFERRED, False, "nrm", "Referral to the National Referral Mechanism"),
        (DECLINED, True, "dtn", "Duty to Notify"),
        (DECLINED, False, "dtn", "Duty to Notify, without who the adult is"),
        ({"pv-under-age": "no"}, False, "undecided", "Referral, the route still open"),
        ({"pv-want-to-submit-nrm": "yes"}, False, "undecided", "Referral, the route still open"),
        ({}, False, "undecided", "Referral, the route still open"),
    ],
)
def test_the_front_says_what_it_is(answers, may_be_named, route, title):
    assert route_going(leaves_of(answers, may_be_named=may_be_named)) == route
    assert packed(answers, may_be_named=may_be_named).title == title


def numbers(answers):
    (_, rings) = under(packed(answers), "Who to ring tonight")
    assert isinstance(rings, Bullets)
    return " ".join(rings.items)


@pytest.mark.parametrize(
    ("answers", "rings", "not_those"),
    [
        (CHILD, ("01632 960 204", "0800 043 4303"), ("0800 808 3733",)),
        (REFERRED, ("0800 808 3733", "08000 121 700"), ("01632 960 204", "01632 960 206")),
        (DECLINED, ("01632 960 206", "01632 960 233"), ("0800 808 3733", "01632 960 204")),
        ({}, ("01632 960 204", "0800 808 3733"), ()),
    ],
)
def test_the_front_says_whom_to_ring_tonight(answers, rings, not_those):
    told = numbers(answers)
    assert all(number in told for number in (*rings, "01632 960 155", "0300 072 4345"))
    assert not [number for number in not_those if number in told]


def test_gaps_are_named_by_their_page():
    gaps = under(packed(REFERRED), "Gaps")
    assert "1. What’s your reference for this report? Your reference" in gaps[1].items
    assert "7. Has the potential victim been in more than one exploitative situation?" in gaps[1].items
    assert (
        "6. Tell us about the potential victim's background: Place of birth; Their family; Education; Previous employment history"
        in gaps[1].items
    )
    assert not [item for item in gaps[1].items if "under 18?" in item]
    assert under(packed(whole(REFERRED)), "Gaps") == [
        Paragraph("None: whatever the form asks for has an answer, or is kept back.")
    ]


def test_what_is_too_long_for_the_form_is_named():
    document = packed(REFERRED | {"family": "a" * 15_001, "education": "a" * 15_000})
    (longer,) = under(document, "Too long for the form")
    assert longer.items == ("6. Their family: 15,001 characters, and 15,000 fit",)
    assert not under(packed(REFERRED), "Too long for the form")


def test_the_front_tells_the_reference_the_day_the_version_and_the_size():
    facts = packed(REFERRED | {"reference": "FM-26-3318", "family": "a" * 2_000}).blocks[1].items
    assert facts == (
        "Our reference: FM-26-3318",
        "Made on 25 November 2026, for version 2026-04 of the form",
        "5 kB of the 100 kB that the form has room for",
    )


def test_what_the_form_repeats_is_named_once():
    told = " ".join(texts(packed(REFERRED | {"where-exploitation-happened": "uk"})))
    assert told.count("Select another city or town (Optional)") == 1


TELL_WHO = [name for name, field in FIELDS.items() if not field.values() and not goes_anonymously(name, DAY)]


def test_an_anonymous_pack_holds_no_identifier_anywhere_in_its_files():
    secrets = {name: f"Qx{place:03}zv" for place, name in enumerate(TELL_WHO)}
    document = packed(whole(DECLINED) | secrets)
    assert packed(whole(DECLINED) | secrets, may_be_named=True) != document

    pdf = made(document, "pdf")
    reader = PdfReader(io.BytesIO(pdf))
    streams = [each.get_data() for each in map(reader.get_object, range(1, reader.trailer["/Size"])) if hasattr(each, "get_data")]
    in_pdf = pdf_text(pdf) + str(reader.metadata) + str(reader.outline) + b"".join([pdf, *streams]).decode("latin-1")
    in_word = "".join(word_parts(made(document, "docx")).values())
    for told in (in_pdf, in_word, " ".join(texts(document))):
        assert not re.search(r"Qx\d\d\dzv", told)
    assert NOT_GIVEN in pdf_text(pdf).replace("\n", "")
    assert "Our reference" not in in_word


def test_neither_title_nor_foot_names_anybody():
    named = whole(REFERRED) | {"pv-name-first-name": "Anna", "fr-details-last-name": "Hill"}
    document = packed(named)
    assert not {"Anna", "Hill"} & set(re.findall(r"\w+", f"{document.title} {document.foot} {document.marking}"))
    properties = word_parts(made(document, "docx"))["docProps/core.xml"]
    assert not re.search("Anna|Hill", properties + str(PdfReader(io.BytesIO(made(document, "pdf"))).metadata))


pytestmark = pytest.mark.usefixtures("fenmarch", "night")


def taken(web, writing, kind):
    response = web.get(f"/writings/{writing.id}/pack/{kind}")
    assert response.status_code == 200
    return response


@pytest.mark.parametrize(
    ("kind", "media", "read"),
    [
        ("pdf", "application/pdf", pdf_text),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", word_text),
    ],
)
def test_a_referral_is_taken_as_it_would_go(web, officer, kind, media, read):
    writing = begun(officer, an_adult(officer))
    write(officer, writing, **{"pv-name-first-name": "Rareș", TREATED: "Shouted at."})
    response = taken(web, writing, kind)

    assert response["Content-Type"] == media
    assert response["Content-Disposition"] == f'attachment; filename="pack-{NOW.date().isoformat()}.{kind}"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    event = Event.objects.get(code="referrals.pack_taken")
    assert (event.by, event.subject, event.fields) == (officer.user, str(writing.id), [kind])
    told = bare(read(response.content))
    assert all(bare(text) in told for text in ("Rareș", "Shouted at.", writing.person.case.reference, "Gaps"))


def test_without_a_name_it_is_made_once_its_texts_are_checked_and_holds_no_more(web, officer):
    writing = a_notification(officer, **{TREATED: "Told Rareș to sleep in the van.", "pv-name-first-name": "Rareș"})
    assert web.get(f"/writings/{writing.id}/pack/pdf").url == address(writing, "check")
    assert decide(web, writing, t="Told to sleep in the van.").status_code == 302
    for kind in ("pdf", "docx"):
        response = taken(web, writing, kind)
        told = pdf_text(response.content) if kind == "pdf" else "".join(word_parts(response.content).values())
        assert "Rareș" not in told
        assert writing.person.case.reference not in told + response["Content-Disposition"]
        assert bare("Told to sleep in the van.") in bare(told)
        assert bare(NOT_GIVEN) in bare(told)


def test_what_is_made_up_is_marked_so(web, officer):
    writing = begun(officer, an_adult(officer))
    assert _above(taken(web, writing, "docx")) == "OFFICIAL-SENSITIVE"
    session = web.session
    session["not_real"] = True
    session.save()
    assert _above(taken(web, writing, "docx")) == "NOT REAL DATA, OFFICIAL-SENSITIVE"


def _above(response):
    return docx.Document(io.BytesIO(response.content)).sections[0].header.paragraphs[0].text


def test_another_kind_is_not_there(web, officer):
    writing = begun(officer, an_adult(officer))
    assert web.get(f"/writings/{writing.id}/pack/exe").status_code == 404
    assert web.post(f"/writings/{writing.id}/pack/pdf").status_code in (403, 404, 405)


def test_where_it_cannot_be_made_the_page_says_what_to_do_and_nothing_is_written_down(web, officer, monkeypatch):
    def busy(*given):
        raise TooBusy("Try again in a minute.")

    monkeypatch.setattr(view, "made", busy)
    writing = begun(officer, an_adult(officer))
    response = web.get(f"/writings/{writing.id}/pack/pdf")
    assert (response.status_code, response.headers["Retry-After"]) == (503, "60")
    assert "Try again in a minute." in words(response)
    page = response.content.decode()
    assert f'href="/writings/{writing.id}/preview" data-instead' in page
    assert f'href="/writings/{writing.id}/pack/docx" data-word' in page
    assert not Event.objects.filter(code="referrals.pack_taken").exists()
