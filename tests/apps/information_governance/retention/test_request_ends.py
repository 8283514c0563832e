"""By when what somebody asks is answered, when it is over, and what stays of it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.cases.models import Person
from lodestar.information_governance.retention import actions, jobs
from lodestar.information_governance.retention.models import RequestSearch, RequestTask, SubjectRequest, SubjectRequestStep
from lodestar.information_governance.retention.queries.requests import Sought
from lodestar.platform.audit.models import Event
from tests.factories.accounts import UserFactory, a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.keeping import (
    DisposalFactory,
    RequestReviewFactory,
    RequestSearchFactory,
    RequestTaskFactory,
    SubjectRequestFactory,
    SubjectRequestStepFactory,
    a_request_of,
)
from tests.factories.signed_in import read, sent

NAME = "Marmalade Quill"
MUCH_LATER = timezone.now() + timedelta(days=12 * 365)  # every period is over


@pytest.fixture
def person(officer):
    return a_person(officer, a_case(officer, what="She ran"), name=NAME, birth_date="2001-09-04", roles=["possible_victim"])


@pytest.fixture
def keeper(fenmarch):
    return a_member("data_protection")


def let_go(person, reason="recorded_wrongly"):
    """Two people of data protection let them go."""
    at = MUCH_LATER if reason == "period_over" else MET
    row = actions.ask_to_dispose(by=a_member("data_protection"), at=at, person=person, reason=reason, because="x")
    actions.dispose(by=a_member("data_protection"), at=at, disposal=row, answer="")
    return row


def test_the_month_runs_from_the_day_of_a_step_and_not_from_when_it_was_typed(keeper):
    request = SubjectRequestFactory(came="letter", received_on=date(2025, 11, 1))
    path = f"/requests/{request.id}"
    for typed, says in (("31 October 2025 0900", "That is before the request came"), ("1 November 2999", "")):
        refused = sent(keeper, path, step="identity", at=typed)
        assert (refused.status_code, says in refused.content.decode()) == (422, True)
    for step, typed in (("identity", "1 November 2025 1030"), ("alone", "1 November 2025")):
        assert sent(keeper, path, step=step, at=typed).status_code == 302
    assert "Answer by 1 December 2025" in read(keeper, path)
    assert sent(keeper, path, step="withdrawn").status_code == 302  # blank is now
    assert SubjectRequestStep.objects.get(kind="withdrawn").happened_at > timezone.now() - timedelta(minutes=5)


def test_what_a_restore_brought_back_goes_again_with_the_request_it_rests_on(keeper, person):
    request = a_request_of(person)
    row = actions.ask_to_dispose(by=keeper, at=MET, person=person, reason="they_ask", because="x")
    decided = {
        "people": [str(person.id)], "subject": str(row.id), "reason": "they_ask", "asked_at": MET, "asked_by": str(keeper.user),
        "decided_at": MET, "decided_by": str(a_member("data_protection").user), "request": str(request.id),
    }  # fmt: skip
    assert actions.erase_again(by=jobs.NOBODY, at=timezone.now(), decided=decided) is actions.Again.LET_GO
    assert not Person.objects.exists()
    assert actions.erase_again(by=jobs.NOBODY, at=timezone.now(), decided=decided) is actions.Again.NOT_THERE


# --- who went another way ----------------------------------------------------------------------------------------------------


def found(person, kind, **review):
    """A request of which everything was done but the answer, and one task of it."""
    request = SubjectRequestFactory(kind=kind, came="themselves")
    for step in ("identity", "searched", "reviewed"):
        SubjectRequestStepFactory(request=request, kind=step, words="x")
    task = RequestTaskFactory(request=request, case=person.case, person=person.id)
    if review:
        RequestReviewFactory(task=task, **review)
    return request, task


@pytest.mark.parametrize("reason", ["period_over", "recorded_wrongly", "they_ask"])
def test_a_request_is_not_open_for_somebody_who_went_another_way(officer, keeper, person, reason):
    wanted, _ = found(person, "erase", carried="done")
    unsaid, task = found(person, "copy")
    assert f"/request-tasks/{task.id}" in read(officer, "/my-work")
    for request in (wanted, unsaid):
        assert "1 of these is open" in read(keeper, f"/requests/{request.id}")
    if reason == "they_ask":
        a_request_of(person)
    let_go(person, reason)
    assert f"/request-tasks/{task.id}" not in read(officer, "/my-work")
    assert sent(officer, f"/request-tasks/{task.id}", verdict="other", seen="0").status_code == 422
    for request in (wanted, unsaid):
        page = read(keeper, f"/requests/{request.id}")
        assert "They are not in the case any more. Nothing is open here." in page
        for words in ("is open. Answer by", "has not answered yet", "be deleted</a>"):
            assert words not in page
        assert sent(keeper, f"/requests/{request.id}", step="answered").status_code == 302


# --- what stays of who asked -------------------------------------------------------------------------------------------------

SAID = "Case of Marmalade Quill"


def full(person, kind="erase", at=MET, **review):
    """A request that says in every place who asks, and that it is they."""
    request = SubjectRequestFactory(kind=kind, came="themselves", who=NAME, recorded_at=at)
    for step in ("identity", "searched", "reviewed"):
        SubjectRequestStepFactory(request=request, kind=step, words=SAID, recorded_at=at)
    RequestSearchFactory(request=request, sought=Sought((NAME,), "2001").to_json(), recorded_at=at)
    task = RequestTaskFactory(request=request, case=person.case, person=person.id)
    RequestReviewFactory(task=task, **{"carried": "done", "recorded_at": at} | review)
    return request


def over(request, kind="answered", at=MET):
    SubjectRequestStepFactory(request=request, kind=kind, words=SAID, recorded_at=at)


def by_the_clock():
    return actions.erase_expired(by=jobs.NOBODY, at=timezone.now())["request"]


def forget(since=None, *requests):
    with connection.cursor() as cursor:
        cursor.execute("select retention_remove_requests(%s::uuid[], %s)", [[one.id for one in requests] or None, since])
        return cursor.fetchone()[0]


def says(request):
    """Whether anything of it still says who asked."""
    request = SubjectRequest.objects.get(id=request.id)
    steps = set(SubjectRequestStep.objects.filter(request=request).values_list("words", flat=True)) - {"", "erased"}
    return bool(request.who or steps or any(row.sought for row in RequestSearch.objects.filter(request=request)))


def test_who_was_let_go_because_they_ask_is_named_by_the_answered_request_no_more(keeper, person):
    request = full(person)
    row = let_go(person, "they_ask")
    assert by_the_clock() == 0  # it is not answered yet: whoever answers it has to know whom
    assert says(request)
    over(request, at=timezone.now())
    assert by_the_clock() == 1
    assert not says(request)
    assert not RequestTask.objects.exists()
    row.refresh_from_db()
    assert (row.request_id, bool(row.done_at)) == (None, True)
    page = read(keeper, f"/requests/{request.id}")
    assert (NAME in page, person.case.reference in page) == (False, False)
    answered = SubjectRequestStep.objects.get(kind="answered")
    for words in ("The requester’s details are no longer kept", "Answered, to them alone", answered.recorded_by.name):
        assert words in page
    assert read(keeper, f"/requests/{request.id}/search")
    event = Event.objects.get(code="keeping.beside_let_go")
    assert (event.operation, event.subject, event.fields, event.people) == ("erasure", "1", ["request"], [])
    assert "Requests with requester details removed" in read(keeper, "/keeping")
    assert by_the_clock() == 0


@pytest.mark.parametrize("kind", ["answered", "refused", "withdrawn"])
def test_with_whoever_goes_after_it_is_over_it_says_so_at_once(person, kind):
    request = full(person, "copy")
    over(request, kind, timezone.now())
    let_go(person)
    assert not says(request)
    assert not RequestTask.objects.exists()


def test_while_somebody_it_may_be_about_is_there_it_says_who_asked_and_who_it_is_not_does_not_count(officer, person):
    request = full(person, "copy", timezone.now())
    other, unsure = (a_person(officer, a_case(officer), name=NAME) for _ in range(2))
    for one, verdict in ((other, "other"), (unsure, "unsure")):
        task = RequestTaskFactory(request=request, case=one.case, person=one.id)
        RequestReviewFactory(task=task, verdict=verdict, because="x")
    over(request, at=timezone.now())
    let_go(person)
    assert says(request)
    let_go(unsure)
    assert not says(request)
    assert [task.person for task in RequestTask.objects.all()] == [other.id]


def test_a_sealed_case_changes_nothing_of_when(officer, person):
    owners = [officer.user, a_member("supervisor").user]
    hidden, alone = (a_person(officer, a_case(officer), name=NAME) for _ in range(2))
    both, one = full(person, "copy"), full(alone, "copy", timezone.now())
    task = RequestTaskFactory(request=both, case=hidden.case, person=hidden.id)
    for row in (hidden, alone):
        seal_case(by=a_member("supervisor"), at=MET, case=row.case, reason="An aunt", owners=owners)
    for request in (both, one):
        over(request, at=timezone.now())
    let_go(person)
    assert not says(both)
    assert [row.id for row in RequestTask.objects.filter(request=both)] == [task.id]  # it stays with whom it is about
    wish = DisposalFactory(person=alone.id, case=alone.case, decision="agreed", decided_at=MET, decided_by=UserFactory())
    with connection.cursor() as cursor:
        cursor.execute("select retention_dispose(%s)", [wish.id])
    assert not Person.objects.filter(id=alone.id).exists()
    assert by_the_clock() == 0
    assert says(one)


def test_after_its_time_every_request_says_no_more_who_asked_and_what_holds_it_is_a_hold_alone(officer, person):
    long_ago = timezone.now() - timedelta(days=800)
    held = a_person(officer, a_case(officer))
    kept = full(held, "copy", long_ago)
    actions.hold(by=a_member("coordinator"), at=MET, case=held.case, kind="complaint", because="x")
    used = full(person, "restrict", long_ago, because="Her safety alone")
    over(used, at=long_ago)
    over(kept, at=long_ago)
    nobody = SubjectRequestFactory(came="letter", who=NAME, recorded_at=long_ago)
    over(nobody, "refused", long_ago)
    young = full(person, "copy", long_ago)
    over(young, at=timezone.now())
    assert by_the_clock() == 2
    assert [says(one) for one in (kept, used, nobody, young)] == [True, False, False, True]
    assert "only for this, as they asked: Her safety alone" in read(officer, f"/people/{person.id}")  # while they are there
    assert read(officer, f"/request-tasks/{RequestTask.objects.get(request=used).id}")
    let_go(person)
    assert not RequestTask.objects.filter(request=used).exists()


def test_what_was_never_answered_is_kept_whole_however_old_it_is_and_stands_first(keeper, person):
    long_ago = timezone.now() - timedelta(days=800)
    alone = SubjectRequestFactory(came="letter", who=NAME, recorded_at=long_ago, received_on=long_ago.date())
    searched = full(person, "copy", long_ago)
    young = SubjectRequestFactory(received_on=timezone.localdate())
    for _ in range(51):
        over(SubjectRequestFactory(who=""), at=timezone.now())
    assert by_the_clock() == forget(timezone.localdate(), alone, searched) == 0
    assert (says(alone), says(searched)) == (True, True)
    page = read(keeper, "/requests")
    assert "3 are open, 2 of them late." in page
    places = [page.index(f"/requests/{one.id}") for one in (alone, searched, young)]
    assert places == sorted(places)
    assert places[-1] < page.index("Requests that are over")


def test_what_is_said_in_a_sealed_case_does_not_move_the_day(officer, keeper):
    long_ago = timezone.now() - timedelta(days=800)
    hidden = a_person(officer, a_case(officer), name=NAME)
    request = full(hidden, "restrict", long_ago, because="x")
    over(request, at=long_ago)
    RequestReviewFactory(task=RequestTask.objects.get(request=request), number=2, because="x", recorded_at=timezone.now())
    assert by_the_clock() == 0
    owners = [officer.user, a_member("supervisor").user]
    seal_case(by=a_member("supervisor"), at=MET, case=hidden.case, reason="An aunt", owners=owners)
    assert by_the_clock() == 1
    assert not says(request)


def test_the_database_keeps_who_asked_for_six_months_whatever_it_is_asked(person):
    request = full(person, "copy", timezone.now() - timedelta(days=170))
    over(request, at=timezone.now() - timedelta(days=170))
    assert forget(timezone.localdate()) == forget(timezone.localdate(), request) == 0
    assert says(request)
    old = full(person, "copy", timezone.now() - timedelta(days=190))
    over(old, at=timezone.now() - timedelta(days=190))
    assert forget(timezone.localdate() - timedelta(days=200)) == 0
    assert forget(timezone.localdate()) == 1
    assert (says(request), says(old)) == (True, False)


def test_a_restore_lets_go_again_whose_wish_says_no_more_on_which_request_it_rested(keeper, person):
    request = a_request_of(person)
    row = actions.ask_to_dispose(by=keeper, at=MET, person=person, reason="they_ask", because="x")
    decided = {
        "people": [str(person.id)], "subject": str(row.id), "reason": "they_ask", "asked_at": MET, "asked_by": str(keeper.user),
        "decided_at": MET, "decided_by": str(a_member("data_protection").user), "request": None,
    }  # fmt: skip
    assert actions.erase_again(by=jobs.NOBODY, at=timezone.now(), decided=decided) is actions.Again.LET_GO
    row.refresh_from_db()
    assert row.request_id == request.id
