"""The door: two transactions, one result for one key, nothing typed lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, RequestFactory

from lodestar.platform.accounts import actions, queries
from lodestar.platform.accounts.form_envelope import way_here
from lodestar.platform.accounts.models import Draft, Submission, Unit
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import TenantFactory, a_member
from tests.factories.at_once import answers_at_once
from tests.factories.signed_in import form, signed_in
from tests.offenders import each

pytestmark = pytest.mark.urls("tests.apps.platform.accounts.probe_urls")


def units(name):
    return Unit.objects.filter(name=name).count()


def drafts(member):
    return [(draft.path, draft.typed) for draft in queries.drafts_of(member.user)]


def test_a_good_form_does_its_thing_and_leaves_no_draft(at_work, officer):
    assert at_work.post("/probe", form(what="Days"))["Location"] == "/probe/done"
    assert units("Days") == 1
    assert drafts(officer) == []


def test_a_refused_form_does_nothing_and_keeps_what_was_typed(at_work, officer):
    assert at_work.post("/probe", form(what="wrong")).status_code == 422
    assert units("wrong") == 0
    assert drafts(officer) == [("/probe", '{"what": ["wrong"]}')]
    assert at_work.get("/probe?draft=1").content == b"wrong"
    assert at_work.get("/probe").content == b"empty"


def test_a_fault_does_nothing_and_keeps_what_was_typed(at_work, officer):
    at_work.raise_request_exception = False
    response = at_work.post("/probe", form(what="crash"))
    assert response.status_code == 500
    assert "ring" in response.content.decode().lower()
    assert units("crash") == 0
    assert drafts(officer) == [("/probe", '{"what": ["crash"]}')]


def test_the_same_form_twice_is_answered_once(at_work, officer):
    sent = form(what="Days")
    assert at_work.post("/probe", sent)["Location"] == at_work.post("/probe", sent)["Location"] == "/probe/done"
    assert units("Days") == 1


def test_another_text_under_a_used_key_is_not_lost(at_work, officer):
    """Back, a few more words, and send again; or one draft taken up in two tabs."""
    key = str(new_id())
    at_work.post("/probe", {"submission_key": key, "what": "Days", "form_path": "/probe"})
    response = at_work.post("/probe", {"submission_key": key, "what": "Nights", "form_path": "/probe"})
    draft = Draft.objects.get()
    assert response["Location"] == f"/probe?draft={draft.key}"
    assert units("Nights") == 0
    assert at_work.get(response["Location"]).content == b"Nights"
    assert at_work.get("/probe?draft=1").content == b"Nights"
    assert str(draft.key) != key
    again = {"submission_key": str(draft.key), "what": "Nights", "form_path": "/probe"}
    assert at_work.post("/probe", again)["Location"] == "/probe/done"
    assert units("Nights") == 1
    assert drafts(officer) == []


def a_file(content, name="scan.pdf"):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("second", [[b"tEst"], [b"test", b"more"], []])
def test_another_file_under_a_used_key_is_not_taken_for_the_first(at_work, officer, second):
    """The same name and the same length, or one more under the name: the form comes back and says which was not added."""
    key = str(new_id())
    sent = {"submission_key": key, "what": "Days", "form_path": "/probe"}
    assert at_work.post("/probe", sent | {"paper": [a_file(b"test")]})["Location"] == "/probe/done"
    response = at_work.post("/probe", sent | {"paper": [a_file(content) for content in second]})
    draft = Draft.objects.get()
    assert response["Location"] == f"/probe?draft={draft.key}"
    assert actions.draft_files(draft) == ["scan.pdf"] * len(second)
    assert dict(actions.draft_values(draft)) == {"what": ["Days"]}
    assert units("Days") == 1


def test_the_same_file_again_leads_where_the_first_led(at_work, officer):
    key = str(new_id())
    sent = {"submission_key": key, "what": "Days", "form_path": "/probe"}
    answers = [at_work.post("/probe", sent | {"paper": [a_file(b"one"), a_file(b"two")]}) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == ["/probe/done"] * 2
    assert units("Days") == 1
    assert drafts(officer) == []


def test_two_drafts_of_one_page_each_have_their_own_way_back(at_work, officer):
    for what in ("wrong", "wrong"):
        at_work.post("/probe", form(what=what, number=len(drafts(officer))))
    first, second = Draft.objects.order_by("saved_at")
    Draft.objects.filter(id=first.id).update(typed='{"what": ["the first"]}')
    listed = at_work.get("/drafts").content.decode()
    for draft in (first, second):
        assert f'href="/probe?draft={draft.key}"' in listed
    assert at_work.get(f"/probe?draft={first.key}").content == b"the first"
    assert at_work.get(f"/probe?draft={second.key}").content == b"wrong"
    assert at_work.get(f"/probe/done?draft={first.key}").content == b"empty"
    assert at_work.get(f"/probe?draft={new_id()}").content == b"empty"
    assert at_work.get("/probe?draft=x").content == b"empty"


def test_one_persons_key_is_not_anothers(at_work, officer, fenmarch):
    colleague = signed_in(Client(), a_member("frontline"))
    sent = form(what="Days")
    at_work.post("/probe", sent)
    colleague.post("/probe", sent)
    assert units("Days") == 2


def test_what_the_database_keeps_of_a_form_cannot_be_read_there(at_work, officer):
    at_work.post("/probe", form(what="Kieran, wrong number"))
    at_work.post("/probe", form(what="wrong"))
    with connection.cursor() as cursor:
        cursor.execute("select typed from accounts_draft")
        assert all(b"wrong" not in bytes(typed) for (typed,) in cursor.fetchall())
        cursor.execute("select location, sent from accounts_submission")
        assert "Kieran" not in str(cursor.fetchall())


def test_nothing_typed_nothing_kept(at_work, officer):
    at_work.raise_request_exception = False
    at_work.post("/probe", form(what=" "))
    assert drafts(officer) == []


@each("method", ["put", "patch", "delete", "options", "trace"])
def test_other_methods_are_refused(at_work, officer, method):
    assert getattr(at_work, method)("/probe").status_code == 405


def test_a_stranger_is_asked_to_sign_in_and_led_back(client, db):
    assert client.get("/probe")["Location"] == "/sign-in?next=/probe"
    assert client.get("/probe%3Fa=b&next=//elsewhere.example").status_code == 404
    assert client.get("/probe?draft=1&x=a%26b")["Location"] == "/sign-in?next=/probe%3Fdraft%3D1%26x%3Da%2526b"


@each(
    ("path", "query", "back"),
    [
        ("//elsewhere.example", "draft=1", "/"),
        ("/\\elsewhere.example", "", "/%5Celsewhere.example"),
        ("/\\elsewhere.example", "//elsewhere.example", "/%5Celsewhere.example?//elsewhere.example"),
        ("/probe", "x" * 300, "/probe"),
        ("/" + "x" * 300, "draft=1", "/"),
        ("/probe", "a=\nb", "/probe?a=%0Ab"),
    ],
)
def test_the_way_back_is_a_page_of_ours(path, query, back):
    request = RequestFactory().get("/")
    request.path, request.META["QUERY_STRING"] = path, query
    assert way_here(request) == back
    assert not way_here(request).startswith(("//", "/\\"))


@each("path", ["//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example", "javascript:x", "/a\nb"])
def test_a_form_cannot_say_that_it_stands_elsewhere(at_work, officer, path):
    at_work.post("/probe", form(what="wrong", form_path=path))
    assert drafts(officer)[0][0] == "/probe"


def test_what_was_typed_in_a_hidden_session_is_kept(at_work, officer):
    """Hidden in one tab, sent in another."""
    at_work.get("/hide")
    assert at_work.post("/probe", form(what="typed elsewhere", form_path="/probe"))["Location"] == "/clock"
    assert drafts(officer) == [("/probe", '{"what": ["typed elsewhere"]}')]
    assert units("typed elsewhere") == 0


def test_the_oldest_drafts_go_first(at_work, officer):
    for number in range(actions.DRAFTS_EACH + 2):
        at_work.post("/probe", form(what="wrong", number=number))
    kept = [typed for _, typed in drafts(officer)]
    assert len(kept) == actions.DRAFTS_EACH
    assert not any('"number": ["0"]' in typed or '"number": ["1"]' in typed for typed in kept)


# --- at once -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def committed(own_database):
    TenantFactory()
    with within("fenmarch"):
        return a_member("frontline")


def browsers(member, number):
    """The same session in several tabs."""
    first = signed_in(Client(), member)
    others = [Client() for _ in range(number - 1)]
    for other in others:
        other.cookies = first.cookies
    return [first, *others]


def test_ten_presses_are_one_result(committed):
    sent = form(what="Days")
    tabs = browsers(committed, 10)
    answers = answers_at_once(*[lambda tab=tab: tab.post("/probe", sent) for tab in tabs])
    assert {answer["Location"] for answer in answers} == {"/probe/done"}
    with within("fenmarch"):
        assert units("Days") == 1
        assert Submission.objects.count() == 1
        assert drafts(committed) == []


def test_two_texts_under_one_key_at_once_keep_both(committed):
    key = str(new_id())
    tabs = browsers(committed, 2)
    names = ("Days", "Nights")
    answers_at_once(
        *[
            lambda tab=tab, name=name: tab.post("/probe", {"submission_key": key, "what": name, "form_path": "/probe"})
            for tab, name in zip(tabs, names, strict=True)
        ]
    )
    with within("fenmarch"):
        done = [name for name in names if units(name)]
        kept = [typed for _, typed in drafts(committed)]
        assert len(done) == 1
        assert kept == [f'{{"what": ["{name}"]}}' for name in names if name not in done]


def test_what_another_wrote_at_the_same_moment_is_found_and_no_fault(committed):
    """Both read that it is not there, both write it: the second reads again, its file too."""
    tabs = browsers(committed, 2)
    answers = answers_at_once(
        *[
            lambda tab=tab, name=name: tab.post("/probe", form(what="both", name=SimpleUploadedFile("n.txt", name)))
            for tab, name in zip(tabs, (b"Days", b"Nights"), strict=True)
        ]
    )
    assert [answer.get("Location") for answer in answers] == ["/probe/done", "/probe/done"]
    with within("fenmarch"):
        assert units("Days") == units("Nights") == 1
        assert Draft.objects.filter(path="/once").count() == 1
