"""Long answers have pages of their own, and a script saves each answer as it is typed: never over a colleague's."""

import re

import pytest

from lodestar.referrals import actions
from lodestar.referrals.models import Answer
from tests.apps.referrals.conftest import NIGHT as NOW
from tests.apps.referrals.test_writing import address, an_adult, begun, seen, sent, told, words
from tests.factories.accounts import a_member
from tests.factories.signed_in import form

pytestmark = pytest.mark.usefixtures("fenmarch", "night")


def test_long_answers_have_pages_of_their_own_and_the_section_stays_light(web, officer):
    writing = begun(officer, an_adult(officer))
    codes = ["how-did-the-exploitation-start", "what-were-they-required-to-do", "how-they-were-treated"]
    sent(web, writing, **{code: f"{code} " + "and so on " * 1_400 for code in codes})
    page = words(web.get(address(writing)))
    assert len(page.encode()) <= 30_000
    assert [code for code in codes if f'name="{code}"' in page] == []
    assert all(f"/writings/{writing.id}/answers/{code}" in page for code in codes)
    assert "how-they-were-treated and so on" in page
    own = f"/writings/{writing.id}/answers/{codes[0]}"
    alone = words(web.get(own))
    assert len(alone.encode()) <= 30_000
    assert alone.count("<textarea") == 1
    sent(web, writing, **{"living-conditions": "A van."})
    assert all(told(writing)[code].startswith(f"{code} and") for code in codes), "what was not on the page stays"
    back = web.post(own, form(seen=seen(alone), **{codes[0]: "Shorter."}))
    assert back.url == address(writing)
    assert told(writing)[codes[0]] == "Shorter."
    assert web.get(f"/writings/{writing.id}/answers/pv-under-age").status_code == 404
    assert web.get(f"/writings/{writing.id}/answers/none").status_code == 404


def by_script(web, writing, code, **typed):
    form_of = re.search(r'name="form_of" value="([^"]*)"', words(web.get(address(writing))))[1]
    return web.post(
        f"/writings/{writing.id}/answers/{code}", form(**{"form_of": form_of, **typed}), headers={"Accept": "application/json"}
    )


def test_a_script_saves_one_answer_and_is_told_what_stands(web, officer):
    writing, code = begun(officer, an_adult(officer)), "living-conditions"
    marks = seen(words(web.get(address(writing))))
    saved = by_script(web, writing, code, seen=marks, **{code: "A van."})
    told_of = web.get(saved.url, headers={"Accept": "application/json"}).json()
    assert told_of["said"] == "Saved 03:57"
    assert told_of["seen"] in seen(words(web.get(address(writing)))).split(".")
    assert Answer.objects.get().written_by_id == officer.user
    assert "A van" not in str(told_of)
    whole = web.post(address(writing), form(seen=marks, **{code: "A van."}))
    assert whole.status_code == 302, "the same is no clash"
    assert Answer.objects.count() == 1


def test_a_script_never_saves_over_a_colleague_or_what_the_form_would_not_take(web, officer):
    writing, code = begun(officer, an_adult(officer)), "living-conditions"
    marks = seen(words(web.get(address(writing))))
    actions.write_answers(by=a_member("coordinator"), at=NOW, writing=writing, answers={code: "A flat."}, rows=0)
    clash = by_script(web, writing, code, seen=marks, **{code: "A van."})
    assert (clash.status_code, clash.json()["said"][:50]) == (422, "Not saved: a colleague wrote this while you were w")
    marks = seen(words(web.get(address(writing, "us"))))
    mail = by_script(web, writing, "fr-alternative-contact", seen=marks, **{"fr-alternative-contact": "desk"})
    assert mail.status_code == 422
    assert "is no e-mail address" in mail.json()["said"]
    other = by_script(web, writing, code, seen=seen(words(web.get(address(writing)))), form_of="another", **{code: "A van."})
    assert (other.status_code, other.json()["said"]) == (403, "Not saved: someone else is signed in here now")
    assert [row.words for row in Answer.objects.all()] == ["A flat."]
