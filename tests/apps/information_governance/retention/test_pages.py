"""The pages of keeping, holding, letting go and breaches: what they ask for, and what they never show."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from lodestar.casework.cases.models import Person
from lodestar.information_governance.retention.models import (
    Breach,
    BreachStep,
    Disposal,
    Hold,
    RetentionDecision,
    ReviewDue,
    SubjectRequest,
)
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import form
from tests.factories.signed_in import signed_in as as_member
from tests.offenders import each

NAME = "Marmalade Quill"
KEEP = {"does": "keep", "category": "victim", "until": "1 March 2032", "kept_for": "risk", "because": "He comes out soon"}
LET_GO = {"does": "let_go", "let_go_for": "recorded_wrongly", "because": "It was somebody else"}


@pytest.fixture
def person(fenmarch):
    officer = a_member("frontline")
    found = a_person(officer, a_case(officer), name=NAME, roles=["possible_victim"], belief="none")
    ReviewDue.objects.create(person=found, category="victim", last_contact=date(2019, 3, 2), due_on=date(2020, 3, 2))
    return found


@pytest.fixture
def keeper(person) -> Client:
    return signed_in(a_member("data_protection"))


def signed_in(member) -> Client:
    return as_member(Client(), member)


def sent(client: Client, path: str, **typed: str):
    return client.post(path, form(**typed))


def test_the_list_and_the_review_name_nobody(keeper, person):
    who = f"Person {person.number} of {person.case.reference}"
    for path in ("/keeping", f"/keeping/people/{person.id}"):
        page = keeper.get(path).content.decode()
        assert who in page
        assert NAME not in page
    assert Event.objects.filter(code="keeping.looked", people=[person.id]).count() == 1
    assert "the shortest period applies" in page


def test_what_is_kept_says_until_when_and_why(keeper, person):
    path = f"/keeping/people/{person.id}"
    assert sent(keeper, path, **KEEP)["Location"] == "/keeping"
    row = RetentionDecision.objects.get()
    assert (row.until, row.reason, row.because) == (date(2032, 3, 1), "risk", "He comes out soon")
    assert "Kept until 1 March 2032 as possible victim" in keeper.get(path).content.decode()


@each(
    ("typed", "said"),
    [
        ({"does": ""}, "Choose one"),
        ({"because": " "}, "Say why, in a few words"),
        ({"until": ""}, "Say until when"),
        ({"until": "1 March 2020"}, "Choose a day to come"),
        ({"until": "1 March 2090"}, "Ten years at most"),
        ({"kept_for": ""}, "Choose one"),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_written(keeper, person, typed, said):
    answer = sent(keeper, f"/keeping/people/{person.id}", **{**KEEP, **typed})
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert not RetentionDecision.objects.exists()


def test_one_asks_another_lets_go_and_the_page_says_what_was_done(keeper, person):
    sent(keeper, f"/keeping/people/{person.id}", **LET_GO)
    row = Disposal.objects.get()
    path = f"/keeping/disposals/{row.id}"
    assert "someone else must decide" in keeper.get(path).content.decode()
    assert sent(keeper, path, decision="agreed").status_code == 404
    other = signed_in(a_member("data_protection"))
    assert "its text and files go too" in other.get(path).content.decode()
    assert sent(other, path, decision="").status_code == 422
    assert sent(other, path, decision="refused").status_code == 422
    assert sent(other, path, decision="agreed")["Location"] == "/keeping"
    assert not Person.objects.exists()
    assert "Records deleted on" in other.get(path).content.decode()
    late = sent(signed_in(a_member("data_protection")), path, decision="refused", answer="She is the right person")
    assert (late.status_code, "Records deleted on" in late.content.decode()) == (422, True)  # who had it open is told
    counted = "Possible victim. No reasonable grounds recorded. They were recorded wrongly"
    assert counted in other.get("/keeping").content.decode()


def test_a_hold_is_put_on_seen_by_the_reviewer_and_lifted(keeper, person):
    path = f"/cases/{person.case.reference}/hold"
    coordinator = signed_in(a_member("coordinator"))
    assert sent(coordinator, path, kind="", because="x").status_code == 422
    sent(coordinator, path, kind="appeal", because="Leave is asked for")
    assert "The case is on legal hold" in keeper.get(f"/keeping/people/{person.id}").content.decode()
    answer = sent(keeper, f"/keeping/people/{person.id}", **LET_GO)
    assert (answer.status_code, "A legal hold is on the case." in answer.content.decode()) == (422, True)
    assert sent(coordinator, f"{path}/lift", because="").status_code == 422
    sent(coordinator, f"{path}/lift", because="Leave was refused")
    assert Hold.objects.get().lifted_because == "Leave was refused"
    assert "Leave was refused" in coordinator.get(path).content.decode()
    assert keeper.get(path).status_code == 404


def test_a_breach_runs_from_when_it_was_known_and_closes_when_nothing_is_open(keeper):
    answer = sent(keeper, "/breaches/new", kind="shown", what="A letter went to another partner", how_many="3")
    row = Breach.objects.get()
    assert answer["Location"] == f"/breaches/{row.id}"
    page = keeper.get(f"/breaches/{row.id}").content.decode()
    assert "The Information Commissioner must be informed by" in page
    path = f"/breaches/{row.id}"
    assert sent(keeper, path, step="closed").status_code == 422
    assert sent(keeper, path, step="commissioner_not_told").status_code == 422
    for step in ("commissioner_told", "people_not_told", "put_right", "closed"):
        assert sent(keeper, path, step=step, words="IC-1").status_code == 302
    assert "It is closed." in keeper.get(path).content.decode()
    assert "Closed" in keeper.get("/breaches").content.decode()
    told = Event.objects.get(code="keeping.breach_told")
    assert (told.operation, told.recipient) == ("disclosure", "Information Commissioner")


def test_who_tells_the_commissioner_late_says_why(keeper):
    long_ago = timezone.localtime(timezone.now() - timedelta(hours=80)).strftime("%d %B %Y %H%M")
    sent(keeper, "/breaches/new", kind="lost", what="A disk", aware_at=long_ago)
    path = f"/breaches/{Breach.objects.get().id}"
    assert "lode-due--late" in keeper.get(path).content.decode()
    answer = sent(keeper, path, step="commissioner_told")
    assert (answer.status_code, "later than 72 hours" in answer.content.decode()) == (422, True)
    sent(keeper, path, step="commissioner_told", words="Nobody was there who could say")
    assert BreachStep.objects.count() == 1
    assert "informed after more than 72 hours" in keeper.get(path).content.decode()


def test_a_relatives_letter_is_answered_only_after_she_said_so_alone_and_never_with_a_place(keeper):
    answer = sent(keeper, "/requests/new", came="relative", kind="copy", who=f"{NAME}, by her brother")
    row = SubjectRequest.objects.get()
    path = f"/requests/{row.id}"
    assert answer["Location"] == path
    assert NAME not in keeper.get("/requests").content.decode()
    page = keeper.get(path).content.decode()
    assert NAME in page
    assert "Have them confirm it alone" in page
    assert Event.objects.filter(code="keeping.request_looked").count() == 1
    assert sent(keeper, path, step="identity").status_code == 302
    assert sent(keeper, path, step="searched", words="By hand").status_code == 422  # it is written down where it is looked for
    refused = sent(keeper, path, step="answered")
    assert (refused.status_code, "confirm it alone" in refused.content.decode()) == (422, True)
    left = sent(keeper, path, step="reviewed", ticked=["address", "others"])
    assert (left.status_code, "must never go out" in left.content.decode()) == (422, True)
    assert sent(keeper, path, step="refused").status_code == 422
    sent(keeper, path, step="alone")
    assert sent(keeper, f"{path}/search", names="Nobody Here").status_code == 302
    sent(keeper, path, step="reviewed", ticked=["address", "support", "others"])
    assert sent(keeper, path, step="answered").status_code == 302
    assert "It is over." in keeper.get(path).content.decode()
    assert sent(keeper, path, step="withdrawn").status_code == 422
    told = Event.objects.get(code="keeping.request_answered")
    assert (told.operation, told.recipient) == ("disclosure", "The person who asked")


def test_after_the_end_a_form_that_stood_open_is_told_that_it_is_over(keeper):
    sent(keeper, "/requests/new", came="themselves", kind="copy", who="By word of mouth")
    path = f"/requests/{SubjectRequest.objects.get().id}"
    sent(keeper, path, step="withdrawn")
    late = sent(keeper, path, step="reviewed")
    assert (late.status_code, "It is over already." in late.content.decode()) == (422, True)


@pytest.mark.parametrize("typed", [{"came": ""}, {"kind": ""}, {"who": " "}])
def test_a_request_says_who_what_and_how_it_came(keeper, typed):
    told = {"came": "letter", "kind": "copy", "who": "A solicitor", **typed}
    assert sent(keeper, "/requests/new", **told).status_code == 422
    assert not SubjectRequest.objects.exists()
