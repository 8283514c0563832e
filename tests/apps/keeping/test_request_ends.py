"""By when what somebody asks is answered, when it is over, and what stays of it."""

from datetime import date, timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from lodestar.keeping import actions, jobs
from lodestar.keeping.models import SubjectRequestStep
from lodestar.cases.models import Person
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.keeping import SubjectRequestFactory, a_request_of
from tests.factories.signed_in import form
from tests.factories.signed_in import signed_in as as_member

NAME = "Marmalade Quill"


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
    row = actions.ask_to_dispose(by=a_member("data_protection"), at=MET, person=person, reason=reason, because="x")
    actions.dispose(by=a_member("data_protection"), at=MET, disposal=row, answer="")
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
