"""By when what somebody asks is answered, when it is over, and what stays of it."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from lodestar.cases.models import Person
from lodestar.keeping import actions, jobs
from lodestar.keeping.models import SubjectRequestStep
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.keeping import (
    RequestReviewFactory,
    RequestTaskFactory,
    SubjectRequestFactory,
    SubjectRequestStepFactory,
    a_request_of,
)
from tests.factories.signed_in import form
from tests.factories.signed_in import signed_in as as_member

NAME = "Marmalade Quill"
MUCH_LATER = timezone.now() + timedelta(days=12 * 365)  # every period is over


@pytest.fixture
def officer(fenmarch):
    return a_member("frontline", name="PC Brandreth")


@pytest.fixture
def person(officer):
    return a_person(officer, a_case(officer, what="She ran"), name=NAME, birth_date="2001-09-04", roles=["possible_victim"])


@pytest.fixture
def keeper(fenmarch):
    return a_member("data_protection")


def sent(member, path, **typed):
    return as_member(Client(), member).post(path, form(**typed))


def read(member, path):
    return unescape(as_member(Client(), member).get(path).content.decode())


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
    assert actions.let_go_again(by=jobs.NOBODY, at=timezone.now(), decided=decided) is actions.Again.LET_GO
    assert not Person.objects.exists()
    assert actions.let_go_again(by=jobs.NOBODY, at=timezone.now(), decided=decided) is actions.Again.NOT_THERE


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
        for words in ("is open. Answer by", "has not said anything yet", "is let go</a>"):
            assert words not in page
        assert sent(keeper, f"/requests/{request.id}", step="answered").status_code == 302
