"""What a row of another system holds of where somebody is, how to reach them and what they are suspected of stays here."""

import re
from html import unescape

import pytest
from django.utils import timezone

from lodestar.casework.case_files.actions.people import change_people
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.concerns.models import Note
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.referrals import actions as referrals
from lodestar.casework.referrals.models import ReferralDraft
from lodestar.casework.referrals.queries.writing import sheet_of
from lodestar.casework.safe_addresses.models import SafeAddress
from lodestar.intelligence.earlier_records.queries import records as prompts
from lodestar.platform.text.reference_lists import reference_list
from tests.apps.casework.concerns.earlier import bring_in, ruben
from tests.apps.casework.concerns.earlier import signed_in as browser
from tests.factories.accounts import a_member
from tests.factories.importing import brought_in, table_of
from tests.factories.signed_in import signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")
HEAD = ["incident_ref", "name", "role", "age", "Phone", "Address", "phone", "phone", "contact", "address",
        "offence", "PNC warning", "narrative", "happened_at"]  # fmt: skip
MET = "3/11/2026"
SAID = "She gave 07700 900123 and 07700900456, and sleeps at 12 Mill Ln (LN1 1AA) or with ana_2009. She was cold."
ROW = ["INC 7", "Ana Munteanu", "victim", "31", "07700 900123", "12 Mill Lane\nLincoln", "07700 900456", "07700 900789",
       "ana_2009", "LN1 1AA", "Production of cannabis", "Drugs", SAID, MET]  # fmt: skip
STAYS = ("900123", "900456", "900789", "Mill", "LN1 1AA", "ana_2009")
SUSPECTED = ("cannabis", "Drugs", "PNC")
GROUP = reference_list("concerns", "signs").header["groups"][0]["code"]
TREATED = "how-they-were-treated"


@pytest.fixture
def officer():
    return a_member("investigator", name="DC Tallow")


@pytest.fixture
def row(officer, tmp_path):
    file, asked = tmp_path / "rows.csv", {"user": officer.username, "ignore": ["PNC warning"]}
    code, lines = brought_in("import_concerns", file, table_of([ROW], HEAD), **asked)
    assert code == 0, lines
    return Person.objects.get(), lines


def given_out(client, person):
    """Everything that the force's other systems are given of a case, by its name."""
    case = person.case.reference
    paths = {
        "pack": f"/people/{person.id}/crime-record", "pack as text": f"/people/{person.id}/crime-record",
        "log": f"/cases/{case}/out", "sheet": f"/cases/{case}/out/intelligence",
    }  # fmt: skip
    found = {}
    for name, path in paths.items():
        page = client.get(path)
        if page.status_code == 302:
            name, page = f"{name} waits", client.get(f"/people/{person.id}/crime-record/check")
        assert page.status_code == 200, name
        text = unescape(page.content.decode())
        found[name] = text.partition('id="whole"')[2] if name == "pack as text" else text
    return found


def test_no_number_or_house_of_a_row_leaves_whatever_its_column_is_called(client, officer, row):
    person, _ = row
    kept = str(SafeAddress.objects.get().address)
    for value in ("Phone: 07700 900123", "Address: 12 Mill Lane, Lincoln", "Phone: 07700 900456", "Phone: 07700 900789",
                  "Contact: ana_2009", "Address: LN1 1AA"):  # fmt: skip
        assert value in kept.splitlines()
    notes = "\n".join(Note.objects.values_list("words", flat=True))
    assert not [stays for stays in STAYS if stays in notes]
    out = given_out(signed_in(client, officer), person)
    assert set(out) == {"pack waits", "pack as text waits", "log", "sheet"}
    assert not [stays for stays in STAYS if stays in out["log"]]
    assert not [told for told in SUSPECTED for text in out.values() if told in text]
    never = re.findall(r"<mark><bdi>([^<]+)</bdi> <b>\[[^]]*must go", out["pack waits"])
    assert never == ["07700 900123", "07700900456", "12 Mill Ln", "LN1 1AA", "ana_2009"]
    assert "Offence: Production of cannabis" in notes, "an officer of the case still reads it"
    page = unescape(client.get(f"/record/{person.case_id}/signs/{GROUP}").content.decode())
    assert "Offence: Production of cannabis" in page


def test_nor_in_an_anonymous_notification(client, officer, row):
    person, _ = row
    talk = {"nrm": False, "spoke_alone": True, "interpreter": "independent"}
    record_consent(by=officer, at=timezone.now(), person=person, answer=talk)
    writing = referrals.begin_writing(by=officer, at=timezone.now(), person=person, version="2026-04")
    referrals.write_answers(by=officer, at=timezone.now(), writing=writing, answers={TREATED: SAID}, rows=0)
    plain = signed_in(client, officer).get(f"/writings/{writing.id}/fields/{TREATED}").content.decode()
    assert "She was cold." not in plain, "it waits to be checked"
    assert not [stays for stays in STAYS if stays in plain]


