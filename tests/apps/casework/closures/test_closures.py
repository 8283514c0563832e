"""The status of a case, closing it by two people, outcomes, and the victim's right to review."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.utils import timezone

from lodestar.casework.case_facts.actions import record_event
from lodestar.casework.case_files.actions.case import name_operation, seal_case
from lodestar.casework.case_files.actions.people import change_offence
from lodestar.casework.closures import actions, presenters, queries
from lodestar.casework.closures.models import CaseStatus, ClosingRequest, CrimeOutcome, RightToReview
from lodestar.casework.closures.rules import RIGHT, checklist, point_name, right_due, unsettled
from lodestar.casework.investigations.models import Crime
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.safe_addresses.models import ContactWithout
from lodestar.platform.approvals.actions import CannotDecide
from lodestar.platform.notices.due_items import due_items
from lodestar.platform.time.days import end_of_day
from tests.factories.accounts import a_member
from tests.factories.cases import MET, CaseFactory, a_case, a_person
from tests.factories.full_records import an_offence
from tests.factories.investigations import CrimeFactory
from tests.factories.signed_in import form, html_of, read, sent, signed_in
from tests.factories.statements import at_most

DAY = date(2026, 3, 2)
CODE = "di_review_before_no_further_action"
CHECKED = {q.code: "done" if q.kind == "choice" else "Seen in the file" for q in checklist(DAY).questions}


def test_every_point_is_settled_and_each_step_of_a_review_has_its_clock():
    asked = checklist(DAY)
    assert len(unsettled(asked, {})) == 13
    assert len(unsettled(asked, CHECKED | {"orders": "open"})) == 1
    clocks = {"inform_days": 1, "ask_months": 3, "decide_days": 30}
    due = {to: right_due(to, DAY, **clocks) for to in RIGHT.states}
    assert due["to_inform"] == end_of_day(date(2026, 3, 3))
    assert due["informed"] == end_of_day(date(2026, 6, 2))
    assert due["asked"] == end_of_day(date(2026, 4, 15)), "30 working days, over Easter"
    assert {to for to, at in due.items() if at is None} == {"upheld", "changed", "not_asked", "withdrawn", "not_possible"}


class Scene:
    """A case with a victim and her crime, a detective who asks and an inspector who decides."""

    def __init__(self):
        self.detective = a_member("investigator", name="DC Marchetti")
        self.inspector = a_member("detective_inspector", rank="detective_inspector", name="DI Okafor")
        self.case = a_case(self.detective)
        self.victim = a_person(self.detective, self.case, name="Ardita Hoxha")
        self.crime = CrimeFactory(person=self.victim, number="FM/1/26")
        self.page = f"/cases/{self.case.reference}/closing"

    def suspected(self, **facts):
        """Of an act, so that section 45 is open."""
        return an_offence(self.detective, self.victim, **facts)

    def asks(self, code="18", **changed):
        told = {"scope": "case", "rationale": "Nobody can be identified", "outcome_0": code, **CHECKED, **changed}
        return sent(self.detective, self.page, **told)

    def points(self):
        lines = queries.open_points(self.request(), queries.open_obligations(self.case))
        return [point_name(words) for words, _ in lines]

    def decides(self, by=None, **typed):
        by = by or self.inspector
        reasons = dict.fromkeys(self.points() if typed.pop("explains", True) else (), "It can wait")
        return sent(by, self.page, **{"approved": "yes", "because": "Agreed"} | reasons | typed)

    def request(self):
        return ClosingRequest.objects.filter(case=self.case).latest("asked_at")

    def status(self):
        return queries.status_of(self.case).status


@pytest.fixture
def scene(fenmarch):
    return Scene()


def test_closing_is_refused_then_given_and_nobody_closes_alone(client, scene):
    signed_in(client, scene.detective)
    for page in (scene.page, f"/cases/{scene.case.reference}/status", f"/cases/{scene.case.reference}/outcomes"):
        with at_most(16 if page == scene.page else 15):
            html_of(client, page)
    for wrong in ("", "99"):
        assert scene.asks(code=wrong).status_code == 422, "without an outcome of the list"
    assert scene.asks(learning_note="").status_code == 422, "a point without its note"
    assert scene.asks(learning="open", learning_note="").status_code == 302
    assert scene.asks().status_code == 404, "one at a time"
    assert scene.status() == "closing_asked"
    row = Obligation.objects.get(person=scene.victim, code=CODE)
    assert row.state == "open"
    assert f'href="{scene.page}"' in read(scene.inspector, f"/owed/{row.id}")
    assert sent(scene.detective, scene.page, approved="yes", because="Mine").status_code == 404
    assert sent(a_member("detective_inspector", rank="detective_sergeant"), scene.page, approved="yes").status_code == 404
    signed_in(client, scene.inspector)
    with at_most(16):  # it asks every app of the case, once each
        html = html_of(client, scene.page)
    assert html.count("data-open") == len(scene.points()) > 2
    assert scene.decides(explains=False).status_code == 422, "open points have no reason"
    assert scene.status() == "closing_asked"
    reasons = dict.fromkeys(scene.points(), "It can wait")
    with at_most(45):  # it asks them again under the lock
        assert client.post(scene.page, form(approved="yes", because="Agreed", **reasons)).status_code == 302
    assert scene.status() == "closed"
    assert (CrimeOutcome.objects.get().code, CrimeOutcome.objects.get().crime) == ("18", scene.crime)
    row.refresh_from_db()
    assert row.state == "closed"
    assert ledger.differences([scene.case]) == []
    assert Obligation.objects.filter(case=scene.case, state="open").exists(), "what is owed stays in the lists"
    assert not RightToReview.objects.exists(), "nobody was identified"
    with pytest.raises(CannotDecide):
        actions.decide_closing(by=scene.detective, at=timezone.now(), row=scene.request(), approved=True, because="", reasons={})
    with pytest.raises(IntegrityError):
        ClosingRequest.objects.create(
            case=CaseFactory(), scope="case", outcomes="[]", version="", answers="{}", reason="x", asked_at=MET,
            asked_by_id=scene.detective.user, decided_by_id=scene.detective.user, decided_at=MET, approved=True,
        )  # fmt: skip


def test_an_inspector_who_asked_leaves_it_to_another_and_a_no_goes_on(scene):
    scene.detective = scene.inspector
    scene.asks()
    assert scene.decides().status_code == 404
    other = a_member("detective_inspector", rank="detective_inspector")
    assert scene.decides(by=other, approved="no", explains=False).status_code == 302
    assert scene.status() == "investigating"
    assert Obligation.objects.get(person=scene.victim, code=CODE).state == "closed", "it was reviewed"
    actions.set_status(by=scene.detective, at=timezone.now(), case=scene.case, status="with_cps")
    scene.asks()
    assert Obligation.objects.get(person=scene.victim, code=CODE).state == "open", "and is asked anew"
    assert scene.decides(by=other, approved="no", explains=False).status_code == 302
    assert scene.status() == "with_cps", "as it was before"
    assert ledger.differences([scene.case]) == []


def test_with_section_45_open_nothing_is_authorised_by_any_path_and_what_happened_is_accepted(scene):
    offence = scene.suspected()
    outcomes = f"/cases/{scene.case.reference}/outcomes"
    given = {"crime": str(scene.crime.id), "code": "1"}
    assert sent(scene.detective, outcomes, **given).status_code == 422
    assert not CrimeOutcome.objects.exists()
    person = scene.asks(scope=str(scene.victim.id))
    assert person.status_code == 422, "they are no suspect by role"
    scene.asks()
    html = read(scene.inspector, scene.page)
    assert "data-refused" in html
    assert scene.decides().status_code == 422, "whatever is explained"
    with pytest.raises(actions.NotAuthorised) as refusal:
        actions.decide_closing(
            by=scene.inspector, at=timezone.now(), row=scene.request(), approved=True, because="So be it", reasons={}
        )
    assert refusal.value.refused
    assert scene.status() == "closing_asked"
    assert scene.decides(approved="no").status_code == 302
    assert scene.asks(happened="on", closed_at="yesterday").status_code == 302
    assert (scene.status(), scene.request().happened_without) == ("closed", True)
    now = timezone.now()
    (item,) = [each for each in due_items(scene.inspector, now, now) if each.kind == "closing"]
    assert (item.href, item.is_late(timezone.now())) == (scene.page, True)
    assert sent(scene.detective, outcomes, **given, happened="on").status_code == 302
    assert list(CrimeOutcome.objects.values_list("code", "happened_without")) == [("18", True), ("1", True)]
    assert 'data-without="2"' in read(scene.inspector, "/closings"), "counted"
    assert scene.decides().status_code == 422, "nor afterwards"
    assert scene.decides(approved="no").status_code == 302
    assert scene.status() == "reopened"
    change_offence(by=scene.detective, at=MET, person=scene.victim, offence=offence, facts={"stage": "no_further_action"})
    refused = [words for words, _ in queries.refusals(scene.case, [], [], "case")]
    assert "No further action without a detective inspector’s review" in refused


def test_a_charge_is_shown_recorded_by_a_person_and_never_hidden(scene):
    status = f"/cases/{scene.case.reference}/status"
    skip = a_person(scene.detective, scene.case, name="Skip", roles=["exploiter"], belief="none")
    sent(scene.detective, status, status="investigating")
    assert "data-charged" not in read(scene.detective, status)
    record_event(by=scene.detective, at=timezone.now(), case=scene.case, kind="suspect_charged", person=skip)
    assert "data-charged" in read(scene.detective, status)
    assert scene.status() == "investigating", "a person records it"
    assert "data-charged" in read(scene.detective, f"/cases/{scene.case.reference}/outcomes")
    scene.asks(code="15")
    assert scene.decides().status_code == 422, "no outcome says that somebody is charged"
    assert scene.decides(approved="no").status_code == 302
    sent(scene.detective, status, status="before_court")
    assert scene.asks(code="1").status_code == 302
    assert scene.decides().status_code == 302
    assert [kind for _, kind, _, _ in queries.timeline_rows(scene.case)].count("decision") >= 5


def test_a_right_to_review_is_explained_as_agreed_asked_for_and_decided_by_another(client, scene):
    scene.asks(code="16")
    assert scene.decides().status_code == 302
    row = RightToReview.objects.get()
    page = f"/reviews/{row.id}"
    assert (row.person_id, row.state) == (scene.victim.id, "to_inform")
    with at_most(15):
        assert 'data-contact="closed"' in html_of(signed_in(client, scene.detective), page)
    told = {"to": "informed", "informed_how": "met", "version": 1}
    assert sent(scene.detective, page, **told).status_code == 422, "no contact is agreed"
    assert client.post(page, form(**told, without="She came to the station")).status_code == 302
    assert ContactWithout.objects.get().person_id == scene.victim.id
    row.refresh_from_db()
    assert row.due_at > timezone.now() + timedelta(days=80)
    assert sent(scene.detective, page, to="asked", version=2).status_code == 302
    assert (scene.status(), queries.status_of(scene.case).reason) == ("reopened", "victim_review")
    for same in (scene.detective, scene.inspector):
        assert sent(same, page, to="changed", version=3).status_code == 422
    other = a_member("detective_inspector", rank="detective_inspector")
    assert sent(other, page, to="changed", version=3, because="A witness was never seen").status_code == 302
    assert list(row.moves.order_by("recorded_at").values_list("after", flat=True)) == ["informed", "asked", "changed"]


def test_a_closed_case_is_opened_again_with_a_reason_and_an_outcome_is_corrected(scene):
    scene.asks()
    scene.decides()
    status, outcomes = (f"/cases/{scene.case.reference}/{name}" for name in ("status", "outcomes"))
    supervisor = a_member("supervisor", unit=scene.case.unit)
    assert sent(supervisor, status, status="closed").status_code == 422
    assert sent(scene.detective, status, status="investigating").status_code == 422, "closed until it is opened again"
    assert sent(supervisor, status, status="reopened").status_code == 422, "without a reason"
    assert sent(supervisor, status, status="reopened", reason="new_account").status_code == 302
    assert scene.status() == "reopened"
    assert sent(a_member("coordinator"), status, status="reopened", reason="other").status_code == 404
    fixed = {"crime": str(scene.crime.id), "code": "20", "why": "Taken over by Norfolk"}
    assert sent(scene.detective, outcomes, **fixed).status_code == 422, "no further action is an inspector's"
    assert sent(scene.detective, outcomes, **fixed | {"code": "19"}).status_code == 302
    lines = presenters.outcome_lines(queries.outcomes_of(scene.case))
    assert [line[2]["words"] for line in lines] == ["Current", "Corrected since"]
    assert CaseStatus.objects.filter(case=scene.case).count() == 3


def test_a_series_and_what_waits_show_sealed_cases_to_their_named_owners_alone(scene):
    other = a_case(scene.detective)
    for case in (scene.case, other):
        name_operation(by=scene.detective, at=MET, case=case, name="Blue Heron")
    scene.asks()
    status, reference = f"/cases/{other.reference}/status", scene.case.reference
    assert reference in read(scene.inspector, status)
    assert reference in read(scene.inspector, "/closings")
    owners = [scene.detective.user, a_member().user]
    seal_case(by=scene.detective, at=MET, case=scene.case, reason="A relative.", owners=owners)
    assert reference not in read(scene.inspector, status) + read(scene.inspector, "/closings")
    assert not due_items(scene.inspector, timezone.now(), timezone.now())
    assert reference in read(scene.detective, status)
    assert Crime.objects.count() == 1
