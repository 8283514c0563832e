"""Feedback: who may ask whom and when, what is kept apart, what is shown; and reasons of needs."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from lodestar.casework.case_facts.models import CaseEvent
from lodestar.casework.ledger.actions import NoContactRule
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.needs.actions import find_reasons, move_need
from lodestar.casework.needs.models import Need
from lodestar.casework.person_plans import actions
from lodestar.casework.person_plans.models import FeedbackAnswer, FeedbackAsked
from lodestar.casework.service_referrals.actions import move_place
from lodestar.casework.services.actions import search_places
from lodestar.casework.support.models import SupportStage
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import ObligationFactory, a_case, a_person, closed_somehow
from tests.factories.needs import NeedFactory
from tests.factories.person_plans import FeedbackAnswerFactory
from tests.factories.service_referrals import PlaceRequestFactory
from tests.factories.signed_in import html_of, read, sent, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")

HOURS = timedelta(hours=1)
SAID = {"knows": "yes", "informed": "partly", "they_came": "yes"}


@pytest.fixture
def advisor():
    return a_member("advisor", name="R. Ilic")


@pytest.fixture
def person(advisor):
    """Somebody met long ago."""
    return a_person(advisor, a_case(advisor), name="Ardita Hoxha", language="Polish")


@pytest.fixture
def outsider(advisor, person):
    """Somebody who may ask her: danger was dealt with, and the encounter is long ago."""
    closed_somehow(advisor, person.case, list(Obligation.objects.filter(case=person.case, code="make_safe", state="open")))
    return a_member("advisor", name="Outside the team")


def test_feedback_is_kept_apart_from_who_was_asked(outsider, person):
    saved = sent(outsider, f"/people/{person.id}/feedback", **SAID)
    assert "Saved." in read(outsider, saved.url)
    answer, asked = FeedbackAnswer.objects.get(), FeedbackAsked.objects.get()
    assert asked.person_id == person.id
    assert answer.id.version == 4, "an id of chance: ours hold the time"
    assert {field.name for field in FeedbackAnswer._meta.fields} == {"id", "tenant", "month", "knows", "informed", "paraphrase"}
    assert not Event.objects.filter(subject=str(answer.id)).exists()
    with pytest.raises(actions.NotNow):
        actions.record_feedback(by=outsider, at=timezone.now(), person=person, **SAID)


@pytest.mark.parametrize("why", ["team", "met", "arrest", "missing", "release", "danger", "threat", "decision", "contact"])
def test_feedback_is_refused(outsider, advisor, person, why):
    by, now, said = outsider, timezone.now(), dict(SAID)
    event = {"case": person.case, "recorded_at": now, "recorded_by_id": advisor.user, "happened_at": now - 27 * 24 * HOURS}
    if why == "team":
        by = advisor
    elif why == "met":
        person.case.encountered_at = now - 27 * 24 * HOURS
    elif why == "arrest":
        person.held_from = now - 27 * 24 * HOURS
    elif why == "threat":
        ObligationFactory(case=person.case, code="threat_to_life_assessment")
    elif why == "missing":
        CaseEvent.objects.create(person=person, kind="missing", **event)
    elif why == "release":
        CaseEvent.objects.create(kind="suspect_released", **event)
    elif why == "danger":
        person.out_of_danger = "no"
    elif why == "decision":
        SupportStage.objects.filter(person=person).update(stage="pending")
    else:
        said["they_came"] = "no"
    with pytest.raises((actions.NotNow, NoContactRule)):
        actions.record_feedback(by=by, at=now, person=person, **said)
    assert not FeedbackAsked.objects.exists()


def test_what_people_said_is_shown_from_five_answers_on(client, advisor):
    for _ in range(4):
        FeedbackAnswerFactory(paraphrase="Wants fewer calls")
    page = html_of(signed_in(client, advisor), "/feedback")
    assert 'data-answers="0"' in page
    assert "fewer calls" not in page
    FeedbackAnswerFactory(knows="no", month=date(2026, 4, 1), paraphrase="Of a quarter with one answer")
    FeedbackAnswerFactory(informed="no")
    page = html_of(client, "/feedback")
    assert 'data-answers="5"' in page
    assert "fewer calls" in page
    assert "quarter with one" not in page
    rows = re.findall(r'lode-num-col" data-l="[^"]+">([^<]*)<', page)
    assert rows == ["5", "0", "0", "0", "Not shown", "0", "Not shown", "0"]


# --- reasons of needs ------------------------------------------------------------------------------------------------------


def test_a_need_gets_the_reason_that_a_record_says_and_a_person_corrects_it(advisor, person):
    need = NeedFactory(person=person, domain="accommodation", since=timezone.now(), owner_id=advisor.user)
    row = PlaceRequestFactory(person=person, kind="council")
    move_place(by=advisor, at=timezone.now(), row=row, to="not_found", seen=1, reason="not_eligible")
    need = Need.objects.get(id=need.id)
    assert (need.unmet_reason, need.reason_source, need.reason_row) == ("authority_declined", "council_place", row.id)
    search_places(by=advisor, at=timezone.now(), person=person, answers={}, missing="language")
    assert find_reasons(by=None, at=timezone.now(), person=person) == 1
    need.refresh_from_db()
    assert (need.unmet_reason, need.reason_source) == ("language", "search")
    move_need(by=advisor, at=timezone.now(), row=need, to="unmet", seen=need.version, reason="refused", district="E07000203")
    assert find_reasons(by=None, at=timezone.now(), person=person) == 0
    need.refresh_from_db()
    assert (need.unmet_reason, need.reason_source, need.district) == ("refused", "", "E07000203")
