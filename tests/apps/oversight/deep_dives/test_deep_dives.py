"""A deep dive: what is drawn, who reviews, what a reviewer sees, marking, disputes, findings, the report."""

import json
import re
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from lodestar.casework.cases.models import Case
from lodestar.casework.investigations.actions import review
from lodestar.casework.safe_addresses.actions import record_address
from lodestar.oversight.deep_dives import actions, queries
from lodestar.oversight.deep_dives.models import CaseReview, DeepDive, Dispute, Finding
from lodestar.oversight.deep_dives.queries import material
from lodestar.oversight.deep_dives.queries.frame import frame_of
from lodestar.oversight.deep_dives.queries.material import RecordAnswer
from lodestar.oversight.deep_dives.rules import questions as rules
from lodestar.oversight.deep_dives.rules.questions import blank_questions, items_of, quarter_of
from lodestar.oversight.deep_dives.rules.sampling import draw
from lodestar.platform.accounts.models import Membership
from lodestar.platform.audit.models import Event
from lodestar.platform.notices.models import Notice
from tests.factories.accounts import UnitFactory, a_member
from tests.factories.administering import administering
from tests.factories.cases import MET, CaseFactory, CaseMemberFactory, PersonFactory
from tests.factories.deep_dives import DeepDiveFactory, DrawnCaseFactory, answers
from tests.factories.signed_in import html_of, sent, signed_in
from tests.factories.statements import at_most

QUARTER = quarter_of(MET.date())


