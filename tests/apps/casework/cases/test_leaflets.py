"""The leaflet: English for everybody, a checked translation where a force filed one, and nothing of any case on it."""

import re
from datetime import date, timedelta
from html import unescape

import pytest
import time_machine
from django.utils import timezone

from lodestar.casework.cases.models import ConsentAnswer
from lodestar.casework.consent.models import LeafletTranslation
from lodestar.casework.consent.rules import english_on, languages, parts_of, read_mark, version_on
from lodestar.platform.accounts.models import Draft
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import LeafletTranslationFactory, a_case, a_person
from tests.factories.signed_in import form, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")

NAMED = {
    "albanian", "vietnamese", "romanian", "polish", "arabic", "mandarin", "bengali", "tigrinya", "kurdish_sorani", "portuguese",
}  # fmt: skip
FILED = {"text": "# Pomoc\r\n\r\nMożesz powiedzieć nie.", "checked_by": "A. Nowak, interpreter", "checked_on": "1 March 2026"}


def text(page):
    return unescape(page.content.decode())


def of(client, language):
    return text(client.get(f"/leaflets/{language}"))


def test_english_says_what_it_is_what_is_not_promised_what_may_be_chosen_and_how_to_come_back():
    said = " ".join(part.heading for part in english_on(date(2026, 11, 25)))
    for words in ("What the National Referral Mechanism is", "What no one can promise you", "You choose", "If you say no",
                  "How to come back", "Numbers to ring"):  # fmt: skip
        assert words in said
    assert version_on(date(2026, 11, 24)) is None
    assert version_on(date(2026, 11, 25)) == date(2026, 11, 25)


def test_every_language_of_the_ten_holds_the_english_until_a_translation_is_filed(client):
    signed_in(client, a_member("frontline"))
    assert set(languages()) == NAMED | {"english"}
    english = of(client, "english")
    assert "To be read through an interpreter" not in english
    for language in NAMED:
        page = of(client, language)
        assert "To be read through an interpreter" in page
        assert "What no one can promise you" in page
        assert '<div lang="en-GB" dir="ltr">' in page
    assert client.get("/leaflets/klingon").status_code == 404


def test_numbers_come_from_the_dated_list(client):
    page = of(signed_in(client, a_member("frontline")), "english")
    for number in ("999", "08000 121 700", "0800 808 3733"):
        assert f"<b>{number}</b>" in page
    assert "0300 303 8151" not in page


def test_nothing_of_the_officer_and_no_way_into_the_work_stands_on_it(client):
    officer = a_member("frontline", name="PC Brandreth")
    page = of(signed_in(client, officer), "albanian")
    for words in ("Brandreth", "Fenmarch", "officer,", "My work", 'aria-label="Main"'):
        assert words not in page
    assert ">Hide<" in page
    assert "Fenmarch" in text(client.get("/leaflets"))
    assert len(page.encode()) < 30_000


def test_a_filed_translation_is_shown_with_who_checked_it(client):
    signed_in(client, a_member("coordinator", name="F. Quist"))
    assert client.post("/leaflets/polish/file", form(**FILED)).url == "/leaflets/polish"
    row = LeafletTranslation.objects.get()
    assert (row.checked_by, row.checked_on) == (FILED["checked_by"], date(2026, 3, 1))
    assert row.text == "# Pomoc\n\nMożesz powiedzieć nie."
    page = of(client, "polish")
    assert '<div lang="pl" dir="ltr">' in page
    assert "<h1" in page
    assert "Możesz powiedzieć nie." in page
    assert "A. Nowak, interpreter, 1 March 2026" in page
    assert "To be read through an interpreter" not in page
    assert "<b>08000 121 700</b>" in page
    assert Event.objects.filter(code="cases.leaflet_filed").count() == 1


@pytest.mark.parametrize("language", ["arabic", "kurdish_sorani"])
def test_what_is_written_from_the_right_is_read_from_the_right(client, language):
    signed_in(client, a_member("coordinator"))
    LeafletTranslationFactory(language=language, text="# مساعدة")
    assert re.search(r'<div lang="(ar|ckb)" dir="rtl">', of(client, language))


def test_one_that_nobody_checked_is_not_filed(client):
    signed_in(client, a_member("policy_owner"))
    for left_out in FILED:
        page = client.post("/leaflets/polish/file", form(**(FILED | {left_out: ""})))
        assert page.status_code == 422
    assert LeafletTranslation.objects.count() == 0


