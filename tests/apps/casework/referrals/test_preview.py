"""Exactly what would go, what stays here, no text of a notification that nobody checked; and what follows after it went."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.case_files.actions.people import change_person
from lodestar.casework.cases.models import Case
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.redaction.models import RedactionDecision
from lodestar.casework.referral_forms.rules.form import NOT_GIVEN
from lodestar.casework.referral_forms.rules.sections import asks
from lodestar.casework.referrals import actions
from lodestar.casework.referrals.models import Answer, ReferralDraft, SupplementaryInformation
from lodestar.casework.referrals.queries import writing as queries
from lodestar.casework.safe_addresses.actions import record_address
from lodestar.platform.audit.models import Event
from tests.apps.casework.referrals.test_common import write
from tests.apps.casework.referrals.test_writing import NOW, VERSION, an_adult, begun, sent, words
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.signed_in import form, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch", "night")
TREATED = "how-they-were-treated"
ADDRESS = "12 Harbour Street, Lincoln"
HIDDEN = "This sentence may show where someone is: rewrite it"
KEPT_LONG = {
    "family", "education", "employment-history", "how-did-the-exploitation-start", "what-were-they-required-to-do",
    TREATED, "living-conditions", "details-last-contact", "professional-insight",
}  # fmt: skip


def a_notification(officer, name="Rareș Munteanu", **answers):
    person = an_adult(officer, answer=False)
    change_person(by=officer, at=NOW, person=person, facts={"name": name}, version=person.version)
    writing = begun(officer, person)
    write(officer, writing, **answers)
    return writing


def address(writing, page="preview"):
    return f"/writings/{writing.id}/{page}"


def every_page(web, writing):
    """All of the preview, however many pages it takes."""
    pages, first = [], 1
    while first:
        pages.append(words(web.get(f"{address(writing)}?from={first}")).partition(">Going</h2>")[2])
        more = re.search(r"\?from=(\d+)", pages[-1])
        first = int(more[1]) if more else 0
    return "".join(pages)


def ticks(page):
    return re.findall(r'name="k-[^"]+" type="checkbox" value="([0-9a-f]{16})"', page)


def decide(web, writing, reason="", code=TREATED, **changed):
    """Sends the page with each match kept for a reason, or the text changed."""
    page = words(web.get(address(writing, "check")))
    text = re.search(rf'name="t-{code}"[^>]*>([^<]*)<', page)[1]
    source = re.search(rf'name="s-{code}" value="([0-9a-f]+)"', page)[1]
    told = {f"t-{code}": text.strip(), f"s-{code}": source, f"k-{code}": ticks(page), f"r-{code}": reason}
    return web.post(address(writing, "check"), form(**(told | {f"{key}-{code}": value for key, value in changed.items()})))


def test_a_referral_goes_in_the_forms_own_order_with_its_gaps_named(web, officer):
    writing = begun(officer, an_adult(officer))
    write(officer, writing, **{"pv-name-first-name": "Rareș", TREATED: "Shouted at.", "pv-gender": "male"})
    page = words(web.get(address(writing)))
    assert "gaps are shown if you send it now" in page
    assert "<li>What they had to do</li>" in page
    going = every_page(web, writing)
    assert going.index("Shouted at.") < going.index("Rareș")
    assert '<div class="lode-out">Male</div>' in going
    assert "11 of 15,000 characters" in going
    assert "of 100 kB" in going
    assert "Stays here" not in page


def test_a_button_copies_one_field_of_the_form_and_they_stand_in_its_order(web, officer):
    writing = begun(officer, an_adult(officer))
    write(officer, writing, **{TREATED: "Shouted at.", "living-conditions": "A van.", "pv-gender": "male"})
    response = web.get(f"/writings/{writing.id}/fields/{TREATED}")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert words(response) == "Shouted at."
    assert web.get(f"/writings/{writing.id}/fields/pv-gender").status_code == 404, "picked in the form, so not copied"
    pages = every_page(web, writing)
    assert len(words(web.get(address(writing))).encode()) <= 30_000
    boxes = re.findall(r'<section data-field="([^"]+)">(.*?)</section>', pages, flags=re.DOTALL)
    sheet = queries.sheet_of(writing)
    shown = [field.name for field in sheet.form.visible_fields(sheet.answers) if sheet.answers.get(field.name)]
    assert [field for field, _ in boxes] == shown
    copied = {field: re.findall(r'href="[^"]*/fields/([^"]+)" data-copy', box) for field, box in boxes}
    assert copied[TREATED] == [TREATED]
    assert copied["pv-gender"] == []
    assert [field for field, links in copied.items() if links not in ([], [field])] == []


def test_without_a_name_nothing_goes_but_what_is_listed_and_nothing_else_is_asked(web, officer):
    writing = a_notification(
        officer, **{"birthplace": "Łódź", "family": "A sister", "pv-name-first-name": "Rareș", "living-conditions": "A van."}
    )
    page = words(web.get(address(writing)))
    assert "Stays here" in page
    going = every_page(web, writing)
    assert "A van." in going, "nothing in it is marked, and an officer wrote it for this"
    assert NOT_GIVEN in going
    for held in ("Łódź", "A sister", "Rareș", writing.person.case.reference):
        assert held not in going.partition("Stays here")[0], held
    section = words(web.get(address(writing, "sections/person")))
    assert 'name="pv-gender"' in section
    assert [one for one in ("birthplace", "family", "education", "pv-name-first-name") if f'name="{one}"' in section] == []
    assert "/sections/answer" not in words(web.get(f"/writings/{writing.id}"))


def test_a_notification_waits_until_each_match_is_gone_or_kept_and_where_she_sleeps_is_never_kept(web, officer):
    writing = a_notification(officer, name="زهرا احمدی")
    person = writing.person
    record_address(by=officer, at=NOW, person=person, address=ADDRESS, viewers=[officer.user])
    text = (
        "Zahra was hit. PC Vale on 07700 900123 saw it. Her passport AB1234567 is gone. The shop is at SW1A 1AA. "
        "She sleeps at 12 Harbour Street."
    )
    write(officer, writing, **{TREATED: text})
    assert text not in every_page(web, writing)
    assert text not in words(web.get(f"/writings/{writing.id}/fields/how-they-were-treated"))
    for kind in ("pdf", "docx"):
        assert web.get(address(writing, f"pack/{kind}")).url == address(writing, "check")
    sent = form(route="dtn", direction="made_by_us", sent_at="now", version="0")
    assert web.post(f"/people/{person.id}/referral", sent).status_code == 422
    page = words(web.get(address(writing, "check")))
    marks = re.findall(r"<mark><bdi>([^<]+)</bdi> <b>\[([^\]]+)\]", page)
    assert marks == [
        ("Zahra", "name"), ("07700 900123", "telephone number"), ("AB1234567", "passport number"), ("SW1A 1AA", "postcode"),
        ("12 Harbour Street", "part of an address: must go"),
    ]  # fmt: skip
    assert len(ticks(page)) == 4
    assert decide(web, writing, "All about others").status_code == 422, "the place where she sleeps is never kept"
    without = text.replace(" She sleeps at 12 Harbour Street.", "")
    assert decide(web, writing, "", t=without).status_code == 422, "a reason is wanted"
    assert decide(web, writing, "Not them", t=without, k=ticks(page)[:3]).status_code == 422, "each of them is wanted"
    assert not RedactionDecision.objects.exists()
    assert decide(web, writing, "The shop’s owner", t=without).url == address(writing)
    (row,) = RedactionDecision.objects.all()
    assert (row.decided_by_id, row.field, str(row.text)) == (officer.user, TREATED, without)
    assert "The shop’s owner" in str(row.kept)
    assert without in every_page(web, writing)
    assert web.get(address(writing, "pack/docx")).status_code == 200
    assert web.post(f"/people/{person.id}/referral", sent).status_code == 302
    assert str(Answer.objects.get(code=TREATED).words) == text, "what was recorded stays as it is"
    assert Event.objects.filter(code="cases.texts_decided", by=officer.user).count() == 1
    looks = Event.objects.filter(code="cases.texts_checked", role="system")
    assert person.id in looks.first().people


def test_a_decision_on_one_text_does_not_cover_an_edited_one(web, officer):
    writing = a_notification(officer, **{TREATED: "Rareș hit them."})
    decide(web, writing, "The foreman is called so too")
    assert "Rareș hit them." in every_page(web, writing)
    write(officer, writing, **{TREATED: "Rareș hit them twice."})
    assert "Rareș" not in every_page(web, writing)
    write(officer, writing, **{TREATED: "Rareș hit them."})
    assert "Rareș hit them." in every_page(web, writing)
    record_address(by=officer, at=NOW, person=writing.person, address="Them Hostel", viewers=[])
    write(officer, writing, **{TREATED: "Rareș hit them at Them Hostel."})
    assert decide(web, writing, "He is called so", s="0" * 64).status_code == 422, "it was changed while it was read"


def test_who_may_not_see_where_she_is_sees_only_the_sentence_marked(web, officer):
    writing = a_notification(officer)
    colleague = a_member("coordinator", name="DS Vale")
    record_address(by=colleague, at=NOW, person=writing.person, address=ADDRESS, viewers=[colleague.user])
    write(officer, writing, **{TREATED: "Rareș ran away. They sleep at 12 Harbour Street now. It is cold."})
    page = words(web.get(address(writing, "check")))
    assert f"<mark><bdi>They sleep at 12 Harbour Street now.</bdi> <b>[{HIDDEN}]" in page
    assert "12 Harbour Street</bdi>" not in page
    assert "part of an address" not in page
    assert len(ticks(page)) == 1
    named = words(signed_in(type(web)(), colleague).get(address(writing, "check")))
    assert "12 Harbour Street</bdi> <b>[part of an address: must go]" in named


def test_a_text_that_is_proposed_is_confirmed_by_somebody(web, officer):
    writing = a_notification(officer, **{"listed-places": "Lincoln\tA barn\t\t\tPicked leeks"})
    page = words(web.get(address(writing, "check")))
    assert "Picked leeks" in page
    assert ticks(page) == []
    assert "Picked leeks" not in every_page(web, writing)


def test_while_it_is_not_known_whether_they_may_be_named_they_are_not(web, officer):
    person = a_person(officer, a_case(officer), name="Rareș Munteanu")
    writing = begun(officer, person)
    write(officer, writing, **{"pv-name-first-name": "Rareș", "birthplace": "Łódź", TREATED: "Rareș was hit."})
    page = words(web.get(address(writing)))
    assert "Not given: it is not known yet whether they may be identified" in page
    assert 'name="birthplace"' in words(web.get(address(writing, "sections/person"))), "they may yet be referred"
    going = every_page(web, writing)
    assert "Rareș" not in going
    assert "Łódź" not in going
    assert "I have explained" not in going


def test_a_yes_that_comes_later_opens_what_was_kept_back(web, officer):
    writing = a_notification(officer, birthplace="Łódź")
    assert "Łódź" not in every_page(web, writing)
    record_consent(
        by=officer, at=MET + timedelta(hours=2), person=writing.person,
        answer={"nrm": True, "spoke_alone": True, "interpreter": "independent"},
    )  # fmt: skip
    assert "Łódź" in every_page(web, writing)
    assert writing.form_version == VERSION


def test_a_long_careful_account_is_kept_whole_and_the_meter_warns_before_the_form_fails(web, officer):
    """Nine answers of 14,500 characters: where the national form's drafts stop being saved."""
    writing = begun(officer, an_adult(officer))
    long = [ask.code for ask in asks(VERSION).values() if ask.kind == "long_text" and ask.code in KEPT_LONG]
    assert len(long) == 9
    write(officer, writing, **{code: f"{code} ".ljust(14_500, "x") for code in long})
    overview = words(web.get(f"/writings/{writing.id}"))
    assert re.search(r"<b>13\d kB</b> of 100 kB", overview)
    going = every_page(web, writing)
    for code in long:
        assert f"{code} ".ljust(14_500, "x") in going
    first = words(web.get(address(writing)))
    assert "14,500 of 15,000 characters" in going
    assert "The next pages" in first
    assert first.count("x" * 14_000) == 3  # the background: one page of the form is not parted
    assert queries.sheet_of(ReferralDraft.objects.select_related("person__case").get()).own[TREATED].startswith(TREATED)


