"""The pack is taken along from the page of what would go: as it would go, written down, and under a name that tells nothing."""

import io

import docx
import pytest

from lodestar.documents.description import NotMade
from lodestar.record.models import Event
from lodestar.referrals.rules.outgoing import NOT_GIVEN
from lodestar.referrals.views import outgoing as view
from tests.apps.documents.reading import bare, pdf_text, word_parts, word_text
from tests.apps.referrals.test_preview import TREATED, a_notification, address, decide, write
from tests.apps.referrals.test_writing import NOW, an_adult, begun, words
from tests.factories.cases import a_case, a_person

pytestmark = pytest.mark.usefixtures("fenmarch", "night")


def taken(web, writing, kind):
    response = web.get(f"/writings/{writing.id}/pack/{kind}")
    assert response.status_code == 200
    return response


@pytest.mark.parametrize(
    ("kind", "media", "read"),
    [
        ("pdf", "application/pdf", pdf_text),
        ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", word_text),
    ],
)
def test_a_referral_is_taken_as_it_would_go(web, officer, kind, media, read):
    writing = begun(officer, an_adult(officer))
    write(officer, writing, **{"pv-name-first-name": "Rareș", TREATED: "Shouted at."})
    response = taken(web, writing, kind)

    assert response["Content-Type"] == media
    assert response["Content-Disposition"] == f'attachment; filename="pack-{NOW.date().isoformat()}.{kind}"'
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    event = Event.objects.get(code="referrals.pack_taken")
    assert (event.by, event.subject, event.fields) == (officer.user, str(writing.id), [kind])
    told = bare(read(response.content))
    assert all(bare(text) in told for text in ("Rareș", "Shouted at.", writing.person.case.reference, "Gaps"))


def test_without_a_name_it_is_made_once_its_texts_are_checked_and_holds_no_more(web, officer):
    writing = a_notification(officer, **{TREATED: "Told Rareș to sleep in the van.", "pv-name-first-name": "Rareș"})
    assert web.get(f"/writings/{writing.id}/pack/pdf").url == address(writing, "check")
    assert decide(web, writing, t="Told to sleep in the van.").status_code == 302
    for kind in ("pdf", "docx"):
        response = taken(web, writing, kind)
        told = pdf_text(response.content) if kind == "pdf" else "".join(word_parts(response.content).values())
        assert "Rareș" not in told
        assert writing.person.case.reference not in told + response["Content-Disposition"]
        assert bare("Told to sleep in the van.") in bare(told)
        assert bare(NOT_GIVEN) in bare(told)


def test_while_it_is_not_known_whether_they_may_be_named_it_says_so(web, officer):
    writing = begun(officer, a_person(officer, a_case(officer)))
    write(officer, writing, **{"pv-name-first-name": "Rareș"})
    told = word_text(taken(web, writing, "docx").content)
    assert told.startswith("Referral, the route still open\n")
    assert "not known yet whether they may be named" in told
    assert "Rareș" not in told


def test_what_is_made_up_is_marked_so(web, officer):
    writing = begun(officer, an_adult(officer))
    assert _above(taken(web, writing, "docx")) == "OFFICIAL-SENSITIVE"
    session = web.session
    session["not_real"] = True
    session.save()
    assert _above(taken(web, writing, "docx")) == "NOT REAL DATA, OFFICIAL-SENSITIVE"


def _above(response):
    return docx.Document(io.BytesIO(response.content)).sections[0].header.paragraphs[0].text


def test_another_kind_is_not_there(web, officer):
    writing = begun(officer, an_adult(officer))
    assert web.get(f"/writings/{writing.id}/pack/exe").status_code == 404
    assert web.post(f"/writings/{writing.id}/pack/pdf").status_code in (403, 404, 405)


def test_where_it_cannot_be_made_the_page_says_what_to_do_and_nothing_is_written_down(web, officer, monkeypatch):
    def busy(*given):
        raise NotMade("Try again in a minute.")

    monkeypatch.setattr(view, "made", busy)
    writing = begun(officer, an_adult(officer))
    response = web.get(f"/writings/{writing.id}/pack/pdf")
    assert response.status_code == 503
    assert "Try again in a minute." in words(response)
    assert not Event.objects.filter(code="referrals.pack_taken").exists()
