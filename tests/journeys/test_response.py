"""An answer to a report on a telephone without JavaScript: from its import to publication and a correction."""

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.oversight.responses.models import ResponseVersion
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.signed_in import session_of
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.people import member_of, somebody

TABLE = b"number,addressees,text,verified\r\nR3,chief_constable,Allocate to skilled people,yes\r\n"
ASSURED = "We assure ourselves that every crime is recorded"


@pytest.fixture
def force(live):
    """A coordinator, the chief officer and the commissioner."""
    return {name: somebody(role, name=name) for name, role in (
        ("F. Quist", "coordinator"), ("ACC Thorne", "chief_officer"), ("A. Demir", "policing_body"),
    )}  # fmt: skip


def import_report(phone):
    """The coordinator records a report and imports its recommendations from a table, looked at first."""
    phone.get_by_label("Title").fill("The hidden victims")
    phone.get_by_label("Published by").fill("HMICFRS")
    phone.get_by_label("Published on").fill("26 May 2021")
    phone.get_by_label("Address of the report").fill("https://reports.example")
    for question in ("Does section 55", "Compared with"):
        phone.get_by_role("group", name=question).get_by_label("Yes").check()
    phone.get_by_role("button", name="Save").click()
    phone.get_by_role("link", name="Import recommendations").click()
    for press in ("Check the file", "Record these recommendations"):
        phone.locator("#file").set_input_files({"name": "r.csv", "mimeType": "text/csv", "buffer": TABLE})
        phone.get_by_role("button", name=press).click()


def add_paragraph(phone, kind, words):
    phone.get_by_role("link", name="Add a paragraph").click()
    phone.get_by_label("What kind of statement?").select_option(kind)
    phone.get_by_label("In your own words").fill(words)
    phone.get_by_role("button", name="Save").click()


def begin_response(phone):
    """The coordinator begins the answer to the report; the address of the response."""
    phone.goto("/responses/new")
    phone.get_by_label("Report").select_option(index=1)
    phone.get_by_role("button", name="Save").click()
    return phone.url


def is_refused_as_assurance(phone):
    """Of a measure that counted nothing an assurance is refused, with all that was typed; a gap is not."""
    phone.get_by_role("link", name="Add a paragraph").click()
    phone.get_by_role("link", name="Measures").click()
    phone.get_by_label("What kind of statement?").select_option("assurance")
    phone.locator("[name=cites]").first.check()
    phone.get_by_label("In your own words").fill(ASSURED)
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_role("alert")).to_contain_text("cannot be worded as assurance")
    check_page(phone, "response-refused")
    expect(phone.get_by_label("In your own words")).to_have_value(ASSURED)
    phone.get_by_label("What kind of statement?").select_option("gap")
    phone.get_by_label("In your own words").fill("The records do not say whether every crime is recorded")
    phone.get_by_role("button", name="Save").click()


def publish(phone):
    """The commissioner writes the letter and records publication, at first with a day before the report itself."""
    phone.get_by_role("button", name="Save").click()
    phone.get_by_role("link", name="Record publication").click()
    phone.get_by_label("Web address of the response").fill("https://pcc.example/answer")
    phone.get_by_label("The Home Secretary").check()
    for day in ("16 June 2020", f"{timezone.localdate():%-d %B %Y}"):
        phone.get_by_label("Published on").fill(day)
        phone.get_by_role("button", name="Save").click()
        expect(phone.locator("[data-state=published]" if day != "16 June 2020" else "[role=alert]")).to_be_visible()


def test_a_response_from_the_report_to_its_publication(phone, live, force):
    def enter(name, path):
        with within("fenmarch"):
            key = str(session_of(member_of(force[name])).session_key)
        phone.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live}])
        phone.goto(path)

    enter("F. Quist", "/recommendations/reports/new")
    import_report(phone)
    here = begin_response(phone)
    phone.get_by_role("link", name="R3").click()
    is_refused_as_assurance(phone)
    add_paragraph(phone, "fact", "54 officers came to a seminar")
    expect(phone.locator("[data-mark=no_evidence] [data-own]")).to_contain_text("54")
    add_paragraph(phone, "no_action", "Allocation is inspected in March")
    check_page(phone, "response-part")
    phone.goto(f"{here}/submit")
    phone.get_by_role("button", name="Save").click()

    enter("ACC Thorne", here)
    phone.get_by_role("link", name="Briefing", exact=True).click()
    check_page(phone, "response-document")
    phone.goto(f"{here}/approve")
    phone.get_by_label("Approve it for the chief constable").check()
    phone.get_by_role("button", name="Save").click()
    expect(phone.locator("[data-state=approved]")).to_be_visible()
    enter("A. Demir", f"{here}/comment")
    publish(phone)

    enter("F. Quist", f"{here}/correct")
    phone.get_by_label("What is corrected?").fill("Recommendation R3")
    phone.get_by_label("What is right?").fill("Allocation is inspected in April")
    phone.get_by_role("button", name="Save").click()
    expect(phone.locator("[data-correction]")).to_contain_text("in April")
    phone.goto(f"{here}/documents/briefing")
    expect(phone.get_by_role("heading", name="Recommendation R3")).to_be_visible()
    with within("fenmarch"):
        steps = list(ResponseVersion.objects.order_by("number").values_list("step", flat=True))
    assert steps == ["submitted", "approved", "commented", "published"]
