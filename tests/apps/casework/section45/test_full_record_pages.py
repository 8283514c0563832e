"""The pages of the full record and of its countersigning."""

import pytest
from django.utils import timezone

from lodestar.casework.case_files.actions.people import record_first_account
from lodestar.casework.ledger import ledger
from lodestar.casework.section45.models import Countersignature, FullRecord
from lodestar.platform.accounts.models import Draft
from tests.apps.casework.section45.asking import TICKED, record_path, send, shown, sign
from tests.factories.accounts import a_member
from tests.factories.cases import a_person
from tests.factories.full_records import an_offence, answers, decided, signed
from tests.factories.signed_in import form, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")
THEFT = {"act": "Theft Act 1968", "section": "9", "title": "burglary"}
WOUNDING = {"act": "Offences against the Person Act 1861", "section": "18", "title": "wounding with intent"}


# --- the record --------------------------------------------------------------------------------------------------------


def test_a_childs_record_asks_three_parts_and_no_compulsion_and_ticks_nothing(client, offence, detective):
    html = shown(signed_in(client, detective).get(record_path(offence)))
    assert "Child: three parts. Compulsion need not be shown" in html
    assert "child_3_for" in html
    assert "adult_1" not in html
    assert not TICKED.search(html)
    assert "They were 16 or 17" in html, "17 when met, months later"
    assert "Not on the list as in force on 2 March" in html
    assert "Callum" not in html[html.index("<title>") : html.index("</title>")]


def test_who_may_be_either_is_asked_both_within_the_budget_of_a_page(client, met, detective):
    person = a_person(met[0], met[1], age_min=16, age_max=20, roles=["possible_victim", "suspect"])
    offence = an_offence(met[0], person)
    for number in range(20):
        record_first_account(by=met[0], at=timezone.now(), people=[person], reference=f"BWV 77{number}")
    answer = signed_in(client, detective).get(record_path(offence))
    html = shown(answer)
    assert "child_3_for" in html
    assert "adult_4_evidence" in html
    assert "adult_4_for" in html
    assert "If a child then" in html
    assert len(answer.content) < 30_000


def test_schedule_4_is_shown_with_its_entry_and_what_it_turns_on(client, met, detective):
    signed_in(client, detective)
    html = shown(client.get(record_path(an_offence(met[0], met[2], **THEFT))))
    assert "It turns on whether there was intent to inflict grievous bodily harm" in html
    assert "paragraph 14: Theft Act 1968, section 9" in html
    assert "Does Schedule 4 exclude it?" in html
    html = shown(client.get(record_path(an_offence(met[0], met[2], **WOUNDING))))
    assert "On the list as in force on 2 March" in html
    assert "paragraph 7" in html
    assert "child_1_for" not in html
    assert "Its parts are not asked" in html
    for name in ("duress", "self_defence", "public_interest", "abuse_of_process"):
        assert f'name="{name}"' in html


def test_decided_it_waits_and_is_read_and_can_be_written_again(client, offence, detective):
    signed_in(client, detective)
    assert send(client, offence).url == record_path(offence)
    html = shown(client.get(record_path(offence)))
    assert "Waiting for countersign" in html
    assert "School record. Fact." in html
    assert "<textarea" not in html
    again = shown(client.get(f"{record_path(offence)}?again=1"))
    assert "School record. Fact.</textarea>" in again
    assert not TICKED.search(again)


def test_what_is_lacking_is_said_beside_its_field_and_all_that_was_typed_is_kept(client, offence, detective):
    signed_in(client, detective)
    answer = send(client, offence, answers(child_2_reading="", child_3_for="", duress="A knife"))
    html = shown(answer)
    assert answer.status_code == 422
    assert "Say what you make of part 2" in html
    assert "Write what points one way or the other on part 3" in html
    assert "A knife</textarea>" in html
    summary = html[html.index("govuk-error-summary__list") : html.index("govuk-caption-m")]
    assert summary.index("of part 2") < summary.index("on part 3"), "in the order of the page"
    assert not FullRecord.objects.exists()
    draft = shown(client.get(f"{record_path(offence)}?draft=1"))
    assert "A knife</textarea>" in draft


def test_a_version_of_somebody_elses_meanwhile_is_shown_with_ones_own(client, offence, detective):
    other = a_member("investigator", name="DC Idle")
    decided(other, offence, answers(reason="His reason."))
    answer = send(signed_in(client, detective), offence, answers(reason="My reason."), version=0)
    html = shown(answer)
    assert answer.status_code == 422
    assert "DC Idle decided a version" in html
    assert "His reason." in html
    assert "My reason.</textarea>" in html
    assert FullRecord.objects.count() == 1


