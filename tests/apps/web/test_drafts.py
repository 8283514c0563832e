"""What was typed and not sent: each person's own, by the name of its form, and never what it holds."""

import pkgutil
from importlib import import_module
from inspect import getmembers, isclass

import pytest
from django import forms
from django.test import Client
from django.utils import timezone

import lodestar
from lodestar.platform.accounts.form_envelope import NOT_WORDS, SECRETS
from lodestar.platform.accounts.models import Draft
from lodestar.web.presenters.drafts import form_words
from tests.factories.accounts import DraftFactory, a_member
from tests.factories.cases import a_case, user_of
from tests.factories.signed_in import form, html_of, signed_in
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")


def test_drafts_are_listed_by_form_without_what_they_hold(client):
    officer, other = a_member("frontline"), a_member("frontline")
    for path in ("/record/k/who", "/cases/FM-26-3309/do-now", "/people/0/address"):
        DraftFactory(user=user_of(officer), path=path, typed='{"what": ["two lads at the quay"]}', saved_at=timezone.now())
    html = html_of(signed_in(client, officer), "/drafts")
    for words in ("Record a concern", "What to do now", "FM-26-3309", "Where they are and how to contact them"):
        assert words in html, words
    assert "two lads" not in html
    assert "No drafts." in html_of(signed_in(client, other), "/drafts")


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


def boxes():
    """The names of the boxes of every form that is a class, and whether one of that name is written in."""
    written, chosen = set(), set()
    for module in pkgutil.walk_packages(lodestar.__path__, "lodestar."):
        if "forms" not in module.name.split(".") or module.name == "lodestar.design.forms":
            continue
        for _, found in getmembers(import_module(module.name), isclass):
            for name, field in getattr(found, "base_fields", {}).items():
                is_hidden = isinstance(field.widget, forms.HiddenInput)
                is_chosen = isinstance(field.widget, (forms.CheckboxInput, forms.Select, forms.RadioSelect)) or is_hidden
                (chosen if is_chosen else written).add(name)
    return written, chosen - written


def test_what_is_written_in_a_box_is_words_and_what_is_ticked_is_not():
    written, chosen = boxes()
    assert written & NOT_WORDS <= SECRETS | {"proof"}
    assert sorted(chosen - NOT_WORDS) == []
    assert written | chosen > {"why", "kind"}


def test_of_an_address_that_only_takes_forms_the_words_stand_on_a_page_of_their_own(client, fenmarch):
    officer = a_member("frontline")
    case = a_case(officer)
    asked = "/rules/record_crime/wrong"
    draft = DraftFactory(user=user_of(officer), path=asked, typed='{"wrong": ["He said so"]}')
    signed_in(client, officer)
    assert client.get(asked).status_code == 404
    back = client.get(f"{asked}?draft={draft.key}")
    assert back["Location"] == f"/drafts/{draft.id}?no=form"
    page = client.get(back["Location"]).content.decode()
    assert "He said so</textarea>" in page
    assert "Carry on in its form" not in page
    colleague = signed_in(Client(), a_member("frontline", unit=case.unit))
    assert colleague.get(f"{asked}?draft={draft.key}").status_code == 404
