"""Reports and recommendations: taking them in, the clock and its steps, who verifies, who may see, the register."""

import re
from contextlib import contextmanager
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from lodestar.oversight.plan.models import PlanItem
from lodestar.oversight.recommendations import access, actions, queries, rules
from lodestar.oversight.recommendations.models import Recommendation, Report, ReportStep
from lodestar.oversight.requirements.actions import link_evidence, record_requirements
from lodestar.platform.accounts.models import User
from lodestar.platform.notices.due_items import due_items
from lodestar.platform.notices.models import Notice
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.time.days import london_date
from tests.factories.accounts import a_member
from tests.factories.recommendations import RecommendationFactory, ReportFactory, ReportStepFactory
from tests.factories.signed_in import html_of, read, sent, signed_in
from tests.factories.statements import at_most

NOW = timezone.now()
TODAY = london_date(NOW)
DAY = timedelta(days=1)


@pytest.fixture
def force(fenmarch):
    return SimpleNamespace(
        coordinator=a_member("coordinator"), chief=a_member("chief_officer"), body=a_member("policing_body"),
        inspector=a_member("detective_inspector"),
    )  # fmt: skip


@pytest.fixture
def hidden_victims(force):
    return actions.take_in(by=force.coordinator, at=NOW, code="hidden_victims")


@pytest.fixture
def report(force):
    """One published thirty days ago."""
    return actions.record_report(
        by=force.coordinator, at=NOW, title="Inspection of Fenmarch", body="HMICFRS", published_on=TODAY - 29 * DAY,
        source="https://report.example",
    )  # fmt: skip


@contextmanager
def refusal(code):
    with pytest.raises(actions.Refused) as refused:
        yield
    assert refused.value.code == code


def test_the_shipped_report_says_which_texts_were_compared(force, hidden_victims, client):
    rows = queries.recommendations_of(hidden_victims)
    assert [row.code for row in rows] == ["R1", *(f"R2{letter}" for letter in "abcdefg"), "R3", "R4", "A1", "A2"]
    assert [row.code for row in rows if not row.is_verified] == ["R1"]
    assert [row.code for row in rows if rules.needs_answer(row.addressees)] == [row.code for row in rows[1:-2]]
    assert queries.report_named("The hidden victims") == hidden_victims
    for words in ("the hidden", "", "No such report"):
        with pytest.raises(queries.NoSuchReport):
            queries.report_named(words)
    with refusal("title"):
        actions.take_in(by=force.coordinator, at=NOW, code="hidden_victims")
    signed_in(client, force.coordinator)
    with at_most(15):
        assert 'name="take"' not in html_of(client, "/recommendations/reports")
    with at_most(15):
        html_of(client, f"/recommendations/reports/{hidden_victims.id}")
    with at_most(15):
        html_of(client, "/recommendations", addressee="{college}")
    csv = client.get("/recommendations", {"as": "csv", "addressee": "{policing_body}"}).content.decode()
    assert csv.count("\r\n") == 2
    assert f'"{rows[-3].text}"' in csv or f",{rows[-3].text}," in csv, "the whole text"
    assert hidden_victims.title in csv
    assert hidden_victims.title[:40] in html_of(client, "/recommendations")
    assert force.coordinator.name not in csv


def test_a_reply_older_than_its_report_is_refused(force, hidden_victims):
    path = f"/recommendations/reports/{hidden_victims.id}/step"
    old = sent(force.body, path, step="policing_body_comments", happened_on="16 June 2020")
    assert old.status_code == 422
    assert "16 June 2020" in old.content.decode()
    assert not ReportStep.objects.exists()
    assert sent(force.body, path, step="policing_body_comments", happened_on="16 June 2021").status_code == 302
    assert sent(force.body, path, step="chief_comments", happened_on="16 June 2021").status_code == 422, "the chief’s own"
    assert sent(force.inspector, path, step="published", happened_on="30 June 2021").status_code == 404
    with refusal("before_report"):
        actions.record_report(
            by=force.coordinator, at=NOW, report=hidden_victims, title="T", body="B", source="S", published_on=date(2021, 6, 17)
        )


