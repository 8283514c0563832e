"""The pages on which a referral is written ask little of the database, and lose nothing of what is refused."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lodestar.casework.case_files.actions.people import record_exploitation
from lodestar.casework.referral_forms.rules.sections import sections
from lodestar.casework.referrals.models import Answer
from lodestar.casework.safe_addresses.actions import agree_contact, record_address
from tests.apps.casework.referrals.conftest import NIGHT as NOW
from tests.apps.casework.referrals.test_common import write
from tests.apps.casework.referrals.test_preview import gone, rest
from tests.apps.casework.referrals.test_writing import VERSION, address, an_adult, begun, seen, words
from tests.factories.cases import a_person, contact_rule
from tests.factories.signed_in import form

pytestmark = pytest.mark.usefixtures("fenmarch", "night")
MOST, ROOM = 15, 30_000
STARTED, DO, LIVED = "how-did-the-exploitation-start", "what-were-they-required-to-do", "living-conditions"


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


def test_a_refused_page_of_very_long_texts_shows_all_that_was_typed(web, officer):
    writing = begun(officer, an_adult(officer))
    response = sent(web, writing, **{STARTED: "s" * 15_001, DO: "d" * 15_002, LIVED: "l" * 14_000})
    assert response.status_code == 422
    assert not Answer.objects.exists()
    page = words(response)
    assert all(text in page for text in ("s" * 15_001, "d" * 15_002, "l" * 14_000))
    assert page.count("15,000 fit") >= 2
