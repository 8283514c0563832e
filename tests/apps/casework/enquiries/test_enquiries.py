"""The plan and its lines, the decision log, unused material, and third-party material that an inspector approves."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.enquiries.actions import NotConsidered, ask_for_material, decide_material, write_plan
from lodestar.casework.enquiries.models import DecisionEntry, LineOfEnquiry, MaterialRequest, Plan, UnusedItem
from lodestar.casework.enquiries.presenters import MY_LINES, case_lines
from lodestar.casework.enquiries.queries import open_for_closing, timeline_rows
from lodestar.casework.enquiries.rules import LINES
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.notices.due_items import due_items
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.evidence import LineOfEnquiryFactory, UnusedItemFactory
from tests.factories.signed_in import html_of, sent, signed_in

FIELDS = {code: f"l{number}-line" for number, code in enumerate(LINES, 1)}
MUST = {FIELDS[code]: "pursue" for code, row in LINES.items() if row.get("must")}


@pytest.fixture
def detective(fenmarch):
    return a_member("investigator", name="DC Marsh")


@pytest.fixture
def case(detective):
    case = a_case(detective)
    a_person(detective, case, roles=["possible_victim"], belief="reasonable_grounds")
    return case


def test_a_plan_considers_every_line_it_must_and_closes_what_is_owed(client, detective, case):
    page = f"/cases/{case.reference}/plan/write"
    client, owed = signed_in(client, detective), Obligation.objects.get(case=case, code="investigation_plan")
    assert (owed.state, owed.due_at) == ("open", None)
    without = {name: way for name, way in MUST.items() if name != FIELDS["evidence_led"]}
    assert sent(detective, page, aim="Prove control", **without).status_code == 422
    with pytest.raises(NotConsidered) as missing:
        write_plan(by=detective, at=MET, case=case, aim="x", lines={"financial": ""})
    assert "evidence_led" in missing.value.codes
    ways = MUST | {FIELDS["evidence_led"]: "harm"}
    assert sent(detective, page, aim="Prove control", officer="nobody", **ways).status_code == 422
    assert sent(detective, page, aim="Prove control", officer="DC Marsh", **ways).status_code == 302
    owed.refresh_from_db()
    assert (owed.state, owed.closed_with) == ("closed", "record")
    assert Plan.objects.get().disclosure_officer_id == detective.user
    line = LineOfEnquiry.objects.get(code="evidence_led")
    assert (line.state, line.result, line.due_at, line.moves.get().reason) == ("not_pursued", "harm", None, "harm")
    lines = LineOfEnquiry.objects.filter(state="open")
    assert len(lines) == len(MUST) - 1
    assert "data-missing" not in html_of(client, f"/cases/{case.reference}/plan")
    assert len(MY_LINES.items(detective, lines[0].due_at)) == len(lines)
    assert len(open_for_closing(case)) == len(lines)
    assert sent(detective, page, aim="Follow the money").status_code == 302
    assert "Prove control" in html_of(client, f"/cases/{case.reference}/plan"), "what was written stays readable"
    assert case_lines(case, detective, MET)[0].href == f"/cases/{case.reference}/plan"


def test_a_line_comes_to_a_result_and_covert_detail_is_refused(client, detective, case):
    client, covert = signed_in(client, detective), LineOfEnquiryFactory(case=case, code="covert", owner_id=detective.user)
    page = f"/lines-of-enquiry/{covert.id}"
    assert sent(detective, f"{page}/move", to="open", because="A man in a van", version="1").status_code == 422
    assert sent(detective, f"{page}/move", to="open", look_days="3", version="1").status_code == 302
    covert.refresh_from_db()
    assert timedelta(days=3) <= covert.due_at - timezone.now() < timedelta(days=4)
    assert sent(detective, f"{page}/move", to="done", reason="nothing", look_days="3", version="2").status_code == 302
    covert.refresh_from_db()
    assert (covert.state, covert.result, covert.due_at) == ("done", "nothing", None)
    assert f"{page}/move" in html_of(client, page)
    assert "/move" not in html_of(signed_in(client, a_member("coordinator")), page)


def test_the_decision_log_is_added_to_and_never_changed(client, detective, case):
    client, page = signed_in(client, detective), f"/cases/{case.reference}/decisions/add"
    assert sent(detective, page, decision="No arrest yet", reason="Housing first", made_at="3 March 2026 0900").status_code == 302
    first = DecisionEntry.objects.get()
    assert sent(detective, page, decision="Tomorrow", reason="Housing found", adds_to=str(first.id)).status_code == 302
    assert list(DecisionEntry.objects.order_by("number").values_list("number", "adds_to")) == [(1, None), (2, first.id)]
    assert [kind for _, kind, _, _ in timeline_rows(case)] == ["decision", "decision"]
    for change in (lambda rows: rows.update(number=9), lambda rows: rows.delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change(DecisionEntry.objects.filter(number=2))


def test_unused_material_is_scheduled_reviewed_and_saved(client, detective, case):
    client = signed_in(client, detective)
    typed = {"what": "A complaint", "where": "Log 4411", "is_sensitive": "no", "is_relevant": "not_known"}
    assert sent(detective, f"/cases/{case.reference}/unused/add", **typed).status_code == 302
    row = UnusedItem.objects.get()
    assert (row.state, row.is_relevant, row.is_sensitive, row.owner_id) == ("not_reviewed", None, False, detective.user)
    assert "No</dd>" in html_of(client, f"/unused-material/{row.id}"), "no is an answer"
    assert sent(detective, f"/unused-material/{row.id}/move", to="yes", version="1").status_code == 422, "why"
    assert (
        sent(detective, f"/unused-material/{row.id}/move", to="yes", because="Says the door was open", version="1").status_code
        == 302
    )
    UnusedItemFactory()
    lines = client.get(f"/unused-material?case={case.reference}&show=all&as=csv").content.decode().splitlines()
    assert len(lines) == 2
    assert "Log 4411" in lines[1]


def test_third_party_material_needs_a_line_and_an_inspector(client, detective, case):
    person, line = case.people.get(), LineOfEnquiryFactory(case=case)
    page = f"/people/{person.id}/material"
    typed = {"kind": "counselling", "who": "A charity", "what": "Notes", "reason": "Nothing else shows it"}
    client = signed_in(client, detective)
    assert sent(detective, page, **typed, notice="given").status_code == 422, "no line of enquiry"
    assert sent(detective, page, **typed, line=str(line.id)).status_code == 422, "nothing about notice"
    assert sent(detective, page, **typed, line=str(line.id), notice="harm", happened="yes").status_code == 302
    row = MaterialRequest.objects.get()
    assert (row.happened_without, row.approved) == (True, None)
    decide = f"/material-requests/{row.id}"
    assert client.get(decide).status_code == 404
    assert signed_in(client, a_member("detective_inspector")).get(decide).status_code == 404, "of no rank"
    inspector = a_member("detective_inspector", rank="detective_inspector")
    assert decide in html_of(signed_in(client, inspector), "/material-requests")
    now = timezone.now()
    assert decide in [item.href for item in due_items(inspector, now, now)]
    assert decide not in [item.href for item in due_items(detective, now, now)]
    assert sent(inspector, decide, approved="no", because="The hospital has it too").status_code == 302
    row.refresh_from_db()
    assert row.approved is False


def test_third_party_material_is_sent_for_and_received(client, detective, case):
    asked = {
        "kind": "health",
        "who": "A hospital",
        "what": "Notes",
        "reason": "x",
        "notice": "given",
        "line": LineOfEnquiryFactory(case=case),
    }
    inspector = a_member("detective_inspector", rank="detective_inspector")
    requests = [ask_for_material(by=detective, at=timezone.now(), person=case.people.get(), **asked) for _ in range(2)]
    decide_material(by=inspector, at=timezone.now(), row=requests[0], approved=True, because="Yes")
    for row in requests:
        page = f"/material-requests/{row.id}/sent"
        assert page in html_of(signed_in(client, detective), f"/cases/{case.reference}/plan")
        assert sent(detective, page, sent_at="now", received_at="yesterday 0900").status_code == 422
        assert sent(detective, page, sent_at="now").status_code == 302
        row.refresh_from_db()
    assert [row.happened_without for row in requests] == [False, True], "nobody had approved the second"
    assert [href for words, href in open_for_closing(case) if "received" in words] == [f"/cases/{case.reference}/plan"]
    assert sent(detective, page, sent_at="now", received_at="now").status_code == 302
    assert sent(a_member("coordinator"), page, sent_at="now").status_code == 404


def test_a_sealed_case_is_in_no_list_file_or_count_of_others(client, detective, case):
    line, unused = LineOfEnquiryFactory(case=case), UnusedItemFactory(case=case)
    pages = ["/lines-of-enquiry", "/unused-material", "/unused-material?as=csv", f"/lines-of-enquiry/{line.id}"]
    other, coordinator = a_member("detective_inspector", rank="detective_inspector"), a_member("coordinator")
    before = [signed_in(client, other).get(page) for page in pages]
    assert {page.status_code for page in before} == {200}
    seal_case(by=coordinator, at=MET, case=case, reason="A relative", owners=[detective.user, coordinator.user])
    shown = [signed_in(client, other).get(page) for page in pages]
    assert case.reference not in "".join(page.content.decode() for page in shown)
    assert [page.status_code for page in shown] == [200, 200, 200, 404]
    assert signed_in(client, other).get(f"/unused-material/{unused.id}").status_code == 404
    assert case.reference in html_of(signed_in(client, detective), "/lines-of-enquiry")
