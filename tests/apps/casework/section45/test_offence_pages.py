"""The pages of what a person is suspected of and what came of it; who sees these and the record's, and what they cost."""

import pytest
from django.utils import timezone

from lodestar.casework.case_files.actions.people import change_offence, record_first_account, take_back_offence
from lodestar.casework.cases.models import AllegedOffence
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.presenters import where_answered
from lodestar.casework.section45 import views
from lodestar.casework.section45.models import FullRecord, OutcomeRecorded
from lodestar.platform.accounts.models import Draft
from tests.apps.casework.section45.asking import offence_path, outcome, record_path, rests_on, shown
from tests.factories.accounts import a_member
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
    assert f'href="/people/{met[2].id}/section-45-question"' in shown(client.get(offence_path(row)))
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
    other, real = a_member("investigator"), change_offence

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
    real = change_offence

    def a_moment_later(**told):
        take_back_offence(by=detective, at=timezone.now(), person=offence.person, offence=AllegedOffence.objects.get())
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
    change_offence(by=other, at=timezone.now(), person=row.person, offence=row, facts={"stage": "bail_or_remand"})
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


# --- who ---------------------------------------------------------------------------------------------------------------


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
    record_first_account(by=detective, at=timezone.now(), people=[met[2]], reference="BWV 7")
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
