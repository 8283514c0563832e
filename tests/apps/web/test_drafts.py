"""What was typed and not sent: each person's own, by the name of its form, and never what it holds."""

from html import unescape

import pytest
from django.utils import timezone

from lodestar.accounts.models import Draft
from lodestar.web.presenters.drafts import form_words
from tests.factories.accounts import DraftFactory, a_member
from tests.factories.cases import user_of
from tests.factories.signed_in import form, signed_in
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")


def text(page):
    return unescape(page.content.decode())


def test_drafts_are_listed_by_form_without_what_they_hold(client):
    officer, other = a_member("frontline"), a_member("frontline")
    for path in ("/record/k/who", "/cases/FM-26-3309/do-now", "/people/0/address"):
        DraftFactory(
            user=user_of(officer), path=path, typed='{"what": ["two lads at the quay"]}', saved_at=timezone.now()
        )
    html = text(signed_in(client, officer).get("/drafts"))
    for words in ("Record a concern", "What to do now", "FM-26-3309", "Where they are and how to contact them"):
        assert words in html, words
    assert "two lads" not in html
    assert "No drafts." in text(signed_in(client, other).get("/drafts"))


def test_a_draft_is_forgotten_by_its_writer_alone(client):
    officer, other = a_member("frontline"), a_member("frontline")
    draft = DraftFactory(user=user_of(officer))
    signed_in(client, other).post("/drafts", form(forget=str(draft.key)))
    assert Draft.objects.filter(id=draft.id).exists()
    assert signed_in(client, officer).post("/drafts", form(forget=str(draft.key))).status_code == 302
    assert not Draft.objects.filter(user_id=officer.user).exists()
    assert client.post("/drafts", form(forget="x")).status_code == 302  # no draft of that key: nothing is forgotten


@each(
    ("path", "words"),
    [
        ("/record", ("Record a concern", "")),
        ("/cases/FM-26-0001/hand-on", ("Hand over what is left", "FM-26-0001")),
        ("/people/0/age", ("How old they may be", "")),
        ("/rules/safe_place", ("This rule is wrong", "")),
        ("/emergency/FM-26-0001", ("Emergency access", "FM-26-0001")),
        ("/somewhere/new", ("A form", "")),
        ("/people/0191b0c4-0000-7000-8000-000000000001/immigration", ("Immigration disclosures", "")),
    ],
)
def test_a_form_is_called_what_its_page_is(path, words):
    assert form_words(path) == words
