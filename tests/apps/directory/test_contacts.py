"""A force's own numbers: their pages, files, the check, and all settings in one file."""

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from lodestar.directory.contacts.models import ContactVersion
from lodestar.directory.contacts.queries import KEPT, check_contacts, contact_book
from lodestar.directory.contacts.rules import kinds
from lodestar.exchange.exports.models import PackOrder
from lodestar.platform.audit.models import Event
from lodestar.platform.settings.models import SettingChange
from lodestar.platform.settings.settings_file import FORMAT
from lodestar.platform.tenancy.request_cache import forget
from tests.factories.accounts import a_member
from tests.factories.contacts import a_contact, drama_numbers
from tests.factories.settings import an_agreed_change, days_ahead
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most


@pytest.fixture
def coordinator(fenmarch):
    return a_member("coordinator")


def number_of(kind, district=""):
    found = contact_book(timezone.now()).find(kind, district)
    return found and found.telephone


def test_a_number_is_set_checked_changed_and_removed_and_every_version_stays(client, coordinator):
    signed_in(client, coordinator)
    typed = {"telephone": "01632 960 204", "district": "North", "answers": "outside", "days": ["0", "4"], "begins": "0830",
             "ends": "1700", "version": "0"}  # fmt: skip
    for wrong in ({"telephone": "ask control"}, {"begins": "noon"}, {"days": []}, {"owner": "nobody.here"}, {"email": "x"}):
        assert client.post("/contacts/childrens_services_night", form(**typed | wrong)).status_code == 422, wrong
    assert client.post("/contacts/childrens_services_night", form(**typed)).status_code == 302
    row = ContactVersion.objects.get()
    assert (row.hours, row.checked_on, row.version) == ("outside mon,fri 08:30-17:00", None, 1)
    with at_most(15):
        page = client.get("/contacts").content.decode()
    assert page.index('data-state="missing"') < page.index('data-state="stale"')
    for number, is_stale in (("01632 960 205", True), ("01632 960 204", False)):  # the first is not what is there now
        assert client.post("/contacts", form(checked=[f"childrens_services_night:{number}:North"])).status_code == 302
        assert ('data-state="stale"' in client.get("/contacts").content.decode()) is is_stale
    stale_page = typed | {"telephone": "01632 960 209"}
    assert client.post("/contacts/childrens_services_night", form(**stale_page)).status_code == 422, "a colleague was faster"
    assert client.post("/contacts/childrens_services_night", form(**stale_page | {"version": "2"})).status_code == 302
    row = ContactVersion.objects.get(version=3)
    assert (row.telephone, row.checked_on) == ("01632 960 209", None), "another number is not checked yet"
    assert client.post("/contacts/childrens_services_night", form(**typed | {"version": "3"}, remove="1")).status_code == 302
    assert number_of("childrens_services_night", "North") is None
    assert ContactVersion.objects.count() == 4
    codes = Event.objects.filter(code__startswith="contacts.").order_by("recorded_at").values_list("code", flat=True)
    assert list(codes) == ["contacts.set", "contacts.checked", "contacts.set", "contacts.removed"]


def test_contacts_are_filled_in_in_the_file_of_settings_and_read_in_once_and_a_bad_row_stops_no_other(client, coordinator):
    signed_in(client, coordinator)
    content = json.loads(client.get("/rules/settings/file/save").content)
    numbers = {"coroner": "01632 960 330", "duty_inspector": "ask control", "regional_unit": "01632 960 310"}
    rows = [row | {"telephone": numbers.get(row["kind"], "")} for row in content["contacts"]]
    text = json.dumps({"format": content["format"], "contacts": rows})
    assert client.post("/rules/settings/file", form(text=text)).status_code == 200
    assert number_of("coroner") is None
    assert client.post("/rules/settings/file/take", form(text=text)).status_code == 302
    assert (number_of("coroner"), number_of("regional_unit")) == ("01632 960 330", "01632 960 310")
    assert number_of("duty_inspector") is None
    everything = client.get("/rules/settings/file/save").content.decode()
    client.post("/rules/settings/file/take", form(text=everything))
    assert ContactVersion.objects.count() == 2, "the same again changes nothing"