def test_each_step_is_due_from_whom_it_is_next_and_late_is_counted(force, report, client):
    def record(by, step, day, **more):
        return actions.record_step(by=by, at=NOW, report=report, step=step, happened_on=day, **more)

    def due(member):
        items = due_items(member, NOW + 90 * DAY, NOW)
        return [(london_date(item.due_at), item.what.partition("next: ")[2]) for item in items if item.kind == "report_step"]

    last, first = rules.last_day(report.published_on), report.published_on
    assert due(force.body) == due(force.coordinator) == [(last, "chief officer invited to comment")]
    assert due(force.chief) == due(force.inspector) == []
    with refusal("answer_by"):
        record(force.body, "invited_chief", first)
    record(force.body, "invited_chief", first + DAY, answer_by=first + 20 * DAY)
    assert [day for day, _ in due(force.chief)] == [first + 20 * DAY]
    assert due(force.body) == []
    assert Notice.objects.filter(kind="report_step_next", to=force.chief.user).count() == 1
    with refusal("may_not"):
        record(force.chief, "policing_body_comments", first + 22 * DAY)
    record(force.chief, "chief_comments", first + 21 * DAY)
    record(force.body, "policing_body_comments", first + 22 * DAY)
    with refusal("url"):
        record(force.body, "published", first + 23 * DAY)
    published = record(force.body, "published", first + 23 * DAY, url="https://answer.example")
    report.refresh_from_db()
    assert (report.next_step, queries.clocks_of([report], last + DAY)[report.id].days_late) == ("copied_hmicfrs", 0)
    shown = html_of(signed_in(client, force.body), f"/recommendations/reports/{report.id}")
    assert 'data-clock="24"' in shown
    assert shown.count("<circle") == 4
    withdraw = f"/recommendations/steps/{published.id}/withdraw"
    assert sent(force.chief, withdraw, why="Wrong day").status_code == 404
    assert sent(force.body, withdraw, why="It was only drafted").status_code == 302
    assert sent(force.body, withdraw, why="Again").status_code == 404
    report.refresh_from_db()
    assert report.next_step == "published"
    assert [row.step for row in queries.steps_of(report)] == ["invited_chief", "chief_comments", "policing_body_comments"]
    assert len(queries.every_step(report)) == 5
    assert queries.clocks_of([report], last + DAY)[report.id].days_late == 1
    with pytest.raises(ConcurrentEdit), transaction.atomic():
        actions.withdraw_step(by=force.body, at=NOW, step=published, why="Again")
    Report.objects.filter(id=report.id).update(published_on=TODAY - 56 * DAY)
    assert 'data-late="1"' in html_of(client, "/recommendations/reports")


def test_a_table_is_looked_at_first_and_its_rejects_are_named(force, report):
    RecommendationFactory(report=report, number="R1", text="There already", owner_id=force.coordinator.user)
    table = (
        b"number,letter,addressees,text,verified,found_in\r\nR1,,college,There already,no,\r\nR2,a,chief_constable;policing_body,"
        b"Know the need,yes,Page 4\r\nR3,,the chief,Whom?,no,\r\n,,college,No number,no,\r\nR2,a,college,Twice,no,\r\n"
    )
    path = f"/recommendations/reports/{report.id}/import"
    looked = sent(force.coordinator, path, file=SimpleUploadedFile("r.csv", table)).content.decode()
    assert 'data-counts="1 2 2"' in looked
    assert report.recommendations.count() == 1
    mark = looked.partition('name="looked_at" value="')[2].partition('"')[0]
    assert sent(force.coordinator, path, file=SimpleUploadedFile("r.csv", table), looked_at=mark).status_code == 302
    row = report.recommendations.get(number="R2")
    assert (row.code, row.addressees, row.is_verified, row.source) == (
        "R2a",
        ["chief_constable", "policing_body"],
        True,
        "Page 4",
    )
    assert row.original_due_on == rules.last_day(report.published_on)
    other = b"number,letter,addressees,text,verified,found_in\r\nR1,,the chief,Other words,no,\r\n,,,No number,no,\r\n"
    looked = sent(force.coordinator, path, file=SimpleUploadedFile("r.csv", other)).content.decode()
    assert "the chief is no addressee of the template; recorded with other words: correct it there" in looked
    assert "number is missing; addressees is missing" in looked
    assert "Record these recommendations" not in looked, "there is nothing to record"


