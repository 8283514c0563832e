"""The pages on which a referral is written ask little of the database, and stay light when much of what was typed is refused."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lodestar.casework.case_files.actions.people import record_exploitation
from lodestar.casework.referral_forms.rules.sections import sections
from lodestar.casework.referrals.models import Answer
from lodestar.casework.safe_addresses.actions import agree_contact, record_address
from lodestar.platform.accounts.models import Draft
from tests.apps.casework.referrals.conftest import NIGHT as NOW
from tests.apps.casework.referrals.test_common import write
from tests.apps.casework.referrals.test_preview import gone, rest
from tests.apps.casework.referrals.test_writing import VERSION, address, an_adult, begun, seen, told, words
from tests.factories.accounts import a_member
from tests.factories.cases import a_person, contact_rule
from tests.factories.signed_in import form

pytestmark = pytest.mark.usefixtures("fenmarch", "night")
MOST, ROOM = 15, 30_000
STARTED, DO, TREATED, LIVED = (
    "how-did-the-exploitation-start", "what-were-they-required-to-do", "how-they-were-treated", "living-conditions",
)  # fmt: skip


def asked(queries):
    """Without the savepoints that stand for transactions in a test."""
    return [query["sql"] for query in queries if "SAVEPOINT" not in query["sql"]]


@pytest.mark.parametrize("answer", [True, False])
def test_no_page_asks_more_than_its_budget(web, officer, night, answer):
    person = an_adult(officer, answer=answer)
    facts = {"type": "labour", "from_date": "2025-03", "where": ["uk"]}
    record_exploitation(by=officer, at=NOW, person=person, facts=facts)
    popa = a_person(officer, person.case, name="Ion Popa", roles=["exploiter"], belief="")
    writing = begun(officer, person)
    for name in ("Bela Nagy", "Jan Novak"):
        beside = begun(officer, a_person(officer, person.case, name=name))
        write(officer, beside, **{LIVED: "A van.", "who-exploited-pv": "Skip", "upload-file": "none.pdf"})
    write(officer, writing, **{LIVED: "Rareș slept in a van.", "listed-exploiters": str(popa.id)})
    record_address(by=officer, at=NOW, person=person, address="A van", viewers=[])
    agree_contact(by=officer, at=NOW, person=person, rule=contact_rule())
    if answer:
        gone(officer, person, night)
    pages = [f"/writings/{writing.id}{more}" for more in ("", "/preview", "/facts", "/common", f"/answers/{LIVED}")]
    pages += [address(writing, section.code) for section in sections(VERSION)]
    pages += [rest(writing)] if answer else [f"/writings/{writing.id}/check"]
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            response = web.get(page)
        assert response.status_code == 200, page
        assert len(asked(queries)) <= MOST, (page, asked(queries))
        assert len(response.content) <= ROOM, page


def sent(web, writing, **typed):
    page = words(web.get(address(writing)))
    return web.post(address(writing), form(seen=seen(page), **typed))


def test_a_refused_page_of_very_long_texts_saves_what_is_right_and_keeps_the_rest_on_pages_of_their_own(web, officer):
    writing = begun(officer, an_adult(officer))
    long, right = {STARTED: "s" * 15_001, DO: "d" * 15_002}, {LIVED: "l" * 14_000, TREATED: "Shouted at."}
    response = sent(web, writing, **long, **right)
    assert response.status_code == 302
    assert response.url == f"{address(writing)}?draft=1"
    assert {row.code for row in Answer.objects.all()} == set(right)
    assert told(writing)[LIVED] == right[LIVED]
    page = web.get(response.url)
    assert page.status_code == 200
    assert len(page.content) <= ROOM
    for code, text in long.items():
        where = f"/writings/{writing.id}/answers/{code}"
        assert f'href="{where}?draft=1"' in words(page)
        own = words(web.get(f"{where}?draft=1"))
        assert text in own, "all that was typed"
        assert "15,000 fit" in own
        saved = web.post(where, form(seen=seen(own), **{code: text[:15_000]}))
        assert saved.url == address(writing)
        assert told(writing)[code] == text[:15_000]
    assert "not saved yet" in words(page)


def test_what_is_short_and_wrong_stays_on_the_page_that_was_refused(web, officer):
    writing = begun(officer, an_adult(officer))
    where = address(writing, "where")
    page = words(web.get(where))
    more = "where-exploitation-happened-other-uk-other-location"
    typed = {"where-exploitation-happened-uk-city": "nowhere at all", more: "x" * 15_001, "where-exploitation-happened": "uk"}
    whole = web.post(where, form(seen=seen(page), **typed))
    assert whole.status_code == 422, "as long as a page holds it, it is shown whole"
    typed["when-did-the-exploitation-take-place"] = "y" * 15_001
    response = web.post(where, form(seen=seen(page), **typed))
    assert response.url == f"{where}?draft=1"
    again = words(web.get(response.url))
    assert "nowhere at all" in again
    assert "is not on the Home Office’s list" in again
    assert len(again.encode()) <= ROOM
    assert told(writing)["where-exploitation-happened"] == "uk"
    rest_of_it = web.post(where, form(seen=seen(again), **{"where-exploitation-happened-uk-city": "Lincoln"}))
    assert rest_of_it.status_code == 302
    assert Draft.objects.filter(path__contains="/answers/").count() == 2, "the long ones wait on"


def test_two_long_texts_that_a_colleague_wrote_too_wait_on_their_own_pages_and_nobodys_is_lost(web, officer):
    writing = begun(officer, an_adult(officer))
    page = words(web.get(address(writing)))
    theirs = {code: f"{code} theirs " * 300 for code in (STARTED, DO, TREATED)}
    write(a_member("coordinator", name="PC Other"), writing, **theirs)
    mine = {code: f"{code} mine " * 300 for code in theirs}
    response = web.post(address(writing), form(seen=seen(page), **mine, **{LIVED: "A van."}))
    assert response.url == f"{address(writing)}?draft=1"
    assert told(writing)[LIVED] == "A van."
    assert told(writing)[DO] == theirs[DO], "a colleague's is not written over"
    where = f"/writings/{writing.id}/answers/{DO}"
    own = words(web.get(f"{where}?draft=1"))
    assert re.search(r"required-to-do mine ", own)
    both = web.post(where, form(seen=seen(own), **{DO: mine[DO]}))
    assert both.status_code == 422
    assert "A colleague wrote this while you were writing" in words(both)
