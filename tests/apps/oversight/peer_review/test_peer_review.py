"""A peer review: who may do it, the sample, the cases that alone are seen, themes, findings into the plan, the next review."""

from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from lodestar.casework.cases.models import Case
from lodestar.casework.safe_addresses.actions import record_address
from lodestar.oversight.measures.rules.facts import Period
from lodestar.oversight.peer_review import actions, queries
from lodestar.oversight.peer_review.models import PeerFinding, PeerReview
from lodestar.oversight.peer_review.presenters import DUE
from lodestar.oversight.peer_review.rules import next_due
from lodestar.oversight.plan.models import PlanItem
from lodestar.oversight.requirements.evidence import read_evidence, read_query
from lodestar.platform.accounts.models import Membership, User
from lodestar.platform.audit.models import Event
from lodestar.platform.notices.models import Notice
from tests.factories.accounts import a_member
from tests.factories.administering import administering
from tests.factories.cases import MET, CaseFactory, PersonFactory
from tests.factories.evidence import ExhibitFactory
from tests.factories.investigations import AllocationFactory, CrimeFactory
from tests.factories.peer_review import PeerFindingFactory, PeerReviewFactory, SampleCaseFactory, assessment
from tests.factories.signed_in import html_of, read, sent, signed_in
from tests.factories.statements import at_most

PLAN = {"remit": "The whole response", "asked_force": "Saltmere Police", "asked_name": "DCI Pell"}


@pytest.fixture
def force(fenmarch):
    """Six cases, one of them sealed; a coordinator, two peer reviewers with a last day, and one without."""
    people = SimpleNamespace(
        coordinator=a_member("coordinator"), detective=a_member("investigator"), endless=a_member("peer_reviewer")
    )
    people.reviewer, people.other = a_member("peer_reviewer"), a_member("peer_reviewer")
    with administering():
        for member in (people.reviewer, people.other):
            Membership.objects.filter(id=member.membership).update(to_date=timezone.localdate() + timedelta(days=30))
    people.cases = [CaseFactory(opened_by_id=people.detective.user, sealed=number == 5) for number in range(6)]
    for case in people.cases:
        PersonFactory(case=case, category="victim", name="Ardita Hoxha")
    return people


@pytest.fixture
def review(force):
    """A review under way with a case of its sample."""
    row = PeerReviewFactory(reviewer_id=force.reviewer.user, owner_id=force.coordinator.user)
    SampleCaseFactory(review=row, case=force.cases[0])
    return row


def status_of(member, path):
    return signed_in(Client(), member).get(path).status_code


@contextmanager
def refusal(code):
    with pytest.raises(actions.Refused) as refused:
        yield
    assert refused.value.code == code


def test_it_is_planned_drawn_and_opened_when_all_is_there(force):
    today, by = timezone.localdate(), {"by": force.coordinator, "at": timezone.now()}
    days = {"first": str(today), "last": str(today + timedelta(days=14))}
    assert sent(force.coordinator, "/peer-reviews/new", **PLAN, first="soon", last="later").status_code == 422
    assert sent(force.coordinator, "/peer-reviews/new", **PLAN, **days).status_code == 302
    review = PeerReview.objects.get()
    here = f"/peer-reviews/{review.id}"
    assert sent(force.coordinator, here, to="under_way", version=1).status_code == 422, "nothing is ready"
    for member in (force.endless, force.detective, a_member("reviewer")):
        with refusal("reviewer"):
            actions.plan_review(**by, review=review, seen=1, first=today, last=today, reviewer=member.user)
    named = {**PLAN, **days, "reviewer": str(force.reviewer.user), "version": 1}
    assert sent(force.coordinator, f"{here}/change", **named).status_code == 302
    assert sent(force.coordinator, f"{here}/change", **named).status_code == 422, "a colleague was first"
    assert Notice.objects.filter(kind=actions.NAMED, to=force.reviewer.user).count() == 1
    sample = {"cases_from": str(MET.date()), "cases_to": str(MET.date()), "sample_size": "3", "version": 2}
    with at_most(40):
        assert sent(force.coordinator, f"{here}/sample", **sample).status_code == 302
    review.refresh_from_db()
    assert (review.cases.count(), len(review.frame), review.not_drawn) == (3, 5, 1)
    with refusal("drawn"):
        actions.draw_sample(**by, review=review, seen=3, cases_from=today, cases_to=today, size=3)
    scores = {f"l{number}": "in_place" for number in range(1, 5)}
    path = f"{here}/themes/leadership?of=guidance"
    assert sent(force.coordinator, path, **scores, version=3).status_code == 422, "without a remark"
    assert sent(force.coordinator, path, **scores, remark="The board met", version=3).status_code == 302
    review.refresh_from_db()
    assert review.assessed["own"]["leadership"]["l1"] == "in_place"
    PeerReview.objects.update(assessed={"own": assessment()})
    assert sent(force.reviewer, here).status_code == 404, "not before it is under way"
    assert sent(force.coordinator, here, to="under_way", version=4).status_code == 302
    assert status_of(force.reviewer, here) == 200


