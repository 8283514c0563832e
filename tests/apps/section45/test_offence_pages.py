"""The pages of what a person is suspected of and what came of it; who sees these and the record's, and what they cost."""

import pytest
from django.utils import timezone

from lodestar.accounts.models import Draft
from lodestar.cases import actions as cases
from lodestar.cases import ledger
from lodestar.cases.models import AllegedOffence, Obligation
from lodestar.record.models import Event
from lodestar.section45.models import FullRecord, OutcomeRecorded
from lodestar.section45.views import outcome as views
from lodestar.web.presenters.owed import where_answered
from tests.apps.section45.asking import offence_path, outcome, record_path, rests_on, shown
from tests.factories.accounts import a_member
from tests.factories.cases import AllegedOffenceFactory
from tests.factories.full_records import an_offence, answers, decided, signed
from tests.factories.section45 import ElementFactory, FullRecordFactory
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")


# --- offences and outcomes ---------------------------------------------------------------------------------------------


def test_an_offence_is_picked_from_the_list(client, met):
    signed_in(client, met[0])
    answer = client.post(
        f"/people/{met[2].id}/offences",
        form(pick="intent_to_supply", on_from="March 2026", stage="arrest", where="england_wales"),
    )
    row = AllegedOffence.objects.get()
    assert answer.url == offence_path(row)
    assert (row.act, row.section, row.stage) == ("Misuse of Drugs Act 1971", "5(3)", "arrest")
    assert (row.on_from, row.on_to) == ("2026-03", "2026-03")
    assert Obligation.objects.filter(code="section45_full_record", subject=str(row.id), state="open").exists()
    assert Obligation.objects.filter(code="section45_first_question", moment="arrest", state="open").exists()
    assert "The short question" in shown(client.get(offence_path(row)))
    assert ledger.differences([met[1]]) == []


def test_or_written_where_the_list_does_not_have_it(client, met):
    signed_in(client, met[0])
    told = {"pick": "other", "title": "keeping a brothel", "act": "Sexual Offences Act 1956", "section": "33A"}
    client.post(f"/people/{met[2].id}/offences", form(**told, on_from="2015", on_to="yesterday"))
    row = AllegedOffence.objects.get()
    assert (row.title, row.section, row.on_from) == ("keeping a brothel", "33A", "2015")


@each(
    ("typed", "words"),
    [
        ({}, "Pick what it was, or write it below"),
        ({"pick": "other"}, "Pick what it was, or write it below"),
        ({"pick": "theft", "on_from": "soon"}, "“soon” is not a day"),
        ({"pick": "theft", "on_from": "3 March 2026", "on_to": "2 March 2026"}, "cannot have ended before it began"),
        ({"pick": "theft", "on_from": "2099"}, "“2099” has not come yet"),
    ],
)
def test_what_cannot_be_read_is_said(client, met, typed, words):
    answer = signed_in(client, met[0]).post(f"/people/{met[2].id}/offences", form(**typed))
    assert answer.status_code == 422
    assert words in shown(answer)
    assert not AllegedOffence.objects.exists()


def test_an_outcome_is_not_authorised_and_beside_it_stands_the_way_to_record_that_it_happened(client, offence, met):
    signed_in(client, met[0])
    answer = outcome(client, offence)
    html = shown(answer)
    assert answer.status_code == 422
    assert "Not authorised." in html
    assert 'name="happened"' in html
    assert not OutcomeRecorded.objects.exists()
    assert outcome(client, offence, happened="1", at="").status_code == 302
    row = OutcomeRecorded.objects.get()
    assert (row.kind, row.happened_without, row.by_id) == ("charge", True, met[0].user)
    assert AllegedOffence.objects.get().stage == "charged"
    assert "Without the full record" in shown(client.get(offence_path(offence)))
    assert "Without the full record" in shown(client.get(f"/people/{met[2].id}/offences"))
    assert ledger.differences([met[1]]) == []


