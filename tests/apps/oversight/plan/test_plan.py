"""The plan: recording, changing and moving items, who sees which, the plan as at any moment, and its files."""

import io
from datetime import timedelta
from types import SimpleNamespace

import docx
import pytest
from django.utils import timezone

from lodestar.demo.parts.plan import plan as demo_plan
from lodestar.oversight.measures.rules.facts import last_quarter
from lodestar.oversight.plan import actions
from lodestar.oversight.plan.models import Milestone, PlanItem
from lodestar.oversight.plan.presenters import DUE, paper
from lodestar.oversight.plan.queries import items_as_at
from lodestar.oversight.requirements.evidence import read_evidence, read_query
from lodestar.oversight.requirements.queries import links_of
from lodestar.platform.documents.description import texts
from lodestar.platform.notices.models import Notice
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.time.days import end_of_day, london_date
from tests.factories.accounts import a_member
from tests.factories.plan import RequirementFactory, owned_by
from tests.factories.signed_in import html_of, sent, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")
DAY = timedelta(days=1)
NOW = timezone.now()
TODAY = london_date(NOW)
BOXES = {
    "title": "Brief every shift", "domain": "training", "four_p": "protect", "starts_on": TODAY.isoformat(),
    "success": "All know", "due_on": (TODAY + 90 * DAY).isoformat(),
    "measure": "training-coverage", "baseline": "40", "target": "80",
}  # fmt: skip


@pytest.fixture
def people():
    return SimpleNamespace(
        coordinator=a_member("coordinator"),
        owner=a_member("frontline", name="PC Vane"),
        chief=a_member("chief_officer", name="ACC Lowe"),
    )


def recorded(people, at=NOW, **columns):
    common = {"title": "Brief every shift", "domain": "training", "four_p": "protect", "due_on": TODAY + 90 * DAY}
    return actions.record_item(by=people.coordinator, at=at, owner=people.owner.user, **common | columns)


def status(item, at=NOW):
    return next(each for each in items_as_at(at) if each.id == item.id)


def test_an_item_is_recorded_for_a_requirement_and_its_owner_is_told(people):
    requirement = RequirementFactory()
    answer = sent(people.coordinator, "/plan/new", **BOXES, owner="PC Vane", requirement=str(requirement.id))
    item = PlanItem.objects.get()
    assert answer.url == f"/plan/{item.id}"
    assert (item.number, item.state, item.baseline, item.original_due_on) == (1, "not_started", 40.0, item.due_on)
    assert links_of([requirement], timezone.now())[requirement.id] == [("plan_item", str(item.id))]
    assert Notice.objects.get(to=people.owner.user).kind == actions.GIVEN
    assert sent(people.coordinator, "/plan/new", **BOXES, owner="Nobody").status_code == 422
    late = BOXES | {"starts_on": (TODAY + 91 * DAY).isoformat()}
    assert sent(people.coordinator, "/plan/new", **late, owner="PC Vane").status_code == 422
    past = sent(people.coordinator, "/plan/new", **BOXES | {"due_on": (TODAY - DAY).isoformat()}, owner="PC Vane")
    assert "The day by which it is due is past" in past.content.decode()
    assert recorded(people).number == 2


def test_the_owner_moves_and_changes_it_and_nobody_else_without_the_permission(people, client):
    item, other = recorded(people), recorded(people)
    PlanItem.objects.filter(id=other.id).update(owner=people.chief.user)
    here = f"/plan/{item.id}"
    owner = signed_in(client, people.owner)
    assert f"/plan/{item.id}" in html_of(owner, "/plan")
    assert f"/plan/{other.id}" not in html_of(owner, "/plan")
    assert [owner.get(f"/plan/{other.id}").status_code, owner.get("/plan/overview").status_code] == [404, 404]
    assert sent(people.owner, here, to="under_way", version=1).status_code == 302
    assert sent(people.owner, f"{here}/change", **BOXES, reason="Better words", version=1).status_code == 422
    assert sent(people.owner, f"{here}/change", **BOXES, reason="Better words", version=2).status_code == 302
    assert sent(people.owner, f"{here}/milestones", step="First", step_due_on=TODAY.isoformat(), version=3).status_code == 302
    assert 'name="to"' not in html_of(signed_in(client, people.chief), here)
    for path in (here, f"{here}/change", f"{here}/milestones", f"/plan/milestones/{Milestone.objects.get().id}"):
        assert sent(people.chief, path, to="complete", because="Done", version=4).status_code == 404
    assert sent(people.owner, here, to="complete", version=4).status_code == 422, "without evidence"
    assert sent(people.owner, here, to="complete", because="Minutes of 3 March", version=4).status_code == 302
    item.refresh_from_db()
    assert (item.state, item.due_at, item.success) == ("complete", None, "All know")
    page = html_of(signed_in(client, people.owner), here)
    assert f'data-state="complete">{item.number}. {item.title}</h1>' in page
    assert f"<title>{item.number}. {item.title}" in page


def test_what_is_due_is_the_first_open_milestone(people):
    item, until = recorded(people), end_of_day(TODAY + 60 * DAY)
    assert list(DUE.items(people.owner, until)) == []
    first = actions.add_milestone(by=people.owner, at=NOW, item=item, seen=1, title="First", due_on=TODAY + 30 * DAY)
    assert [row[1] for row in DUE.items(people.owner, until)] == [item.id]
    assert item.due_at == end_of_day(TODAY + 30 * DAY)
    change = {"by": people.owner, "at": NOW, "milestone": first, "reason": "Done at the briefing"}
    with pytest.raises(ConcurrentEdit):
        actions.change_milestone(**change, seen=1, met_on=TODAY)
    first.refresh_from_db()
    assert (first.met_on, item.changes.exists()) == (None, False)
    actions.change_milestone(**change, seen=2, met_on=TODAY)
    assert first.item.due_at == end_of_day(item.due_on)