def test_the_reviewer_sees_the_sample_by_number_and_nothing_else(force, review, client):
    case = force.cases[0]
    record_address(by=force.detective, at=MET, person=case.people.get(), address="12 Hidden Row, NR1 1AA", viewers=[])
    crime = CrimeFactory(person=case.people.get())
    AllocationFactory(case=case, owner_id=force.detective.user)
    exhibit, officer = ExhibitFactory(case=case, found_at=MET), User.objects.get(id=force.detective.user)
    here, shown = f"/peer-reviews/{review.id}", ""
    client = signed_in(client, force.reviewer)
    for part in ("facts", "tasks", "decisions", "work", "texts"):
        with at_most(25):
            shown += html_of(client, f"{here}/cases/1", part=part)
    for said in ("Encountered", "Crime recorded", "Given to a PIP2 detective", "Exhibit found"):
        assert said in shown, said
    texts = (crime.number, officer.name, exhibit.reference, case.reference)
    for hidden in ("Hidden Row", "NR1 1AA", "Ardita", *texts, "/people/", "/cases/FM"):
        assert hidden not in shown, hidden
    looks = Event.objects.filter(code="peer.case_viewed", by=force.reviewer.user, case=case.id)
    assert looks.count() == 5
    assert looks[0].people
    with at_most(15):
        page = html_of(client, here)
    assert 'data-case="1"' in page
    assert "data-sample" not in page, "how many sealed cases there are"
    closed = (f"/cases/{case.reference}", "/cases", "/find", "/deep-dives", "/measures", "/figure", "/requirements",
              f"{here}/change", f"{here}/sample", "/peer-reviews/new", f"{here}/cases/2")  # fmt: skip
    assert {client.get(path).status_code for path in closed} == {404}
    for stranger in (force.other, force.coordinator, force.detective):
        assert status_of(stranger, f"{here}/cases/1") == 404
    assert status_of(force.other, here) == status_of(force.detective, here) == 404
    PeerReview.objects.update(last=timezone.localdate() - timedelta(days=1))
    assert status_of(force.reviewer, here) == status_of(force.reviewer, f"{here}/cases/1") == 404, "after its days"
    PeerReview.objects.update(last=timezone.localdate())
    assert status_of(force.reviewer, f"{here}/cases/1") == 200
    Case.objects.filter(id=case.id).update(sealed=True)
    assert status_of(force.reviewer, f"{here}/cases/1") == 404
    with administering():
        Membership.objects.filter(id=force.reviewer.membership).update(to_date=timezone.localdate() - timedelta(days=1))
    assert status_of(force.reviewer, here) != 200, "after the posting"


def test_findings_go_into_the_plan_or_get_a_reason_and_the_report_names_no_case(force, review):
    here = f"/peer-reviews/{review.id}"
    area = {"theme": "victims", "finding_kind": "area", "words": "Nobody rings back", "drawn": "1"}
    practice = {"theme": "leadership", "finding_kind": "good_practice", "words": "The chief asks each month"}
    for typed in (area, practice, area | {"words": "No deputy", "drawn": ""}):
        assert sent(force.reviewer, f"{here}/findings/new", **typed).status_code == 302
    assert sent(force.coordinator, f"{here}/findings/new", **area).status_code == 404
    found = {str(row.words): row for row in PeerFinding.objects.all()}
    rings, deputy = (f"/peer-reviews/findings/{found[words].id}" for words in ("Nobody rings back", "No deputy"))
    assert sent(force.coordinator, deputy, to="not_taken", because="No money", version=1).status_code == 404, "not handed in"
    assert sent(force.coordinator, here, to="reported", version=1).status_code == 422
    assert sent(force.reviewer, here, to="reported", version=1).status_code == 302
    assert Notice.objects.filter(kind=actions.HANDED_IN, to=force.coordinator.user).count() == 1
    assert sent(force.reviewer, f"{here}/findings/new", **area).status_code == 422, "handed in"
    assert status_of(force.reviewer, f"{here}/cases/1") == 404, "and no case any more"
    assert sent(force.coordinator, here, to="closed", version=2).status_code == 422, "areas to decide"
    assert sent(force.coordinator, deputy, to="not_taken", version=1).status_code == 422, "without a reason"
    assert sent(force.coordinator, deputy, to="not_taken", because="No money", version=1).status_code == 302
    taken = {
        "title": "Ring back",
        "domain": "victims",
        "four_p": "protect",
        "whose": force.detective.username,
        "due_on": "1 March 2027",
    }
    assert sent(force.coordinator, f"{rings}/take", **taken, version=1).status_code == 302
    item = PlanItem.objects.get()
    assert (item.source, item.source_key, item.owner_id) == (
        "peer_review",
        str(found["Nobody rings back"].id),
        force.detective.user,
    )
    latest = queries.latest(timezone.now())
    assert (latest.state, latest.good_practice, latest.areas, latest.open, latest.in_plan, latest.not_taken) == (
        "reported", 1, 2, 0, 1, 1,
    )  # fmt: skip
    assert queries.latest(timezone.now() - timedelta(hours=1)) is None, "not handed in then"
    assert sent(force.coordinator, here, to="closed", version=2).status_code == 302
    for kind in ("pdf", "docx"):
        page = signed_in(Client(), force.coordinator).get(f"{here}/report/{kind}").content
        assert len(page) > 2000
    Case.objects.filter(id=force.cases[0].id).update(sealed=True)
    assert "Nobody rings back" not in read(force.coordinator, here), "about a case that is sealed now"
    assert queries.latest(timezone.now()).in_plan == 0


