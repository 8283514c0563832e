"""The CPS summary: what it says and never says, whom it is given to and how that is logged; as a page and as a command."""

from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from docx import Document as Word

from lodestar.casework.case_files.actions.people import record_first_account
from lodestar.casework.disclosures.models import PurposeChange
from lodestar.casework.prosecutions import presenters, queries
from lodestar.casework.prosecutions.models import ProsecutionEntry
from lodestar.casework.section45 import queries as section45
from lodestar.casework.section45.actions import record_outcome
from lodestar.platform.audit.models import Event
from lodestar.platform.documents.description import texts
from tests.apps.casework.prosecutions.test_cps import a_decision
from tests.factories.accounts import a_member
from tests.factories.cases import a_person
from tests.factories.full_records import answers, decided, signed
from tests.factories.prosecutions import an_entry
from tests.factories.signed_in import form, signed_in

pytestmark = pytest.mark.usefixtures("fenmarch")
GIVEN = {"recipient": "CPS East, Ms Advani", "reason": "Charging decision", "kind": "docx"}


def words_of(offence):
    summary = queries.summary_of(offence, list(section45.suspected_of(offence.person)), 1)
    checked = presenters.check_summary(summary)
    return "\n".join(texts(presenters.summary_document(summary, checked, timezone.now())))


def path(offence, end=""):
    return f"/people/{offence.person_id}/section-45/{offence.id}/cps-summary{end}"


def test_it_says_considered_with_a_countersigned_record_on_the_facts_as_they_are_and_else_open(detective, sergeant, offence):
    for act in (
        lambda: None,
        lambda: decided(detective, offence),
        lambda: signed(sergeant, decided(detective, offence), "need_first", "The school"),
    ):
        act()
        assert "Open" in words_of(offence)
        assert "considered" not in words_of(offence).lower()
    signed(sergeant, decided(detective, offence))
    assert "Considered. Version 3" in words_of(offence)
    record_outcome(by=detective, at=timezone.now(), offence=offence, kind="charge")
    words = words_of(offence)
    assert "considered" not in words.lower()
    assert "Opened again: they were charged" in words


def test_it_is_made_from_the_records(detective, sergeant, offence):
    case, person = offence.person.case, offence.person
    record_first_account(by=detective, at=timezone.now(), people=[person], reference="BWV 7")
    (item,) = section45.evidence_among(section45.items_of(case))
    decision = a_decision(detective, person, "cg_positive")
    why = {"decision": decision, "how": "letter", "words": "Strong evidence of choice", "offence": offence}
    an_entry(detective, case, "departure", **why)
    told = answers(child_2_against="He chose it.", child_2_evidence=item.code, child_3_reading="cannot_tell")
    signed(sergeant, decided(detective, offence, told))
    words = words_of(offence)
    wanted = (
        f"{case.reference}, person {person.number}, offence 1", "They were ", "Child’s test, part 2", "He chose it.",
        f"First account of person {person.number}, video BWV 7", "Duress", presenters.SUMMARY_WORDS["not_known"],
        "R v Brecani", "R v AAD", "Strong evidence of choice", "DC Marchetti", "countersigned by Sgt Solanki",
        "Child’s test, part 3: cannot tell yet", "Not on the list",
    )  # fmt: skip
    assert [part for part in wanted if part not in words] == []
    assert person.name not in words


def test_given_out_it_is_a_disclosure_for_prosecution_to_whom_and_why(client, detective, offence):
    a_decision(detective, offence.person)
    signed_in(client, detective)
    answer = client.post(path(offence), form(**GIVEN))
    assert "Open" in "\n".join(paragraph.text for paragraph in Word(BytesIO(answer.content)).paragraphs)
    event = Event.objects.get(code="prosecutions.summary_given")
    assert (event.recipient, event.reason, event.people) == (GIVEN["recipient"], GIVEN["reason"], [offence.person_id])
    assert PurposeChange.objects.get().used_for == "prosecution"
    assert ProsecutionEntry.objects.get(kind="summary").offence_id == offence.id
    answer = client.post(path(offence), form(**GIVEN | {"recipient": "Immigration Enforcement"}))
    assert (answer.status_code, Event.objects.filter(code="prosecutions.summary_given").count()) == (422, 1)


def test_another_victims_name_goes_nowhere_until_a_person_has_rewritten_it(client, detective, sergeant, offence):
    a_person(detective, offence.person.case, name="Blessing Okafor", roles=["possible_victim"])
    decided(detective, offence, answers(child_2_for="Blessing Okafor saw the man who collects him."))
    signed_in(client, detective)
    assert client.post(path(offence), form(**GIVEN)).status_code == 422
    assert run(offence, detective, number=1)[0] == 2
    assert not ProsecutionEntry.objects.exists()
    page = client.get(path(offence, "/check")).content.decode()
    source = page.split('name="s-child_2_for" value="')[1].split('"')[0]
    typed = {"t-child_2_for": "Somebody saw the man who collects him.", "s-child_2_for": source}
    assert client.post(path(offence, "/check"), form(**typed)).status_code == 302
    assert client.post(path(offence), form(**GIVEN)).status_code == 200
    assert "Blessing" not in words_of(offence)
    assert "Somebody saw" in words_of(offence)


def run(offence, member, *, number=1, reference="", folder="/tmp"):
    out, name = StringIO(), member.username
    try:
        call_command(
            "cps_summary", reference or offence.person.case.reference, str(number), stdout=out, folder=folder,
            user=name, recipient="CPS East", reason="Charging", kind="pdf",
        )  # fmt: skip
    except CommandError as fault:
        return fault.returncode, str(fault)
    return 0, out.getvalue().strip()


def test_the_command_writes_the_file_and_answers_alike_for_what_is_not_there_and_not_theirs(detective, offence, tmp_path):
    code, file = run(offence, detective, folder=tmp_path)
    assert (code, Path(file).read_bytes()[:4]) == (0, b"%PDF")
    reference = offence.person.case.reference
    stranger = run(offence, a_member("investigator"), folder=tmp_path)
    assert stranger == (2, f"No suspected offence 1 is recorded under {reference}.")
    assert run(offence, detective, number=2, folder=tmp_path) == (2, stranger[1].replace("1 is", "2 is"))
    assert run(offence, detective, reference="FM-99-9999", folder=tmp_path) == (2, stranger[1].replace(reference, "FM-99-9999"))