def test_each_kind_of_outcome_says_which_codes_of_recorded_crime_it_may_be(client, met, offence):
    page = shown(signed_in(client, met[0]).get(offence_path(offence)))
    for words in ("Outcome code 1 or 1A", "Outcome code 2, 2A, 3 or 3A", "Outcome code 6, 7, 8 or 22"):
        assert words in page
    assert "The outcome codes are not confirmed" in page


def test_countersigned_an_outcome_is_recorded(client, met, offence, detective, sergeant):
    signed(sergeant, decided(detective, offence))
    signed_in(client, detective)
    html = shown(client.get(offence_path(offence)))
    assert "Record the outcome" in html
    assert 'name="happened"' not in html
    assert outcome(client, offence).status_code == 302
    assert OutcomeRecorded.objects.get().record is not None


def test_told_of_a_time_when_the_record_was_open_it_is_not_authorised_either(client, offence, detective, sergeant):
    signed(sergeant, decided(detective, offence))
    signed_in(client, detective)
    answer = outcome(client, offence, at="yesterday 1000")
    assert answer.status_code == 422
    assert "At the time you wrote" in shown(answer)
    assert outcome(client, offence, at="yesterday 1000", happened="1").status_code == 302
    assert OutcomeRecorded.objects.get().happened_without


def test_what_is_written_is_put_right_and_opens_the_record_again(client, offence, detective, sergeant):
    signed(sergeant, decided(detective, offence))
    signed_in(client, detective)
    html = shown(client.get(offence_path(offence)))
    version = html.split('name="version" value="')[1].split('"')[0]
    told = {"change": "1", "title": "possession", "act": "Misuse of Drugs Act 1971", "section": "5(2)", "version": version}
    answer = client.post(offence_path(offence), form(**told, on_from="2 March 2026", where="england_wales"))
    assert answer.url == offence_path(offence)
    row = AllegedOffence.objects.get()
    assert (row.section, row.stage) == ("5(2)", "arrest")
    assert Obligation.objects.get(code="section45_full_record", moment="").state == "open"
    again = client.post(offence_path(offence), form(**told | {"section": "4(2)"}, where="england_wales"))
    assert again.status_code == 422
    assert "Someone changed this record" in shown(again)
    assert "Section: 5(2)" in shown(again)
    assert 'value="4(2)"' in shown(again)
    assert AllegedOffence.objects.get().section == "5(2)"
    version = shown(again).split('name="version" value="')[1].split('"')[0]
    told |= {"section": "4(2)", "version": version}
    assert client.post(offence_path(offence), form(**told, where="england_wales")).status_code == 302
    assert ledger.differences([row.person.case]) == []


def test_of_two_who_change_an_act_at_one_moment_the_second_is_told_what_the_first_wrote(client, monkeypatch, offence, detective):
    version = shown(signed_in(client, detective).get(offence_path(offence))).split('name="version" value="')[1].split('"')[0]
    other, real = a_member("investigator"), cases.change_offence

    def a_moment_later(**told):
        theirs = AllegedOffence.objects.select_related("person").get(id=offence.id)
        written = {"section": "4(1)", "stage": "bail_or_remand", "particulars": "Ten wraps."}
        real(by=other, at=timezone.now(), person=theirs.person, offence=theirs, facts=written)
        real(**told)

    monkeypatch.setattr(views, "change_offence", a_moment_later)
    told = {"title": offence.title, "act": offence.act, "section": "5(2)", "on_from": "2026-03-02", "where": "england_wales"}
    late = client.post(offence_path(offence), form(change="1", version=version, stage="interview", **told))
    html = shown(late)
    assert late.status_code == 422
    assert "Someone changed this record" in html
    for words in ("Section: 4(1)", "What stage is it at? On bail or remand", "What exactly was done: Ten wraps."):
        assert words in html
    assert "When was it done?: " not in html
    assert 'value="5(2)"' in html
    assert AllegedOffence.objects.get().section != "5(2)"