def test_officers_see_every_district_by_day_and_by_night_and_how_old_a_number_is(client, coordinator):
    drama_numbers(coordinator)
    signed_in(client, a_member("frontline"))
    page = client.get("/my-work").content.decode()
    assert ("Marlsea" in page, "Eldham" in page, "data-missing" in page, "data-stale" in page) == (True, True, False, False)
    missing = client.get("/ring").content.decode()
    assert missing.count("data-missing=") == 1
    assert 'data-missing="protocol_contact"' in missing
    assert client.get("/contacts").status_code == 404


def test_check_names_each_number_that_is_missing_or_old_and_ends_with_1(coordinator):
    now = timezone.now()
    later = now + timedelta(days=91)

    def faults(at):
        forget(KEPT)
        with time_machine.travel(at, tick=False):
            return [finding.code for finding in check_contacts("fenmarch")]

    assert faults(now) == ["contact_missing"] * len(kinds())
    drama_numbers(coordinator)
    a_contact(coordinator, "protocol_contact", "01632 960 340")
    assert faults(now) == []
    assert faults(later) == ["contact_old"] * len(contact_book(now).contacts)
    an_agreed_change(a_member("policy_owner"), a_member("policy_owner"), key="contact_stale_days", value="120")
    assert faults(later) == []
    a_contact(coordinator, "custody", "01632 960 182", "North")
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("check_force", "--contacts", stdout=said)
    assert "fenmarch" in said.getvalue()


def test_all_settings_go_out_and_come_back_in_the_two_person_way_and_a_second_time_change_nothing(coordinator, tmp_path):
    policy, second = a_member("policy_owner"), a_member("policy_owner")
    an_agreed_change(policy, second, value="2", from_date=days_ahead(7))
    drama_numbers(coordinator)
    PackOrder.objects.create(system="Niche", fields=[["name", "Surname"]], filed_at=timezone.now(), filed_by_id=coordinator.user)
    path = tmp_path / "settings.json"

    def run(action, member, *more):
        said = StringIO()
        try:
            call_command("settings_file", action, str(path), "--as", member.username, *more, stdout=said)
        except SystemExit:
            said.write("exit")
        return said.getvalue().splitlines()

    run("export", policy)
    content = json.loads(path.read_text())
    assert content["format"] == FORMAT
    rows = (SettingChange.objects.count(), ContactVersion.objects.count(), PackOrder.objects.count())
    for member in (policy, coordinator):
        assert not [line for line in run("import", member, "--apply") if line.startswith(("set:", "proposed:"))]
    assert (SettingChange.objects.count(), ContactVersion.objects.count(), PackOrder.objects.count()) == rows

    content["settings"][0]["value"], content["contacts"][0]["telephone"] = 4, "01632 960 119"
    content["crime_record"]["fields"].append(["born", "DOB"])
    path.write_text(json.dumps(content))
    looked = run("import", policy)
    assert sum(line.startswith("proposed:") for line in looked) == 1
    assert SettingChange.objects.count() == rows[0], "a dry run"
    for _ in range(2):
        run("import", policy, "--apply")
        run("import", coordinator, "--apply")
    change = SettingChange.objects.get(value="4")
    assert (change.approved, change.asked_by_id, change.from_date) == (None, policy.user, days_ahead(7))
    assert number_of(content["contacts"][0]["kind"]) == "01632 960 119"
    assert (SettingChange.objects.count(), PackOrder.objects.count()) == (rows[0] + 1, rows[2] + 1)


def test_a_file_of_settings_is_read_in_on_a_page_by_those_who_may(client, coordinator):
    signed_in(client, coordinator)
    text = client.get("/rules/settings/file/save").content.decode()
    sent = json.loads(text) | {"contacts": [{"kind": "coroner", "telephone": "01632 960 330"}]}
    assert client.post("/rules/settings/file", form(text=json.dumps(sent))).status_code == 200
    assert client.post("/rules/settings/file", form(text="no settings")).status_code == 422
    assert client.post("/rules/settings/file/take", form(text=json.dumps(sent))).status_code == 302
    assert number_of("coroner") == "01632 960 330"
    assert signed_in(Client(), a_member("supervisor")).get("/rules/settings/file").status_code == 404