def test_the_plan_as_at_any_moment(people):
    begun = NOW - 40 * DAY
    item = recorded(people, at=begun, due_on=TODAY + 10 * DAY)
    step = actions.add_milestone(by=people.owner, at=begun + DAY, item=item, seen=1, title="First", due_on=TODAY - 30 * DAY)
    moves = {"by": people.owner, "row": item}
    actions.move_item(**moves, at=begun + 2 * DAY, to="under_way", seen=2)
    actions.change_item(by=people.owner, at=NOW - 10 * DAY, item=item, seen=3, reason="No trainer", due_on=TODAY + 50 * DAY)
    step.refresh_from_db()
    actions.change_milestone(by=people.owner, at=NOW - 8 * DAY, milestone=step, seen=4, reason="Briefed", met_on=TODAY - 8 * DAY)
    item.refresh_from_db()
    override = {"rag_override": "green", "rag_reason": "The trainer has come"}
    actions.change_item(
        by=people.coordinator, at=NOW - 5 * DAY, item=item, seen=5, reason="Seen", owner_id=people.chief.user, **override
    )
    actions.move_item(**moves, at=NOW - 20 * DAY, known_at=NOW - DAY, to="complete", seen=6, because="Minutes of 3 March")
    then = [status(item, begun + days * DAY) for days in (1, 3, 29, 31, 34, 36)] + [status(item)]
    with pytest.raises(ConcurrentEdit):
        actions.add_milestone(by=people.owner, at=NOW, item=item, seen=1, title="Second", due_on=TODAY)
    assert item.milestones.count() == 1
    assert [each.state for each in then] == ["not_started", *["under_way"] * 5, "complete"]
    assert [each.rag for each in then] == ["not_started", "green", "red", "red", "amber", "green", "complete"]
    assert [(each.due_on - TODAY).days for each in then] == [10, 10, 10, 50, 50, 50, 50]
    assert {each.original_due_on for each in then} == {TODAY + 10 * DAY}
    assert [each.owner_name for each in then[4:6]] == ["PC Vane", "ACC Lowe"]
    assert (then[5].rag_why, then[5].rag_by_rule, then[5].is_overridden) == ("The trainer has come.", "amber", True)
    assert [bool(each.milestones[0].met_on) for each in then[3:5]] == [False, True]
    assert items_as_at(begun - DAY) == []
    printed = " ".join(texts(paper(items_as_at(begun + 3 * DAY), begun + 3 * DAY)))
    assert "PC Vane" in printed
    assert "The trainer has come" not in printed


def test_an_item_is_evidence_by_how_far_it_is(people):
    item = recorded(people, measure="training-coverage")
    period = last_quarter(TODAY)
    keys = [("plan_item", str(item.id)), ("plan_item", "none")]
    found = read_evidence(keys, period, NOW)
    assert [(key, each.state) for key, each in found.items()] == [(keys[0], "weak")]
    assert read_query(found[keys[0]].query) == found[keys[0]]
    actions.move_item(by=people.owner, at=NOW + DAY, row=item, to="complete", seen=1, because="Minutes")
    assert [each.state for each in read_evidence(keys, period, NOW + 2 * DAY).values()] == ["evidenced"]
    assert [each.state for each in read_evidence(keys, period, NOW).values()] == ["weak"]


def test_lists_pictures_and_files_take_as_many_statements_for_many_items(people, client):
    page = signed_in(client, people.coordinator)
    for _ in range(2):
        owned_by(people.owner.user)
    for path, most in (("/plan", 15), ("/plan/overview", 12), (f"/plan/{PlanItem.objects.first().id}", 15)):
        with at_most(most):
            html_of(page, path)
    for _ in range(10):
        owned_by(people.owner.user)
    for path, most in (("/plan", 15), ("/plan/overview", 12)):
        with at_most(most):
            html_of(page, path)
    assert page.get("/plan/files/pdf").content.startswith(b"%PDF")
    session = page.session
    session["not_real"] = True
    session.save()
    word = docx.Document(io.BytesIO(page.get("/plan/files/docx").content))
    assert word.sections[0].header.paragraphs[0].text.startswith("NOT REAL DATA, ")
    assert page.get("/plan/files/txt").status_code == 404
    assert b"PC Vane" not in page.get("/plan?as=csv").content
    assert b"data-as-at" in page.get("/plan/overview?known=1 March 2025").content
    assert page.get("/plan/overview?known=soon").status_code == 422


def test_the_plan_of_the_demo_force_is_at_all_stages(people):
    members = {
        name: a_member("frontline") for name in ("analyst", "inspector", "custody", "advisor", "training", "supervisor", "policy")
    }
    demo_plan(members | {"coordinator": people.coordinator}, NOW)
    items = items_as_at(NOW)
    assert {item.rag for item in items} == {"not_started", "green", "amber", "red", "complete", "stopped"}
    assert len(items) == 14
    assert any(item.due_on > item.original_due_on for item in items)
    assert len(items_as_at(NOW - 200 * DAY)) < 14