@pytest.mark.parametrize("lacks", ["facts", "theirs"])
def test_what_changed_is_said_also_where_something_was_lacking_first(client, offence, detective, lacks):
    """A page that was refused for a reason left out says again what its writer had seen, and not what stands there by now."""
    sent = {"rests_on": "0123456789abcdef"} if lacks == "facts" else {"version": 0}
    signed_in(client, detective)
    if lacks == "theirs":
        decided(a_member("investigator", name="DC Idle"), offence, answers(reason="His reason."))
    refused = send(client, offence, answers(reason="x" * 9000), **sent)
    assert refused.status_code == 422
    name = "rests_on" if lacks == "facts" else "version"
    seen = {one: shown(refused).split(f'name="{one}" value="')[1].split('"')[0] for one in ("version", "rests_on")}
    late = send(client, offence, **seen)
    assert late.status_code == 422
    assert ("What this rests on changed" if lacks == "facts" else "DC Idle decided a version") in shown(late)
    seen[name] = shown(late).split(f'name="{name}" value="')[1].split('"')[0]
    assert send(client, offence, **seen).status_code == 302


def test_sent_back_the_page_says_why_and_keeps_the_evidence(client, offence, detective, sergeant):
    signed(sergeant, decided(detective, offence), "need_first", "Ask the school.")
    html = shown(signed_in(client, detective).get(record_path(offence)))
    assert "I need something first: Sgt Solanki" in html
    assert "“Ask the school.”" in html
    assert "School record. Fact.</textarea>" in html


def test_somebody_under_ten_has_no_record(client, met, detective):
    child = a_person(met[0], met[1], age_min=8, age_max=8, roles=["possible_victim"])
    offence = an_offence(met[0], child)
    assert signed_in(client, detective).get(record_path(offence)).status_code == 404


# --- the second person -------------------------------------------------------------------------------------------------


def test_a_supervisor_agrees(client, offence, detective, sergeant):
    decided(detective, offence)
    signed_in(client, sergeant)
    html = shown(client.get(record_path(offence, "/countersign")))
    assert "For a supervisor who took no part" in html
    assert not TICKED.search(html)
    assert sign(client, offence, kind="agree").status_code == 302
    row = Countersignature.objects.get()
    assert (row.kind, row.by_id, row.decided_by_id) == ("agree", sergeant.user, detective.user)
    assert ledger.differences([offence.person.case]) == []
    html = shown(client.get(record_path(offence, "/countersign")))
    assert "Countersigned" in html
    assert 'name="kind"' not in html


def test_a_supervisor_sends_it_back_with_a_reason(client, offence, detective, sergeant):
    decided(detective, offence)
    signed_in(client, sergeant)
    answer = sign(client, offence, kind="not_agree")
    assert answer.status_code == 422
    assert "Write what is wanted" in shown(answer)
    assert sign(client, offence, kind="not_agree", reason="Part 3 is not met.").status_code == 302
    assert Countersignature.objects.get().reason == "Part 3 is not met."


@pytest.mark.parametrize("how", ["hidden", "refused"])
def test_a_supervisor_signs_no_version_that_came_while_they_wrote_without_being_told(client, offence, detective, sergeant, how):
    first, path = decided(detective, offence), record_path(offence, "/countersign")
    sent = {"record": str(first.id), "kind": "agree", "reason": "I read it twice."}
    signed_in(client, sergeant)
    if how == "hidden":
        client.post("/hide", form(form_path=path, **sent))
    decided(detective, offence, answers(reason="Another reason."))
    if how == "hidden":
        back = signed_in(client, sergeant).get(f"{path}?draft={Draft.objects.get().key}")
    else:
        back = client.post(path, form(**sent | {"reason": "x" * 9000}))
    late = client.post(path, form(**sent | {"record": record_in(back)}))
    assert late.status_code == 422
    assert "decided another version while you were reading. It is below" in shown(late)
    assert not Countersignature.objects.exists()
    assert client.post(path, form(**sent | {"record": record_in(late)})).status_code == 302


def record_in(page):
    return shown(page).split('name="record" value="')[1].split('"')[0]


def test_a_version_that_is_not_the_latest_is_not_signed(client, offence, detective, sergeant):
    first = decided(detective, offence)
    decided(detective, offence)
    signed_in(client, sergeant)
    answer = sign(client, offence, kind="agree", record=str(first.id))
    assert answer.status_code == 422
    assert "decided another version while you were reading" in shown(answer)
    assert sign(client, offence, kind="agree", record=str(offence.id)).status_code == 404
    assert not Countersignature.objects.exists()
