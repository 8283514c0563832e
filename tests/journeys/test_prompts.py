"""Earlier records come in, and the questions they raise are answered on a telephone without JavaScript: yes, no, passed on."""

import csv
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from lodestar.casework.cases.models import Case, Person
from lodestar.intelligence.earlier_records.models import Prompt
from lodestar.platform.tenancy.tenant_transaction import within
from tests.journeys.harness.checks import check_page
from tests.journeys.harness.people import sign_in, somebody

HEAD = ["misper_ref", "happened_at", "name", "born", "place", "narrative", "source"]
ROWS = [
    ["MP/1", 60, "Ruben Castellane", "14/02/2011", "Eldham", "Found out of area with a new phone he cannot explain.", "System"],
    ["MP/2", 50, "Ilinca Dobre-Hale", "03/07/2008", "", "In a car with older males. Did not speak for herself.", ""],
    ["MP/3", 40, "Joris Linden", "19/11/1998", "", "The boss has his passport.", ""],
    ["MP/4", 30, "Walter Penhaligon", "08/08/1961", "", "Came home by himself. No concerns.", ""],
]  # fmt: skip


@pytest.fixture
def came_in(live, tmp_path):
    user = somebody("coordinator", name="Farida Quist")
    colleague = somebody("frontline", name="PC Inês Ferreira")
    file = tmp_path / "missing.csv"
    with file.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEAD)
        for reference, days, *rest in ROWS:
            writer.writerow([reference, (timezone.now() - timedelta(days=days)).strftime("%d/%m/%Y %H:%M"), *rest])
    call_command("import_records", str(file), kind="missing", user=user.username, apply=True)
    return user, colleague


def test_records_come_in_and_each_question_is_answered(phone, came_in):
    user, colleague = came_in
    sign_in(phone, user)
    phone.goto("/my-work")
    phone.get_by_role("link", name="You are asked whether each of 3 people").click()
    check_page(phone, "prompts")
    expect(phone.get_by_text("Walter Penhaligon")).to_have_count(0)

    phone.get_by_role("link", name="Could Ruben Castellane").click()
    check_page(phone, "prompt")
    expect(phone.get_by_text("“Found out of area with a new phone he cannot explain”").first).to_be_visible()
    phone.get_by_role("button", name="Save the answer").click()
    expect(phone.get_by_role("alert")).to_contain_text("Nothing is answered yet")
    check_page(phone)
    phone.get_by_label("Yes: open a concern with what the records say").check()
    phone.get_by_role("button", name="Save the answer").click()
    phone.wait_for_url("**/record/*/who")
    check_page(phone, "prompt-yes")
    expect(phone.get_by_label("Name", exact=False).first).to_have_value("Ruben Castellane")
    phone.get_by_role("button", name="Continue").click()  # what the records say goes through the screens as it stands
    phone.wait_for_url("**/record/*/safe*")

    phone.goto("/prompts")
    phone.get_by_role("link", name="Could Ilinca Dobre-Hale").click()
    phone.get_by_label("No, as far as we know").check()
    phone.get_by_label("Why", exact=True).fill("Those were her brothers: I rang her mother.")
    phone.get_by_role("button", name="Save the answer").click()

    phone.get_by_role("link", name="Could Joris Linden").click()
    phone.get_by_label("Someone else can answer it better").check()
    phone.get_by_label("Why", exact=True).fill("She knows the place.")
    phone.get_by_text("Pass it on", exact=True).click()
    phone.get_by_label("Or by user name").fill(colleague.username)
    phone.get_by_role("button", name="Save the answer").click()
    phone.wait_for_url("**/prompts")
    expect(phone.get_by_text("PC Inês Ferreira is asked")).to_be_visible()

    what_became(phone)


def what_became(phone):
    """The states of the questions, and the look-back of the case that the yes opened."""
    with within("fenmarch"):
        case, person = Case.objects.get(), Person.objects.get()
        assert (person.name, person.birth_date) == ("Ruben Castellane", "2011-02-14")
        assert sorted(Prompt.objects.values_list("state", flat=True)) == ["no", "open", "yes"]
    phone.goto(f"/cases/{case.reference}/earlier")
    expect(phone.get_by_text("Missing MP/1 of").first).to_be_visible()
    check_page(phone, "look-back")
