"""Cases from a file of another body's system: looked at first, made once, and nothing kept by looking."""

import hashlib
import json
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.ledger import ledger
from lodestar.intelligence.identities.models import Match, MatchAlert
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")

LOOK, TAKE = "/exports/taking-in", "/exports/taking-in/take"
THEIRS = [
    {"prs_FirstName": "Ana", "prs_SecondName": "Popescu", "prs_Email": "a@b.org", "vic_TypeOfExploitation": ["ForcedLabour"]},
    {"prs_FirstName": "Ion", "x_lodestar_case": "BB-7", "cas_IncomingReferralDate": "2026-03-02"},
]  # fmt: skip


@pytest.fixture
def coordinator():
    return a_member("coordinator")


def sent(client, path, records, **more):
    content = records if isinstance(records, bytes) else json.dumps(records).encode()
    return client.post(path, form(file=SimpleUploadedFile("theirs.json", content), **more))


def mark(records):
    return hashlib.sha256(json.dumps(records).encode()).hexdigest()


def words(page):
    return unescape(page.content.decode())


def shown(page):
    """What a page says, without the keys of its form."""
    return words(page).partition("<h1")[2].partition("<form")[0]


def test_looking_says_what_would_be_made_and_what_not_and_keeps_nothing(client, coordinator):
    signed_in(client, coordinator)
    events = Event.objects.count()
    with at_most(15):
        page = sent(client, LOOK, THEIRS)
    assert page.status_code == 200
    assert len(page.content) <= 30_000
    for told in ("Ana Popescu", "Ion", "HTCDS BB-7", "Not said", "A new case", "prs_Email cannot be stored here", mark(THEIRS)):
        assert told in words(page)
    assert Case.objects.count() == 0
    assert Event.objects.count() == events


def test_taking_in_makes_the_cases_once_and_lists_them(client, coordinator):
    signed_in(client, coordinator)
    for _ in range(2):
        page = sent(client, TAKE, THEIRS, looked_at=mark(THEIRS))
        assert (page.status_code, page.url) == (302, LOOK)
    assert set(Person.objects.values_list("name", flat=True)) == {"Ana Popescu", "Ion"}
    assert Case.objects.count() == 2
    assert ledger.differences(list(Case.objects.all())) == []
    listed = words(client.get(LOOK))
    assert all(case.reference in listed for case in Case.objects.all())
    assert words(sent(client, LOOK, THEIRS)).count("Already here as") == 2


@pytest.mark.parametrize("looked_at", ["", mark([]), "\u00e9" * 64])
def test_what_was_not_looked_at_is_not_taken_in(client, coordinator, looked_at):
    page = sent(signed_in(client, coordinator), TAKE, THEIRS, looked_at=looked_at)
    assert page.status_code == 422
    assert "not the file you checked" in words(page)
    assert Case.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "Choose the file"),
        (b"\x00\xff", "Nothing can be imported: the file is neither"),
        (b'[{"prs_Gender": "=cmd()"}]', "Nothing can be imported: record 1: prs_Gender"),
        (json.dumps([{"prs_FirstName": f"P{one}"} for one in range(21)]).encode(), "The file holds 21 cases"),
    ],
)
@pytest.mark.parametrize("path", [LOOK, TAKE])
def test_what_cannot_be_taken_in_is_said_in_one_sentence(client, coordinator, path, content, says):
    page = sent(signed_in(client, coordinator), path, content)
    assert page.status_code == 422
    assert says in words(page)
    assert Case.objects.count() == 0


def test_a_full_and_long_file_stays_a_small_page(client, coordinator):
    records = [
        {
            "prs_FirstName": f"\u0407 & {place} " + "\u0457" * 150,
            "x_lodestar_case": f"{case} " + "\u0457" * 60,
            f"none_{place}_{case}": "x",
        }
        for case in range(20)
        for place in range(9)
    ]  # fmt: skip
    page = sent(signed_in(client, coordinator), LOOK, records)
    assert page.status_code == 200
    assert len(page.content) <= 30_000
    assert "and 4 more" in words(page)
    assert "more of the same kind" in words(page)


