"""What somebody asks about themselves: who may be meant, who reviews it, what is not told; and nobody goes for a letter."""

import re
from html import unescape

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from lodestar.casework.case_files.actions.case import give_case, seal_case
from lodestar.casework.case_files.actions.people import change_people
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.safe_addresses.actions import agree_contact
from lodestar.information_governance.retention import access, actions, queries
from lodestar.information_governance.retention.actions import registers
from lodestar.information_governance.retention.models import (
    Disposal,
    RequestReview,
    RequestTask,
    SubjectRequest,
    SubjectRequestStep,
)
from lodestar.information_governance.retention.queries.requests import Sought, people_meant
from lodestar.information_governance.retention.rules import TaskVerdict
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person, contact_rule
from tests.factories.keeping import (
    RequestReviewFactory,
    RequestTaskFactory,
    SubjectRequestFactory,
    SubjectRequestStepFactory,
    a_request_of,
)
from tests.factories.records import EarlierRecordFactory
from tests.factories.signed_in import read, sent
from tests.factories.signed_in import signed_in as as_member
from tests.offenders import each

NAME = "Marmalade Quill"
BORN = "2001-09-04"
SECRET = "She ran from the car wash"


@pytest.fixture
def person(officer):
    return a_person(officer, a_case(officer, what=SECRET), name=NAME, birth_date=BORN, roles=["possible_victim"])


@pytest.fixture
def keeper(fenmarch):
    return a_member("data_protection")


def asked(kind="copy", came="themselves", *steps):
    request = SubjectRequestFactory(kind=kind, came=came, who="A woman at the desk")
    for step in steps or ("identity",):
        SubjectRequestStepFactory(request=request, kind=step)
    return request


def looked_for(keeper, request, **told):
    registers.search_request(by=keeper, at=MET, request=request, sought=Sought(**{"names": (NAME,), "born": BORN} | told))
    return list(RequestTask.objects.filter(request=request).order_by("id"))


# --- letting go, because they ask ------------------------------------------------------------------------------------------


def wish(by, person):
    return actions.ask_to_dispose(by=by, at=MET, person=person, reason="they_ask", because="A letter came")


def a_letter(*steps, **more):
    request = SubjectRequestFactory(**{"kind": "erase", "came": "letter"} | more)
    for step in steps:
        SubjectRequestStepFactory(request=request, kind=step, words="As written down")
    return request


def test_a_letter_is_not_enough_for_two_people_who_read_no_case(keeper, person):
    with pytest.raises(actions.StandsAgainst) as told:
        wish(keeper, person)
    assert told.value.codes == ("not_asked",)
    page = sent(keeper, f"/keeping/people/{person.id}", does="let_go", let_go_for="they_ask", because="A letter came")
    assert (page.status_code, "It is not confirmed that they are asking this." in page.content.decode()) == (422, True)