def test_who_changes_an_act_that_was_taken_off_meanwhile_is_shown_that_it_is_not_here(client, monkeypatch, offence, detective):
    version = shown(signed_in(client, detective).get(offence_path(offence))).split('name="version" value="')[1].split('"')[0]
    real = cases.change_offence

    def a_moment_later(**told):
        cases.take_back_offence(by=detective, at=timezone.now(), person=offence.person, offence=AllegedOffence.objects.get())
        real(**told)

    monkeypatch.setattr(views, "change_offence", a_moment_later)
    late = client.post(offence_path(offence), form(change="1", version=version, stage="interview", title="theft"))
    assert late.status_code == 404


@pytest.mark.parametrize("how", ["hidden", "refused"])
def test_who_wrote_before_another_changed_the_act_is_told_also_after_coming_back_to_it(client, offence, detective, how):
    path, other = offence_path(offence), a_member("investigator")
    version = shown(signed_in(client, detective).get(path)).split('name="version" value="')[1].split('"')[0]
    told = {"change": "1", "act": offence.act, "section": "5(2)", "where": "england_wales", "stage": offence.stage}
    row = AllegedOffence.objects.select_related("person").get(id=offence.id)
    cases.change_offence(by=other, at=timezone.now(), person=row.person, offence=row, facts={"stage": "bail_or_remand"})
    if how == "hidden":
        client.post("/hide", form(form_path=path, version=version, **told))
        back = signed_in(client, detective).get(f"{path}?draft={Draft.objects.get().key}")
    else:
        back = client.post(path, form(version=version, **told | {"on_from": "soon"}))
    seen = shown(back).split('name="version" value="')[1].split('"')[0]
    late = client.post(path, form(version=seen, **told))
    assert late.status_code == 422
    assert "What stage is it at? On bail or remand" in shown(late)
    now = shown(late).split('name="version" value="')[1].split('"')[0]
    assert client.post(path, form(version=now, **told)).status_code == 302


def test_it_moves_on_to_the_interview(client, offence, met):
    signed_in(client, met[0])
    version = shown(client.get(offence_path(offence))).split('name="version" value="')[1].split('"')[0]
    told = {"title": offence.title, "act": offence.act, "section": offence.section, "on_from": "2026-03-02"}
    client.post(offence_path(offence), form(change="1", version=version, stage="interview", where="england_wales", **told))
    assert AllegedOffence.objects.get().stage == "interview"
    assert Obligation.objects.filter(code="section45_first_question", moment="interview", state="open").exists()


def test_the_page_of_the_case_says_what_is_open_and_what_came_without(client, met, offence, detective):
    signed_in(client, detective)
    decided(detective, offence)
    html = shown(client.get(f"/cases/{met[1].reference}"))
    assert "Full records open: 1" in html
    assert "Waiting for a supervisor who took no part: 1." in html
    outcome(client, offence, happened="1")
    html = shown(client.get(f"/cases/{met[1].reference}"))
    assert "an outcome came without the full record" in html
    assert "Full records open: 1" in html


# --- who ---------------------------------------------------------------------------------------------------------------


def test_who_may_who_may_not_and_what_they_see(client, met, offence, detective, sergeant):
    decided(detective, offence)
    colleague = a_member("supervisor", unit=met[1].unit)
    people = {
        "officer": (met[0], 404, 404, 200),
        "detective": (detective, 200, 404, 200),
        "sergeant": (sergeant, 404, 200, 200),
        "colleague": (colleague, 404, 200, 200),
        "other detective": (a_member("investigator"), 404, 404, 404),
        "other unit": (a_member("supervisor"), 404, 404, 404),
        "inspector": (a_member("detective_inspector"), 404, 404, 200),
        "coordinator": (a_member("coordinator"), 404, 404, 200),
        "allocation": (a_member("crime_allocation"), 404, 404, 404),
        "administrator": (a_member("administrator"), 404, 404, 404),
    }
    for who, (member, *expected) in people.items():
        signed_in(client, member)
        paths = (record_path(offence), record_path(offence, "/countersign"), offence_path(offence))
        assert [client.get(path).status_code for path in paths] == expected, who
        assert [client.post(path, form()).status_code for path in paths] == [
            422 if status == 200 else 404 for status in expected
        ], who