def test_what_somebody_was_held_for_goes_into_no_other_system(client):
    by = a_member("coordinator", name="Farida Quist")
    held = ruben(
        offence="PWITS class A", phone="07700 900123", narrative="Held for supply. The boss has his passport.",
        place="Boston custody suite", address="12 Mill Lane, Boston",
    )  # fmt: skip
    bring_in(by, held, kind="custody")
    (prompt,) = prompts.waiting_for(by, 50, None, only_own=False)
    browser(by).send(f"/prompts/{prompt.id}", {"answer": "yes", "reason": "I met him at 12 Mill Lane.", "seen": "1"})
    person = Person.objects.get(case=Case.objects.get())
    out = given_out(signed_in(client, by), person)
    for name, text in out.items():
        for stays in ("PWITS", "Held for", "ustody", "900123"):
            assert stays not in text, (name, stays)
    assert "<bdi>12 Mill Lane</bdi> <b>[part of an address: must go]" in out["pack waits"], "what the colleague said of it"
    notes = unescape(client.get(f"/record/{person.case_id}/signs/{GROUP}").content.decode())
    assert "Held for supply" in notes
    assert str(SafeAddress.objects.get().address).splitlines()[1:] == ["Address: 12 Mill Lane, Boston", "Phone: 07700 900123"]


def imported(officer, tmp_path, **cells):
    head = ["incident_ref", "happened_at", "role", "narrative", *cells]
    row = ["INC 7", "3/11/2026", "victim", "She was cold.", *cells.values()]
    code, lines = brought_in("import_concerns", tmp_path / "rows.csv", table_of([row], head), user=officer.username)
    assert code == 0, lines
    return Person.objects.get()


@pytest.mark.parametrize("place", ["Prison", "Immigration detention", "custody"])
def test_where_somebody_of_a_row_was_held_goes_into_no_other_system(client, officer, tmp_path, place):
    person = imported(officer, tmp_path, name="Ana Munteanu", place=place)
    assert person.case.place == place
    out = given_out(signed_in(client, officer), person)
    assert "She was cold." in out["pack as text"]
    for name in ("pack as text", "sheet"):
        assert not [word for word in place.split() if word != "police" and word in out[name]], name
    assert "police encountered one person" in out["log"]
    assert place not in out["log"]


def test_nor_where_a_case_says_another_place_of_whoever_was_held(client, officer, tmp_path):
    person = imported(officer, tmp_path, name="Ana Munteanu", place="Lincoln, West Parade")
    assert "West Parade" in given_out(signed_in(client, officer), person)["pack as text"]
    changes = [(person.id, person.version, {"place": "prison"})]
    change_people(by=officer, at=timezone.now(), case_id=person.case_id, changes=changes)
    out = given_out(client, person)
    assert "West Parade" not in out["pack as text"] + out["sheet"] + out["log"].partition("lode-out")[2]


def test_the_reference_of_a_row_without_a_name_stays(client, officer, tmp_path):
    person = imported(officer, tmp_path, person_ref="CUST/123", place="Car wash")
    assert person.description == "CUST/123 in the report"
    for name in ("pack as text", "sheet"):
        text = given_out(signed_in(client, officer), person)[name]
        assert "Car wash" in text
        assert "CUST" not in text, name


def test_nor_does_the_reference_of_whoever_did_it_go_to_the_home_office(officer, tmp_path):
    table = [["INC 7", "victim", "", "Ana Munteanu", "Cold.", MET], ["INC 7", "exploiter", "CUST/123", "", "Cold.", MET]]
    head = ["incident_ref", "role", "person_ref", "name", "narrative", "happened_at"]
    assert brought_in("import_concerns", tmp_path / "rows.csv", table_of(table, head), user=officer.username)[0] == 0
    person, other = Person.objects.get(name="Ana Munteanu"), Person.objects.get(name="")
    writing = referrals.begin_writing(by=officer, at=timezone.now(), person=person, version="2026-04")
    referrals.write_answers(by=officer, at=timezone.now(), writing=writing, answers={"listed-exploiters": str(other.id)}, rows=0)
    told = sheet_of(ReferralDraft.objects.select_related("person__case").get()).given_answers
    assert told["who-exploited-pv"] == "Someone with no other details recorded."


def test_where_somebody_was_missing_from_is_where_it_happened():
    by = a_member("coordinator", name="Farida Quist")
    bring_in(by, ruben(narrative="The boss has his passport.", place="Steep Hill, Lincoln"))
    (prompt,) = prompts.waiting_for(by, 50, None, only_own=False)
    browser(by).send(f"/prompts/{prompt.id}", {"answer": "yes", "reason": "I met him.", "seen": "1"})
    assert Case.objects.get().place == "Steep Hill, Lincoln"


@pytest.mark.parametrize("kind", ["custody", "stop"])
def test_where_a_record_says_that_somebody_was_held_or_stopped_stays_with_the_notes(client, kind):
    by = a_member("coordinator", name="Farida Quist")
    held = ruben(narrative="The boss has his passport.", place="Steep Hill, Lincoln")
    bring_in(by, held, kind=kind)
    (prompt,) = prompts.waiting_for(by, 50, None, only_own=False)
    browser(by).send(f"/prompts/{prompt.id}", {"answer": "yes", "reason": "I met him.", "seen": "1"})
    case = Case.objects.get()
    assert case.place == ""
    for name, text in given_out(signed_in(client, by), Person.objects.get(case=case)).items():
        assert "Steep Hill" not in text, name
    assert "Steep Hill, Lincoln" in unescape(client.get(f"/record/{case.id}/signs/{GROUP}").content.decode())