def test_a_case_that_was_sealed_since_is_as_it_was_to_who_took_it_in_and_not_there_for_anybody_else(client, coordinator):
    file = THEIRS[1:]
    signed_in(client, coordinator)
    sent(client, TAKE, file, looked_at=mark(file))
    case = Case.objects.get()
    owner, second = a_member("coordinator"), a_member("supervisor")
    then = shown(sent(client, LOOK, file))
    assert f'Already here as <a class="govuk-link" href="/cases/{case.reference}">' in then
    seal_case(by=owner, at=MET, case=case, reason="A relative.", owners=[owner.user, second.user])
    assert shown(sent(client, LOOK, file)) == then
    assert sent(client, TAKE, file, looked_at=mark(file)).status_code == 302
    assert Case.objects.count() == 1
    assert case.reference not in words(client.get(LOOK))
    signed_in(client, a_member("coordinator"))
    page = words(sent(client, LOOK, file))
    assert "A new case" in page
    assert case.reference not in page
    assert sent(client, TAKE, file, looked_at=mark(file)).status_code == 302
    own = Case.objects.exclude(id=case.id).get()
    assert f"/cases/{own.reference}" in shown(sent(client, LOOK, file))
    assert set(MatchAlert.objects.filter(of_case=case).values_list("to", flat=True)) == {owner.user, second.user}


def test_a_case_that_says_otherwise_than_before_is_told_of_and_left(client, coordinator):
    first = THEIRS[1:]
    both = [{**first[0], "prs_FirstName": "Maria"}, {"x_lodestar_case": "C 2", "prs_FirstName": "Li"}]
    signed_in(client, coordinator)
    sent(client, TAKE, first, looked_at=mark(first))
    page = words(sent(client, LOOK, both))
    assert "Not imported: it differs from the earlier report with this reference" in page
    assert ": if it is the same report" in page
    answer = sent(client, TAKE, both, looked_at=mark(both))
    assert "1 case of the file differs from the earlier import" in words(client.get(answer.url))
    assert set(Person.objects.values_list("name", flat=True)) == {"Ion", "Li"}


def known(*, sealed):
    """Somebody who stands in a case of others under a name of THEIRS, in other letters."""
    owner, second = a_member("investigator"), a_member("supervisor")
    case = a_case(owner)
    person = a_person(owner, case, name="Анна Попеску")
    if sealed:
        seal_case(by=second, at=MET, case=case, reason="A relative.", owners=[owner.user, second.user])
    return person, owner, second


@pytest.mark.parametrize("sealed", [False, True])
def test_who_is_taken_in_is_compared_with_everybody_recorded_before(client, coordinator, sealed):
    """In the same transaction; the owners hear of it, and whoever takes in reads nothing of a sealed case."""
    person, owner, second = known(sealed=sealed)
    page = sent(signed_in(client, coordinator), TAKE, THEIRS, looked_at=mark(THEIRS))
    assert (page.status_code, page.url) == (302, LOOK)
    match = Match.objects.get()
    assert (match.person.name, match.other_id) == ("Ana Popescu", person.id)
    told = set(MatchAlert.objects.filter(match=match, to__isnull=False).values_list("to", flat=True))
    assert told == ({owner.user, second.user} if sealed else {owner.user})
    assert Event.objects.filter(code="cases.people_compared").count() == 2  # once for each case, with its names
    if sealed:
        assert match.outcome == "sealed"
        listed = words(client.get(LOOK))
        assert person.case.reference not in listed
        assert "Попеску" not in listed


def test_when_comparing_fails_nothing_is_taken_in(client, coordinator, monkeypatch):
    def fails(**_):
        raise RuntimeError("the database went away")

    monkeypatch.setattr("lodestar.exchange.imports.actions.encounter_import.compare_people", fails)
    with pytest.raises(RuntimeError):
        sent(signed_in(client, coordinator), TAKE, THEIRS, looked_at=mark(THEIRS))
    assert (Case.objects.count(), Person.objects.count()) == (0, 0)