def test_an_offence_of_somebody_else_is_not_there(client, met, offence, detective):
    other = AllegedOffenceFactory()
    signed_in(client, detective)
    assert client.get(f"/people/{met[2].id}/section-45/{other.id}").status_code == 404
    assert client.get(f"/people/{met[2].id}/offences/{other.id}").status_code == 404


def test_a_sealed_case_is_its_named_owners_own(client, met, offence, detective, sergeant):
    decided(detective, offence)
    owners = [sergeant.user, detective.user]
    cases.seal_case(by=sergeant, at=timezone.now(), case=met[1], reason="A relative of an officer.", owners=owners)
    colleague = a_member("supervisor", unit=met[1].unit)
    assert signed_in(client, colleague).get(record_path(offence, "/countersign")).status_code == 404
    assert signed_in(client, sergeant).get(record_path(offence, "/countersign")).status_code == 200


def test_each_look_is_written_down(client, offence, detective):
    signed_in(client, detective)
    client.get(record_path(offence))
    client.get(offence_path(offence))
    client.get(f"/people/{offence.person_id}/offences")
    assert Event.objects.filter(code="cases.person_viewed", by=detective.user, people=[offence.person_id]).count() == 3


def test_what_is_owed_leads_whoever_owes_it_to_its_page(met, offence, detective, sergeant):
    decided(detective, offence)
    for member, code, path in (
        (detective, "section45_full_record", record_path(offence)),
        (sergeant, "section45_countersign", record_path(offence, "/countersign")),
    ):
        row = Obligation.objects.get(code=code)
        assert where_answered(row, met[1].reference, member) == path
        assert where_answered(row, met[1].reference, met[0]) == f"/owed/{row.id}"


def test_a_tap_cannot_stand_for_the_record_or_for_the_second_person(client, offence, detective, sergeant):
    decided(detective, offence)
    for member, code in ((detective, "section45_full_record"), (sergeant, "section45_countersign")):
        row = Obligation.objects.get(code=code, moment__in=["", "version 1"])
        answer = signed_in(client, member).post(f"/owed/{row.id}", form(kind="done"))
        assert answer.status_code == 422
        assert Obligation.objects.get(id=row.id).state == "open"


# --- budgets -----------------------------------------------------------------------------------------------------------


def test_pages_ask_for_no_more_than_they_need_however_much_there_is(client, met, offence, detective, sergeant):
    for number in range(4, 9):
        an_offence(detective, met[2], section=str(number))
    for number in range(1, 4):
        row = FullRecordFactory(offence=offence, number=number)
        ElementFactory(record=row)
    latest = decided(detective, offence)
    for member, path in (
        (detective, record_path(offence)),
        (sergeant, record_path(offence, "/countersign")),
        (detective, offence_path(offence)),
        (detective, f"/people/{met[2].id}/offences"),
    ):
        signed_in(client, member)
        client.get(path)
        with at_most(15):
            client.get(path)
    signed_in(client, detective)
    told = answers(version=4, rests_on=rests_on(offence))
    with at_most(40):
        assert client.post(record_path(offence), form(**told)).status_code == 302
    latest = FullRecord.objects.get(number=latest.number + 1)
    signed_in(client, sergeant)
    with at_most(40):
        path = record_path(offence, "/countersign")
        assert client.post(path, form(kind="agree", record=str(latest.id))).status_code == 302
    signed_in(client, detective)
    with at_most(40):
        assert outcome(client, offence).status_code == 302