def test_its_author_puts_a_finding_right_until_the_review_is_handed_in(force, review):
    own = {"review": review, "recorded_by_id": force.reviewer.user}
    area, practice = PeerFindingFactory(**own), PeerFindingFactory(**own, kind="good_practice", state="noted")
    path, other = (f"/peer-reviews/findings/{row.id}" for row in (area, practice))
    assert sent(force.coordinator, f"{path}/words", words="Nobody writes").status_code == 404
    assert sent(force.reviewer, f"{path}/words", words="Nobody writes back", version=1).status_code == 302
    assert sent(force.reviewer, f"{path}/words", words="Nobody writes", version=1).status_code == 422, "somebody was first"
    area.refresh_from_db()
    assert str(area.words) == "Nobody writes back"
    assert "The words before: Nobody rings back" in read(force.reviewer, path)
    assert "What happened?" not in read(force.coordinator, path), "nothing for them to do yet"
    assert sent(force.reviewer, other, to="withdrawn", version=1).status_code == 422, "without a reason"
    assert sent(force.reviewer, other, to="withdrawn", because="It was another force", version=1).status_code == 302
    assert [row.id for row in queries.findings_of(review)] == [area.id]
    PeerReview.objects.update(state="reported", reported_at=timezone.now())
    assert "What happened?" not in read(force.reviewer, path)
    assert sent(force.reviewer, path, to="withdrawn", because="No", version=2).status_code == 404
    assert sent(force.reviewer, f"{path}/words", words="Changed", version=2).status_code == 422


def test_the_next_review_judges_former_areas_and_falls_due(force, review):
    today = timezone.localdate()
    former = PeerReviewFactory(
        first=today - timedelta(days=400), last=today - timedelta(days=380), state="closed", reported_at=MET,
        owner_id=force.coordinator.user,
    )  # fmt: skip
    item = PlanItem.objects.create(
        number=1, title="Ring back", domain="victims", four_p="protect", original_due_on=today, due_on=today, state="under_way",
        owner_id=force.detective.user, recorded_at=MET, recorded_by_id=force.coordinator.user,
    )  # fmt: skip
    area = PeerFindingFactory(review=former, state="in_plan", plan_item=item)
    assert (queries.latest(timezone.now()).first, queries.under_way_at(timezone.now()).id) == (former.first, review.id)
    path = f"/peer-reviews/findings/{area.id}"
    assert "Nobody rings back" in read(force.reviewer, f"/peer-reviews/{review.id}")
    assert 'href="/peer-reviews"' in read(force.reviewer, path), "back to what the reviewer may open"
    assert status_of(force.other, path) == 404
    assert sent(force.coordinator, path, to="better", because="Yes", version=1).status_code == 404
    assert sent(force.reviewer, path, to="better", version=1).status_code == 422
    assert sent(force.reviewer, path, to="better", because="Rang in 9 of 10 cases", version=1).status_code == 302
    now, period = timezone.now(), Period(today - timedelta(days=90), today)
    evidence = read_evidence([("peer_finding", str(area.id))], period, now)["peer_finding", str(area.id)]
    assert (evidence.state, read_query(evidence.query)) == ("evidenced", evidence)
    assert queries.latest(now).next_due == next_due(former.last, 12)
    PeerReview.objects.filter(id=review.id).update(state="not_held")
    assert [DUE.made(*row).href for _, *row in DUE.items(force.coordinator, now)] == ["/peer-reviews/new"]