def test_who_verifies_is_neither_the_owner_nor_who_claimed_it(force, report, client):
    row = RecommendationFactory(report=report, owner_id=force.inspector.user)
    path = f"/recommendations/{row.id}"

    def moved(member, to, **more):
        row.refresh_from_db()
        typed = {"to": to, "reason": "force", "because": "", "version": row.version, "action": row.action} | more
        return sent(member, path, **typed).status_code

    assert moved(force.body, "accepted") == 404
    assert moved(force.coordinator, "accepted", reason="chief_officer", action="Train everybody", due_on="1 March 2027") == 302
    before = str(report.published_on - DAY)
    assert moved(force.coordinator, "accepted", moved_at=before) == 422, "older than the report"
    assert moved(force.coordinator, "accepted", due_on="1 April 2027") == 422, "put off without a reason"
    assert moved(force.coordinator, "accepted", due_on="1 April 2027", because="The trainer left") == 302
    row.refresh_from_db()
    assert (row.original_due_on, london_date(row.due_at)) == (date(2027, 3, 1), date(2027, 4, 1))
    assert moved(force.coordinator, "complete_claimed", because="All trained") == 422, "the owner claims it"
    assert moved(force.inspector, "complete_claimed") == 422, "on what does it rest?"
    assert moved(force.inspector, "complete_claimed", because="All trained") == 302
    assert Notice.objects.filter(kind="recommendation_claimed").values_list("to", flat=True).get() == force.chief.user
    assert moved(force.inspector, "complete_verified", because="Seen") == 422
    assert moved(force.coordinator, "complete_verified", because="Seen") == 422
    assert moved(force.coordinator, "being_progressed", owner=force.chief.username) == 302
    assert moved(force.chief, "complete_claimed", because="All trained") == 302
    assert moved(force.coordinator, "being_progressed", owner=force.inspector.username) == 302
    assert moved(force.inspector, "complete_claimed", because="All trained") == 302
    assert moved(force.chief, "complete_verified", because="Seen", owner=force.chief.username) == 422
    assert moved(force.chief, "complete_verified", reason="inspectorate", because="Seen") == 302
    row.refresh_from_db()
    assert (row.state, row.verified_by_id, row.due_at) == ("complete_verified", force.chief.user, None)
    for column in ("owner_id", "claimed_by_id"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recommendation.objects.filter(id=row.id).update(**{column: force.chief.user})
    assert moved(force.chief, "reopened") == 422
    assert moved(force.chief, "reopened", because="It slipped") == 302
    assert moved(force.coordinator, "rejected", action="Train everybody", no_action="") == 422
    assert moved(force.coordinator, "rejected", action="", no_action="Done by another force") == 302
    events = queries.open_by_age(row.moves.get(after="complete_verified").moved_at - timedelta(microseconds=1))
    assert [state for _, state, _ in events] == ["complete_claimed"]
    assert queries.open_by_age(timezone.now()) == []
    with at_most(15):
        html_of(signed_in(client, force.body), path)


def test_a_person_chooses_the_requirement_and_its_evidence_is_shown(force, hidden_victims, client):
    row = hidden_victims.recommendations.get(number="R3")
    facts = {
        "standard": "hidden_victims_2021",
        "edition": date(2021, 5, 26),
        "kind": "recommendation",
        "source": "S",
        "text": "T",
    }
    wanted, _ = record_requirements(by=force.coordinator, at=NOW, rows=[{**facts, "code": code} for code in ("R3", "R4")])
    path = f"/recommendations/{row.id}/requirement"
    shown = html_of(signed_in(client, force.coordinator), path)
    assert f'value="{wanted.id}" selected' in shown
    assert row.requirement is None
    assert sent(force.coordinator, path, requirement=str(wanted.id)).status_code == 302
    row.refresh_from_db()
    assert row.requirement == wanted
    link_evidence(by=force.coordinator, at=timezone.now(), requirement=wanted, kind="measure", key="needs-in-time")
    opened, closed = (html_of(signed_in(client, each), f"/recommendations/{row.id}") for each in (force.coordinator, force.body))
    assert "/measures/needs-in-time" in opened
    assert "/measures/needs-in-time" not in closed, "a page that they may not open"
    assert sent(force.body, path, requirement="").status_code == 404


def test_an_item_of_the_plan_is_made_from_a_recommendation(force, hidden_victims, client):
    row = hidden_victims.recommendations.get(number="R3")
    page = f"/recommendations/{row.id}"
    address = re.search(r"/plan/new\?[^\"]+", read(force.coordinator, page))[0]
    facts = {
        "title": "Allocate by skill",
        "domain": "investigation",
        "four_p": "pursue",
        "due_on": (TODAY + 90 * DAY).isoformat(),
    }
    owner = User.objects.get(id=force.inspector.user).username
    assert sent(force.coordinator, address, **facts, owner=owner).status_code == 302
    item = PlanItem.objects.get()
    assert (item.source, item.source_key) == ("recommendation", str(row.id))
    assert f"/plan/{item.id}" in html_of(signed_in(client, force.body), page)
    assert "/plan/new" not in html_of(client, page)


def test_nobody_without_oversight_sees_any_of_it(force, report, client):
    row = RecommendationFactory(report=report)
    paths = [
        "/recommendations",
        "/recommendations/reports",
        f"/recommendations/reports/{report.id}",
        f"/recommendations/{row.id}",
    ]
    for role in ("frontline", "board_member", "peer_reviewer", "analyst"):
        signed_in(client, a_member(role))
        assert {client.get(path).status_code for path in paths} == {404}
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportStepFactory(report=ReportFactory(), step="published", url="")
    assert access.steps_recorded_by(force.chief) == ["chief_comments"]