OWED = "send_supplementary_information"


def gone(officer, person, night, **more):
    told = {"gaps": True} | more
    row = actions.record_referral(
        by=officer,
        at=timezone.now(),
        person=person,
        route="nrm",
        direction="made_by_us",
        seen=0,
        as_it_happened=True,
        details=told,
    )
    night.shift(600)
    return row


def rest(writing):
    return f"/writings/{writing.id}/rest"


def owed(person):
    return [(row.with_role, row.state) for row in Obligation.objects.filter(person=person, code=OWED)]


def test_the_rest_is_the_coordinators_is_shown_and_its_sending_closes_it(web, officer, client, night):
    person = an_adult(officer)
    writing = begun(officer, person)
    sent(web, writing, **{"living-conditions": "A van."})
    night.shift(60)
    assert web.get(rest(writing)).url == f"/people/{person.id}/referral", "nothing went yet"
    referral = gone(officer, person, night)
    assert owed(person) == [("coordinator", "open")]
    assert "Send supplementary information" in words(web.get(f"/writings/{writing.id}"))
    assert "Nothing has been written since it was sent" in words(web.get(rest(writing)))
    sent(web, writing, **{"living-conditions": "A van.", "how-they-were-treated": "Shouted at."})
    farrant = a_member("coordinator", name="Ms Farrant")
    coordinator = signed_in(client, farrant)
    page = words(coordinator.get(rest(writing)))
    assert "Shouted at." in page
    assert "A van." not in page
    assert coordinator.post(rest(writing), form(how="By e-mail", rest_at="")).status_code == 302
    row = SupplementaryInformation.objects.get()
    assert (row.referral_id, row.codes, row.how, row.recorded_by_id) == (
        referral.id, ["how-they-were-treated"], "By e-mail", farrant.user,
    )  # fmt: skip
    assert owed(person) == [("coordinator", "closed")]
    event = Event.objects.get(code="referrals.rest_sent")
    assert (event.operation, event.recipient, event.fields) == ("disclosure", "Home Office", ["how-they-were-treated"])
    assert "Shouted" not in str(vars(event))
    assert ledger.differences([Case.objects.get(id=person.case_id)]) == []
    assert "Nothing has been written since it was sent" in words(coordinator.get(rest(writing)))


def test_of_one_who_stays_unnamed_the_rest_is_without_what_tells_who_they_are(web, officer, night):
    person = an_adult(officer)
    writing = begun(officer, person)
    gone(officer, person, night)
    sent(web, writing, **{"how-they-were-treated": "Rareș was hit."})
    sent(web, writing, "person", **{"birthplace": "Łódź", "pv-interpreter-requirements": "yes"})
    assert "Łódź" in words(web.get(rest(writing)))
    answer = {"nrm": False, "spoke_alone": True, "interpreter": "independent"}
    record_consent(by=officer, at=timezone.now(), person=person, answer=answer)
    page = words(web.get(rest(writing)))
    assert "Łódź" not in page
    assert "Rareș was hit" not in page
    assert web.post(rest(writing), form(how="By e-mail", rest_at="")).status_code == 422, "it waits to be checked"


def test_a_time_that_cannot_be_read_is_said_and_nothing_is_kept(web, officer, night):
    person = an_adult(officer)
    writing = begun(officer, person)
    gone(officer, person, night)
    refused = web.post(rest(writing), form(how="By e-mail", rest_at="some day"))
    assert refused.status_code == 422
    assert "By e-mail" in words(refused)
    assert not SupplementaryInformation.objects.exists()