@pytest.fixture
def force(fenmarch):
    """Six cases of a detective, one of them of a child and one sealed; two reviewers, a coordinator and a supervisor."""
    unit = UnitFactory()
    people = SimpleNamespace(
        unit=unit, coordinator=a_member("coordinator"), detective=a_member("investigator", unit=unit, name="DC Marchetti"),
        supervisor=a_member("supervisor", unit=unit), reviewer=a_member("reviewer"), second=a_member("reviewer"),
    )  # fmt: skip
    owner = {"opened_by_id": people.detective.user, "interim_owner_id": people.detective.user, "unit": unit}
    people.cases = [CaseFactory(**owner) for _ in range(6)]
    for number, case in enumerate([*people.cases, *people.cases[:2]]):
        age = 15 if number == 6 else 30
        PersonFactory(case=case, category="victim", number=number // 6 + 1, name="Ardita Hoxha", age_min=age, age_max=30)
    CaseMemberFactory(case=people.cases[0], user_id=people.detective.user, how="opened", from_at=MET)
    Case.objects.filter(id=people.cases[5].id).update(sealed=True)
    return people


@pytest.fixture
def dive(force):
    return actions.draw_deep_dive(by=force.coordinator, at=timezone.now(), period=QUARTER, seed=7)


@contextmanager
def refusal(code):
    with pytest.raises(actions.Refused) as refused:
        yield
    assert refused.value.code == code


def marked(dive, reviewed, member, at=None, **others):
    """Submits a marking with Met to everything but the others."""
    CaseReview.objects.filter(id=reviewed.id).update(answers=json.dumps(answers(**others)))
    actions.submit_review(by=member, at=at or timezone.now(), review=CaseReview.objects.get(id=reviewed.id))


def own(member, dive):
    return list(CaseReview.objects.filter(reviewer=member.user, drawn__dive=dive, withdrawn_at=None).order_by("drawn__number"))


def test_the_sample_is_drawn_by_strata_and_seed_and_sealed_cases_are_only_counted(force, dive):
    references = [case.reference for case in force.cases]
    frame = frame_of(QUARTER, timezone.now())
    assert dict(frame.rows) == dict(zip(references, ["child", "several", "other", "other", "other"], strict=False))
    assert (frame.not_drawn, dive.not_drawn, references[5] in json.dumps(dive.frame)) == (1, 1, False)
    drawn = [(row.case.reference, row.stratum) for row in dive.cases.order_by("number").select_related("case")]
    assert drawn == draw([tuple(row) for row in dive.frame], dive.seed, 5), "the stored frame and seed draw the same"
    assert dive.cases.filter(is_twice=True).count() == 1
    assert CaseReview.objects.count() == 6
    with refusal("drawn"):
        actions.draw_deep_dive(by=force.coordinator, at=timezone.now(), period=QUARTER)


def test_whoever_works_a_case_of_the_quarter_says_why_they_draw(force, client):
    PersonFactory(case=CaseFactory(opened_by_id=force.coordinator.user, recorded_at=timezone.now()), category="victim")
    page = {"quarter": quarter_of(timezone.localdate()).first.isoformat()}
    with refusal("works"):
        actions.draw_deep_dive(by=force.coordinator, at=MET, period=QUARTER)
    assert sent(force.coordinator, "/deep-dives/new", **page).status_code == 422
    with at_most(40):
        assert sent(force.coordinator, "/deep-dives/new", **page, reason="Nobody else may").status_code == 302
    with at_most(15):
        assert 'data-works="1"' in html_of(signed_in(client, force.coordinator), f"/deep-dives/{DeepDive.objects.get().id}")
    assert sent(force.reviewer, "/deep-dives/new", **page).status_code == 404


def test_who_may_not_review_is_refused_with_the_reason(force, dive):
    drawn = dive.cases.select_related("case").filter(is_twice=False).first()
    with administering():
        Membership.objects.filter(user__in=[force.supervisor.user, force.detective.user]).update(roles=["supervisor", "reviewer"])
        Membership.objects.filter(user=force.detective.user).update(roles=["investigator", "reviewer"])

    def refused(reviewer):
        with pytest.raises(actions.Refused) as refusal:
            actions.give_case(by=force.coordinator, at=MET, drawn=drawn, reviewer=reviewer, marking=1)
        return refusal.value.code

    assert refused(force.coordinator.user) == "no_reviewer"
    assert refused(force.supervisor.user) == "manager"
    assert refused(force.detective.user) in ("owner", "interim_owner")
    Case.objects.filter(id=drawn.case_id).update(interim_owner=force.supervisor.user)
    drawn.case.refresh_from_db()
    assert refused(force.detective.user) == "recorded"
    given = drawn.reviews.get()
    assert refused(given.reviewer_id) == "before"
    actions.declare_conflict(by=force.reviewer, at=MET, review=given, why="She is my cousin")
    assert (
        drawn.reviews.get(withdrawn_at=None).reviewer_id == ({force.reviewer.user, force.second.user} - {given.reviewer_id}).pop()
    )


def test_a_reviewer_sees_the_case_without_address_contact_and_support(force, dive, client):
    row = own(force.reviewer, dive)[0]
    case = row.drawn.case
    person = case.people.order_by("number").first()
    record_address(by=force.detective, at=MET, person=person, address="12 Hidden Row, NR1 1AA", viewers=[])
    review(by=force.supervisor, at=MET, case=case, directions="Visit 12 Hidden Row, NR1 1AA", seen=0)
    review(by=force.supervisor, at=MET, case=case, directions="Trace the van", seen=1)
    here, shown = f"/deep-dives/{dive.id}/cases/{row.drawn.number}", ""
    client = signed_in(client, force.reviewer)
    for part in ("facts", "tasks", "decisions", "work", "texts"):
        with at_most(25):
            shown += html_of(client, here, part=part)
    assert "Trace the van" in shown
    assert case.reference in shown
    assert "Encountered" in shown
    for hidden in ("Hidden Row", "NR1 1AA", "Ardita", f"/cases/{case.reference}", "/people/"):
        assert hidden not in shown, hidden
    looks = Event.objects.filter(code="dives.case_viewed", by=force.reviewer.user, case=case.id)
    assert looks.count() == 5
    assert looks[0].people
    strangers = [(force.coordinator, here), (force.detective, here), (force.reviewer, f"/cases/{case.reference}")]
    own_numbers = {each.drawn.number for each in own(force.reviewer, dive)}
    strangers += [
        (force.reviewer, f"/deep-dives/{dive.id}/cases/{number}") for number in range(1, 8) if number not in own_numbers
    ]
    assert {signed_in(client, who).get(path).status_code for who, path in strangers} == {404}
    Case.objects.filter(id=case.id).update(sealed=True)
    assert signed_in(client, force.reviewer).get(here).status_code == 404


def test_what_records_answer_is_filled_in_but_for_what_comes_blank(force, dive, client):
    row = own(force.reviewer, dive)[0]
    review(by=force.supervisor, at=MET, case=row.drawn.case, directions="Trace the van", seen=0)
    here = f"/deep-dives/{dive.id}/cases/{row.drawn.number}"
    client = signed_in(client, force.reviewer)
    pages = {letter: html_of(client, f"{here}/questions/{letter}") for letter in "ABCDEFG"}
    from_records = set(re.findall(r'data-question="(\w+)" data-filled', "".join(pages.values())))
    blank = blank_questions(7, row.drawn.case.reference, items_of(dive.version))
    assert from_records
    assert not from_records & blank
    assert 'href="/deep-dives/' in pages["E"]
    boxes = {f"h{number}-answer": "met" for number in (1, 2)}
    assert sent(force.reviewer, f"{here}/questions/H", **boxes, **{"h3-answer": "partly"}, version=1).status_code == 422
    more = {"h3-answer": "partly", "h3-note": "One team", "h3-evidence": "Review 1"}
    assert sent(force.reviewer, f"{here}/questions/H", **boxes, **more, version=1).status_code == 302
    row.refresh_from_db()
    assert queries.answers_of(row)["H3"] == {
        "answer": "partly", "note": "One team", "evidence": "Review 1", "machine": "", "blank": False,
    }  # fmt: skip
    assert sent(force.reviewer, f"{here}/questions/H", **boxes, **more, version=1).status_code == 422, "a colleague was first"
    assert sent(force.reviewer, here).status_code == 422, "not all is answered"


def test_a_met_that_is_filled_in_is_accepted_once_the_record_behind_it_was_opened(force, dive, client, monkeypatch):
    row, filled = own(force.reviewer, dive)[0], RecordAnswer("met", "tasks: 1 of 1 closed by a record", "tasks")
    monkeypatch.setattr(material, "answers_from_records", lambda case, items, now: {item.code: filled for item in items})
    monkeypatch.setattr(rules, "blank_questions", lambda *_: set())
    here = f"/deep-dives/{dive.id}/cases/{row.drawn.number}"
    boxes = {f"h{number}-answer": "met" for number in (1, 2, 3)}
    client = signed_in(client, force.reviewer)
    html_of(client, here, part="facts")
    assert sent(force.reviewer, f"{here}/questions/H", **boxes, version=1).status_code == 422
    html_of(client, here, part="tasks")
    assert sent(force.reviewer, f"{here}/questions/H", **boxes, version=1).status_code == 302


def test_the_second_marker_does_not_see_the_first(force, dive, client):
    first, second = CaseReview.objects.filter(drawn__is_twice=True).order_by("marking")
    who = {force.reviewer.user: force.reviewer, force.second.user: force.second}
    assert first.reviewer_id != second.reviewer_id
    marked(dive, first, who[first.reviewer_id], B3="not_met")
    here = f"/deep-dives/{dive.id}/cases/{second.drawn.number}"
    client = signed_in(client, who[second.reviewer_id])
    shown = html_of(client, here) + html_of(client, f"{here}/questions/B") + html_of(client, f"/deep-dives/{dive.id}")
    assert "It is not there" not in shown
    assert "Good" not in shown
    assert client.get(f"{here}/result").status_code == 404
    given = html_of(signed_in(client, force.coordinator), f"/deep-dives/{dive.id}")
    assert f'href="{here}/give"' in given, "a graded case whose second marking waits can be given to another"


def test_a_result_is_graded_disputed_and_settled(force, dive, client):
    row = next(each for each in own(force.reviewer, dive) if each.marking == 1)
    result = f"/deep-dives/{dive.id}/cases/{row.drawn.number}/result"
    marked(dive, row, force.reviewer, A3="not_met", A1="not_met")
    drawn, case = row.drawn, row.drawn.case
    finding = Finding.objects.get()
    assert (finding.question, finding.training_role, finding.drawn_id) == ("A1", "investigator", drawn.id)
    assert queries.grades_of([case.id])[case.id].critical == ("A3",)
    assert Notice.objects.filter(kind="deep_dive_result", to=force.detective.user).count() == 1
    assert 'data-grade="inadequate"' in html_of(signed_in(client, force.detective), result)
    assert sent(a_member("supervisor"), result, question="A3", because="No").status_code == 404
    assert sent(force.coordinator, result, question="A3", because="No").status_code == 422
    assert sent(force.detective, result, question="A3", because="It was crimed at 3 am").status_code == 302
    assert queries.grades_of([case.id]) == {}, "not while it is disputed"
    dispute = Dispute.objects.get()
    settle = f"/deep-dives/disputes/{dispute.id}"
    assert sent(force.reviewer, settle, counts="met", grounds="Yes").status_code == 404
    assert sent(force.coordinator, settle, counts="met", grounds="The log says so").status_code == 302
    grade = queries.grades_of([case.id])[case.id]
    assert (grade.grade, grade.critical) == ("good", ())
    later = timezone.now() + timedelta(days=15)
    with refusal("late"):
        actions.dispute_answer(by=force.supervisor, at=later, drawn=drawn, question="A1", because="No")


def test_it_is_completed_and_its_numbers_stay_and_the_next_one_re_audits(force, dive, client):
    with refusal("open"):
        actions.complete(by=force.coordinator, at=MET, dive=dive)
    for member in (force.reviewer, force.second):
        for row in own(member, dive):
            marked(dive, row, member, B3="partly" if row.marking == 1 else "met")
    words = {"topic": "B3", "words": "Brief the teams", "owner": force.detective.username}
    assert sent(force.coordinator, f"/deep-dives/{dive.id}/findings/new", **words).status_code == 302
    assert sent(force.coordinator, f"/deep-dives/{dive.id}/close").status_code == 302
    dive = DeepDive.objects.get()
    numbers = dive.report
    assert numbers["reviewers"] == {"kappa": 0.0, "same": 50, "n": 51}
    assert numbers["all"]["good"] == 5
    assert [row["counts"]["partly"] for row in numbers["questions"] if row["code"] == "B3"] == [5]
    Case.objects.filter(id=force.cases[0].id).update(sealed=True)
    assert queries.numbers_of(DeepDive.objects.get()) == numbers, "sealing changes the past of no stored number"
    inspector = signed_in(client, a_member("detective_inspector", rank="detective_inspector"))
    with at_most(15):
        page = html_of(inspector, f"/deep-dives/{dive.id}/report", part="B")
    assert "Too few to say: 0 of 5" in page
    assert "Marchetti" not in page
    assert "FM-" not in page
    assert len(inspector.get(f"/deep-dives/{dive.id}/report/docx").content) > 2000
    finding = Finding.objects.get()
    path = f"/deep-dives/findings/{finding.id}"
    assert sent(force.detective, path, to="done", version=1).status_code == 422, "without evidence"
    assert sent(force.detective, path, to="done", version=1, because="Briefed on 3 March, see the log").status_code == 302
    assert sent(force.detective, path, to="better", version=2).status_code == 422
    later = DrawnCaseFactory(dive=DeepDiveFactory(first=QUARTER.last + timedelta(days=1), last=QUARTER.last), case=force.cases[1])
    assert "Re-audit of earlier findings" in html_of(signed_in(client, force.coordinator), f"/deep-dives/{later.dive_id}/report")
    assert sent(force.coordinator, path, to="better", version=2).status_code == 302
    assert signed_in(client, force.second).get(path).status_code == 404


def test_needs_of_training_are_listed_for_who_keeps_training(force, dive, client):
    common = {"by": force.coordinator, "at": MET, "dive": dive, "owner": force.coordinator.user}
    actions.record_finding(**common, question="A1", words="See the signs", training_role="frontline")
    actions.record_finding(**common, question="B3", words="Call the doctor")
    page = html_of(signed_in(client, a_member("training")), "/deep-dives/findings", training_role="frontline")
    assert "See the signs" in page
    assert "Call the doctor" not in page