def test_it_is_taken_back_and_the_history_stays(client):
    signed_in(client, a_member("coordinator", name="F. Quist"))
    client.post("/leaflets/polish/file", form(**FILED))
    page = client.post("/leaflets/polish/file", form(withdraw="1", because=""))
    assert page.status_code == 422
    client.post("/leaflets/polish/file", form(withdraw="1", because="A number in it is wrong"))
    assert "To be read through an interpreter" in of(client, "polish")
    page = text(client.get("/leaflets/polish/file"))
    assert "Taken back: A number in it is wrong" in page
    assert "Filed. Checked by A. Nowak, interpreter" in page
    assert LeafletTranslation.objects.count() == 2


def asked_to_file(client):
    """What the page of filing says its reader has seen."""
    return re.search(r'name="version" value="([^"]+)"', text(client.get("/leaflets/polish/file")))[1]


@pytest.mark.parametrize("sent", [{"withdraw": "1", "because": "A number in it is wrong"}, FILED])
def test_one_filed_meanwhile_is_read_before_it_is_taken_back_or_replaced(client, sent):
    """Two coordinators: what the second has not seen is not taken away by the press of a button."""
    LeafletTranslationFactory(language="polish")
    signed_in(client, a_member("coordinator"))
    seen = asked_to_file(client)
    LeafletTranslationFactory(language="polish", checked_by="B. Kowalska, interpreter")
    refused = client.post("/leaflets/polish/file", form(**sent, version=seen))
    assert refused.status_code == 422
    page = text(refused)
    assert "Another translation was filed, or taken back, while this page was open." in page
    assert "B. Kowalska, interpreter" in page
    assert (sent.get("because") or "Możesz powiedzieć nie.") in page
    assert LeafletTranslation.objects.count() == 2
    now = re.search(r'name="version" value="([^"]+)"', page)[1]
    assert client.post("/leaflets/polish/file", form(**sent, version=now)).status_code == 302
    assert LeafletTranslation.objects.count() == 3


def test_a_translation_half_written_stays_when_the_one_before_it_is_taken_back(client):
    LeafletTranslationFactory(language="polish")
    signed_in(client, a_member("coordinator"))
    page, half = "/leaflets/polish/file", {"text": "# Nowy", "checked_by": "A. Nowak"}
    refused = client.post(page, form(withdraw="1", because="", **half))
    assert "# Nowy</textarea>" in text(refused)
    assert "Write why it is withdrawn" in text(refused)
    done = client.post(page, form(withdraw="1", because="A number in it is wrong", **half))
    draft = Draft.objects.order_by("saved_at").last()
    assert done.url == f"{page}?draft={draft.key}"
    shown = text(client.get(done.url))
    assert "# Nowy</textarea>" in shown
    assert 'value="A. Nowak"' in shown
    assert "A number in it is wrong" in shown


def test_one_of_an_earlier_english_says_so(client):
    signed_in(client, a_member("frontline"))
    LeafletTranslationFactory(english_version=date(2026, 3, 2))
    assert "The English has changed since" in of(client, "polish")


def test_of_a_talk_that_is_recorded_later_it_is_the_leaflet_that_was_there_then(client):
    with time_machine.travel("2026-12-10 10:00 +00:00", tick=False):
        officer = a_member("frontline")
        person = a_person(officer, a_case(officer, at=timezone.now()), at=timezone.now())
        for hours, is_taken_back in ((20, False), (4, True), (1, False)):
            told = {"text": "", "withdrawn_because": "A number in it is wrong"} if is_taken_back else {}
            LeafletTranslationFactory(filed_at=timezone.now() - timedelta(hours=hours), **told)
        signed_in(client, officer)
        for at in ("0930", "0700", "0400", "8 December 2026 1000"):
            client.post(f"/people/{person.id}/consent", form(answer="time", leaflet="polish", at=at))
    marks = [read_mark(row.leaflet)[2] for row in ConsentAnswer.objects.order_by("-asked_at")]
    assert marks == [date(2026, 12, 10), None, date(2026, 12, 9), None]


@pytest.mark.parametrize(
    ("text_", "parts"),
    [
        ("", ()),
        ("# One\nTwo\nthree\n\nFour", [("One", ("Two three", "Four"))]),
        ("Zero\n# One\n\n\n## Two\nThree", [("", ("Zero",)), ("One", ()), ("Two", ("Three",))]),
    ],
)
def test_a_translation_is_read_in_parts(text_, parts):
    assert [(part.heading, part.text) for part in parts_of(text_)] == list(parts)