@each(
    ("steps", "more", "verdict"),
    [
        ((), {}, "they"),
        (("identity",), {}, "they"),
        (("alone",), {}, "they"),
        (("identity", "alone"), {"kind": "copy"}, "they"),
        (("identity", "alone", "refused"), {}, "they"),
        (("identity", "alone", "withdrawn"), {}, "they"),
        (("identity", "alone"), {}, "other"),
        (("identity", "alone"), {}, "unsure"),
        (("identity", "alone"), {}, ""),
        (("identity", "alone"), {}, "kept"),
    ],
)
def test_what_is_not_certain_lets_nobody_go_in_the_database_neither(keeper, person, steps, more, verdict):
    request = a_letter(*steps, **more)
    task = RequestTaskFactory(request=request, case=person.case, person=person.id)
    if verdict:
        is_kept = verdict == "kept"  # it is they, and they have to be kept
        RequestReviewFactory(task=task, verdict="they" if is_kept else verdict, carried="not" if is_kept else "done")
    with pytest.raises(actions.StandsAgainst):
        wish(keeper, person)
    row = Disposal.objects.create(
        person=person.id, case=person.case, request=request, reason="they_ask", asked_at=MET, recorded_at=MET,
        asked_by_id=keeper.user, decision="agreed", decided_at=MET, decided_by_id=a_member("data_protection").user,
    )  # fmt: skip
    with pytest.raises(ProgrammingError, match="certain"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select retention_dispose(%s)", [row.id])
    assert Person.objects.filter(id=person.id).exists()


def test_what_is_certain_lets_them_go_and_what_was_said_of_them_goes_too(keeper, person):
    request = a_letter("identity", "alone")
    task = RequestTaskFactory(request=request, case=person.case, person=person.id)
    RequestReviewFactory(task=task, carried="done", because=SECRET, gives=SECRET)
    row = wish(keeper, person)
    assert row.request_id == request.id
    actions.dispose(by=a_member("data_protection"), at=MET, disposal=row, answer="")
    assert not Person.objects.exists()
    assert RequestTask.objects.filter(id=task.id).exists()  # the request still says where they stood, and nothing of them
    review = RequestReview.objects.get()
    assert (review.gives, review.because) == ("", "")
    assert "They are to be let go" not in (page := read(keeper, f"/requests/{request.id}"))
    assert "Deleted on " in page


def test_who_is_let_go_because_they_ask_asks_still_when_the_second_person_agrees(keeper, person):
    request = a_request_of(person)
    row = wish(keeper, person)
    SubjectRequestStepFactory(request=request, kind="withdrawn")
    with pytest.raises(actions.StandsAgainst) as told:
        actions.dispose(by=a_member("data_protection"), at=MET, disposal=row, answer="")
    assert told.value.codes == ("not_asked",)


# --- looking for who asks --------------------------------------------------------------------------------------------------


def test_nobody_is_looked_for_before_it_is_certain_who_asks(keeper, person):
    for steps, came, says in (((), "themselves", "confirm who they are"), (("identity",), "relative", "confirm it alone")):
        request = SubjectRequestFactory(came=came)
        for step in steps:
            SubjectRequestStepFactory(request=request, kind=step)
        page = sent(keeper, f"/requests/{request.id}/search", names=NAME)
        assert (page.status_code, says in unescape(page.content.decode())) == (422, True)
    assert not RequestTask.objects.exists()


@pytest.mark.parametrize(
    "told",
    [
        {"names": "Marmelade Quill", "born": "4 September 2001"},
        {"names": "Quill Marmalade\nSomebody Else", "born": "2001"},
        {"names": "", "reach": "07700 900123"},
    ],
)
def test_by_a_name_written_otherwise_or_a_telephone_data_protection_is_told_where_and_who_has_it_and_nothing_of_it(
    keeper, officer, person, told
):
    agree_contact(by=officer, at=MET, person=person, rule=contact_rule())
    request = asked()
    assert sent(keeper, f"/requests/{request.id}/search", **told)["Location"] == f"/requests/{request.id}"
    page = read(keeper, f"/requests/{request.id}")
    assert f"Person {person.number} of {person.case.reference}" in page
    assert "PC Brandreth" in page
    assert "1 of these is open" in page
    for hidden in (SECRET, "1 Nowhere Lane", "possible victim", "Possible victim"):
        assert hidden not in page
    assert NAME not in page or NAME in told["names"]
    assert RequestTask.objects.get().person == person.id
    event = Event.objects.get(code="keeping.request_searched")
    assert (event.operation, event.people, event.subject) == ("consultation", [person.id], str(request.id))
    step = SubjectRequestStep.objects.get(kind="searched")
    assert step.words in ("By name, birth", "By telephone or address")


def test_who_was_wrongly_recorded_and_is_filed_under_no_marks_is_found_too(keeper, person):
    Person.objects.filter(id=person.id).update(belief="none")
    person.refresh_from_db()
    change_people(
        by=a_member("coordinator"), at=MET, case_id=person.case_id, changes=[(person.id, person.version, {"name": NAME + "e"})]
    )
    assert [one.person_id for one in people_meant(Sought(names=(NAME,), born=BORN))] == [person.id]
    assert not people_meant(Sought(names=(NAME,), born="1950-01-01"))
    assert not people_meant(Sought(names=("Ion Pop",), born=BORN))


def test_looked_for_twice_they_are_asked_once_and_a_birth_alone_is_not_looked_for(keeper, person):
    request = asked()
    assert len(looked_for(keeper, request)) == 1
    assert len(looked_for(keeper, request)) == 1
    assert sent(keeper, f"/requests/{request.id}/search", born="2001").status_code == 422


def test_of_a_sealed_case_the_page_is_byte_by_byte_what_it_is_where_nobody_is_found_and_its_owners_have_the_task(
    client, keeper, officer, person
):
    owner = a_member("supervisor")
    seal_case(by=owner, at=MET, case=person.case, reason="An aunt", owners=[officer.user, owner.user])
    alone, other = asked(), asked()
    as_member(client, keeper)
    pages = []
    for request, name in ((alone, NAME), (other, "Ion Nobody")):
        looked_for(keeper, request, names=(name,))
        page = client.get(f"/requests/{request.id}").content.decode()
        for mark in (str(request.id), f"Request {request.number}", name):
            page = page.replace(mark, "")
        page = re.sub(r"PC Person \d+", "", page)  # who wrote the first step down
        head, _, rest = page.partition('name="submission_key"')
        pages.append((head.split("csrfmiddlewaretoken")[0], rest[60:]))
    assert pages[0] == pages[1]
    (task,) = RequestTask.objects.all()
    for member in (officer, owner):
        assert f"/request-tasks/{task.id}" in read(member, "/my-work")
        assert "The case is sealed" in read(member, f"/request-tasks/{task.id}")
    for event in Event.objects.filter(code="keeping.request_searched"):
        assert event.people == []
    assert as_member(client, a_member("coordinator")).get(f"/request-tasks/{task.id}").status_code == 404
    sent(officer, f"/request-tasks/{task.id}", verdict="they", withheld=["others"], because="It would lead to her", seen="0")
    assert person.case.reference not in read(keeper, f"/requests/{alone.id}")
    assert not list(access.tasks_of(keeper, alone))


def test_as_many_statements_are_asked_whether_a_sealed_case_holds_them_or_nobody(keeper, officer, person):
    owner = a_member("supervisor")
    seal_case(by=owner, at=MET, case=person.case, reason="An aunt", owners=[officer.user, owner.user])
    counts = []
    for name in (NAME, "Ion Nobody"):
        request = asked()
        with CaptureQueriesContext(connection) as asks:
            looked_for(keeper, request, names=(name,))
        counts.append(len(asks))
    assert counts[0] == counts[1]


def test_earlier_records_of_other_systems_are_named_by_their_reference(keeper, person):
    EarlierRecordFactory(kind="custody", reference="CU/7", name=NAME, birth_date=BORN, words=SECRET)
    request = asked()
    looked_for(keeper, request)
    page = read(keeper, f"/requests/{request.id}")
    assert "Custody CU/7, imported by " in page
    assert SECRET not in page


# --- what whoever has the case says ----------------------------------------------------------------------------------------


def test_whoever_has_the_case_has_it_in_their_work_and_says_what_may_be_given(keeper, officer, person):
    request = asked()
    (task,) = looked_for(keeper, request, reach=("07700 900999",))
    path = f"/request-tasks/{task.id}"
    assert path in read(officer, "/my-work")
    assert path not in read(a_member("frontline"), "/my-work")
    page = read(officer, path)
    assert NAME in page
    assert "the same name" in page
    assert "07700 900999" not in page
    refused = sent(officer, path, verdict="they", seen="0")
    assert (refused.status_code, "Say what may be disclosed" in refused.content.decode()) == (422, True)
    assert sent(officer, path, verdict="they", gives="Her statement", ticked=["address"], seen="0").status_code == 422
    answer = sent(
        officer, path, verdict="they", gives="Her statement of 3 March", ticked=["address", "support", "others"],
        withheld=["crime"], because="He is not charged yet", seen="0",
    )  # fmt: skip
    assert answer["Location"] == "/my-work"
    assert f'href="{path}"' not in read(officer, "/my-work")
    told = read(keeper, f"/requests/{request.id}")
    for words in ("Yes.", "May be disclosed: Her statement of 3 March", "Withheld: it would prejudice preventing"):
        assert words in told
    assert "open. Answer by" not in told
    event = Event.objects.get(code="keeping.request_reviewed")
    assert (event.people, event.case, event.fields) == ([person.id], person.case_id, ["they"])


def test_of_two_who_say_something_the_second_is_told_of_the_first(keeper, officer, person):
    (task,) = looked_for(keeper, asked())
    path = f"/request-tasks/{task.id}"
    registers.review_task(by=officer, at=MET, task=task, seen=0, task_verdict=TaskVerdict("other", because="Another birth"))
    late = sent(officer, path, verdict="they", withheld=["crime"], because="He is not charged yet", seen="0")
    page = unescape(late.content.decode())
    assert (late.status_code, "A colleague has commented since" in page, "Another birth" in page) == (422, True, True)
    assert sent(officer, path, verdict="they", withheld=["crime"], because="No", seen="1").status_code == 302
    assert [row.verdict for row in RequestReview.objects.order_by("number")] == ["other", "they"]


def test_it_is_not_answered_while_something_is_open_but_with_a_reason(keeper, officer, person):
    request = asked("put_right")
    (task,) = looked_for(keeper, request)
    path = f"/requests/{request.id}"
    sent(keeper, path, step="reviewed", ticked=["address", "support", "others"])
    refused = sent(keeper, path, step="answered")
    assert (refused.status_code, "still open" in refused.content.decode()) == (422, True)
    assert sent(officer, f"/request-tasks/{task.id}", verdict="they", carried="not", seen="0").status_code == 422
    sent(officer, f"/request-tasks/{task.id}", verdict="they", carried="not", because="Both are what she said", seen="0")
    assert "<li>It stays as it is.</li><li>Both are what she said</li>" in read(keeper, path)
    assert sent(keeper, path, step="answered").status_code == 302
    another = asked("put_right")
    looked_for(keeper, another)
    SubjectRequestStepFactory(request=another, kind="reviewed")
    assert sent(keeper, f"/requests/{another.id}", step="answered", words="The officer is away until May").status_code == 302


def test_who_asks_to_be_let_go_is_open_until_two_people_decided(keeper, officer, person):
    request = asked("erase")
    (task,) = looked_for(keeper, request)
    sent(officer, f"/request-tasks/{task.id}", verdict="they", carried="done", seen="0")
    path = f"/requests/{request.id}"
    assert f"/keeping/people/{person.id}" in read(keeper, path)
    SubjectRequestStepFactory(request=request, kind="reviewed")
    assert sent(keeper, path, step="answered").status_code == 422
    sent(keeper, f"/keeping/people/{person.id}", does="let_go", let_go_for="they_ask", because="They ask")
    row = Disposal.objects.get()
    assert "A second person must agree" in read(keeper, path)
    actions.refuse_disposal(by=a_member("data_protection"), at=MET, disposal=row, answer="An appeal is coming")
    assert "An appeal is coming" in read(keeper, path)
    assert sent(keeper, path, step="answered").status_code == 302


def test_who_has_the_case_now_has_the_task_now_and_after_the_end_nobody(keeper, officer, person):
    request = asked()
    (task,) = looked_for(keeper, request)
    colleague = a_member("investigator")
    give_case(by=a_member("supervisor"), at=MET, case=person.case, to=colleague.user)
    Case.objects.filter(id=person.case_id).update(owner=colleague.user)
    assert f"/request-tasks/{task.id}" not in read(officer, "/my-work")
    assert f"/request-tasks/{task.id}" in read(colleague, "/my-work")
    SubjectRequestStepFactory(request=request, kind="withdrawn")
    assert f"/request-tasks/{task.id}" not in read(colleague, "/my-work")
    assert sent(colleague, f"/request-tasks/{task.id}", verdict="other", seen="0").status_code == 422
    assert queries.requests.reviews_of(task) == []
    assert SubjectRequest.objects.count() == 1


def test_who_is_used_for_less_has_it_on_their_page_until_whoever_has_the_case_says_otherwise(keeper, officer, person):
    request = asked("restrict")
    (task,) = looked_for(keeper, request)
    path, words = f"/request-tasks/{task.id}", "Her safety alone, while she says it was never her"
    assert sent(officer, path, verdict="they", carried="done", seen="0").status_code == 422
    assert sent(officer, path, verdict="they", carried="done", because=words, seen="0").status_code == 302
    SubjectRequestStepFactory(request=request, kind="answered")
    supervisor = a_member("coordinator")
    assert f"only for this, as they asked: {words}" in (page := read(officer, f"/people/{person.id}"))
    assert path in page
    assert words in (page := read(supervisor, f"/people/{person.id}"))
    assert path not in page
    assert sent(officer, path, verdict="they", carried="not", because="It was she", seen="1").status_code == 302
    assert "only for this" not in read(officer, f"/people/{person.id}")
