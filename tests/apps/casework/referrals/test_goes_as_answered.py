"""What was answered goes out as it was answered, and of the Privacy Information Notice what was recorded."""

from datetime import timedelta

import pytest

from lodestar.casework.cases.models import ConsentAnswer
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.referral_forms.presenters import pack
from lodestar.casework.referral_forms.rules.form import by_name
from lodestar.casework.referral_forms.rules.form import form as form_of
from lodestar.casework.referral_forms.rules.sections import asks, sections
from lodestar.casework.referrals.queries.writing import sheet_of
from lodestar.platform.documents.description import Entry, Paragraph
from lodestar.platform.time.days import london_date
from tests.apps.casework.referrals.conftest import NIGHT as NOW
from tests.apps.casework.referrals.test_common import write
from tests.apps.casework.referrals.test_preview import address, every_page
from tests.apps.casework.referrals.test_writing import VERSION, an_adult, begun, words
from tests.factories.signed_in import form

pytestmark = pytest.mark.usefixtures("fenmarch", "night")
REPORTED = "is-this-the-first-chance-to-report"


def packed(writing):
    day = london_date(NOW)
    blocks = pack(sheet_of(writing).form_pages(day), version=VERSION, now=NOW).blocks
    return [(getattr(block, "label", ""), block.text) for block in blocks if isinstance(block, Entry | Paragraph)]


def test_reported_before_is_asked_as_the_form_asks_it_and_a_yes_goes_out_as_yes(web, officer):
    questions, page = asks(VERSION), form_of(VERSION).pages[REPORTED]
    for words_of_it in (questions[REPORTED].label, page.title):
        assert "reported this before" in words_of_it
    assert questions["yes-the-first-chance-to-report"].when == "yes"
    assert (questions["why-report-now"].under, questions["why-report-now"].when) == (REPORTED, "no")
    assert "earlier" in questions["not-sure-the-first-chance-to-report"].label
    writing = begun(officer, an_adult(officer))
    write(officer, writing, **{REPORTED: "yes", "yes-the-first-chance-to-report": "In May, at a clinic."})
    going = every_page(web, writing).partition(f'data-field="{REPORTED}"')[2]
    assert going.index(">Yes<") < going.index("In May, at a clinic.")
    assert 'data-field="why-report-now"' not in going
    assert packed(writing)[packed(writing).index(("Provide more information (optional)", "In May, at a clinic.")) - 1][1] == "Yes"


def test_a_notification_without_a_name_asks_nothing_that_it_keeps_back(officer):
    sheet = sheet_of(begun(officer, an_adult(officer, answer=False)))
    lines = by_name(sheet.form_pages(london_date(NOW)))
    asked = [field.name for section in sections(VERSION) for ask in sheet.drawn(section) for field in ask.fields]
    assert len(asked) > 20
    assert [name for name in asked if name in lines and lines[name].state == "kept_back"] == []


def test_the_notice_goes_as_it_was_recorded_and_where_nothing_is_that_is_said(web, officer):
    person = an_adult(officer)
    writing = begun(officer, person)
    (said,) = [text for _, text in packed(writing) if "Privacy Information Notice" in text]
    assert "not recorded" in said
    typed = {"notice": "read_out", "language": "Romanian"}
    assert web.post(f"/people/{person.id}/consent", form(**typed)).status_code == 302
    row = ConsentAnswer.objects.get(privacy_notice="read_out")
    assert row.leaves_referral, "the answer before stays"
    later = {"privacy_notice": "", "nrm": True, "spoke_alone": True, "interpreter": "independent"}
    record_consent(by=officer, at=NOW + timedelta(minutes=1), person=person, answer=later)
    recorded = "Privacy Information Notice: read out in Romanian."
    assert [text for _, text in packed(writing) if "Privacy Information Notice" in text] == [recorded]
    assert recorded in every_page(web, writing)
    assert recorded in words(web.get(f"/people/{person.id}/consent"))
    assert "I have explained" not in words(web.get(address(writing)))
