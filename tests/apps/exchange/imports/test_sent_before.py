"""What came in before and is sent again: by whoever brought it, by others, of a sealed case, with other words than then."""

import json

import pytest
from django.utils import timezone

from lodestar.casework.case_files.actions.case import seal_case, unseal_case
from lodestar.casework.cases.models import AllegedOffence, Case, Person
from lodestar.casework.ledger import ledger
from lodestar.exchange.imports.actions.htcds import import_case
from lodestar.exchange.imports.rules.htcds import cases_in
from lodestar.platform.notices.models import Notice
from tests.apps.information_governance.retention.test_comes_not_again import let_them_go
from tests.factories.accounts import MembershipFactory, UserFactory, a_member
from tests.factories.importing import brought_in, table_of
from tests.factories.signed_in import signed_in

HEAD = ["incident_ref", "person_ref", "name", "role", "offence", "place", "narrative"]
PLACE, ANA = "Nail bar, Mill Lane", ["INC 1", "P1", "Ana Popescu", "victim", "", "Nail bar, Mill Lane", "She cried."]

pytestmark = pytest.mark.usefixtures("fenmarch")


def line(**more):
    told = {"reference": "E-1", "encountered_at": "2026-11-01T02:00:00Z", "people": [{"id": "a"}], **more}
    return json.dumps(told) + "\n"


@pytest.fixture
def officers():
    return {
        name: MembershipFactory(user=UserFactory(username=name, name=f"PC {name.title()}"), roles=["frontline"])
        for name in ("brandreth", "quill")
    }


@pytest.fixture
def bring_in(tmp_path, officers):
    def sent(told, by="brandreth", **options):
        name = "concerns.csv" if isinstance(told, list) else "concerns.jsonl"
        rows = [[*row, "01/11/2026 02:00"] for row in told] if isinstance(told, list) else []
        content = table_of(rows, [*HEAD, "happened_at"]) if rows else told
        return brought_in("import_concerns", tmp_path / name, content, user=by, **options)[1]

    return sent


def sealed(case):
    owners = [a_member("coordinator"), a_member("supervisor")]
    seal_case(by=owners[0], at=timezone.now(), case=case, reason="A relative works here.", owners=[one.user for one in owners])
    return owners


def alerted(case):
    return sorted(Notice.objects.filter(case=case.id, kind__startswith="report_").values_list("kind", "to"))


WAYS = {"an encounter": line(), "rows of an incident": [ANA], "a row of none": [["", *ANA[1:]]]}


@pytest.mark.parametrize("way", WAYS)
def test_whoever_brought_it_before_it_was_sealed_is_told_what_they_were_told_then(bring_in, way):
    told = WAYS[way]
    bring_in(told)
    case = Case.objects.get()
    then = bring_in(told), bring_in(told, apply=False)
    assert case.reference in then[0][0]
    sealed(case)
    assert (bring_in(told), bring_in(told, apply=False)) == then
    assert (Case.objects.count(), alerted(case)) == (1, [])


@pytest.mark.parametrize("way", WAYS)
def test_to_anybody_else_a_sealed_case_is_as_if_it_were_not_there_and_its_owners_are_alerted(bring_in, way):
    told = WAYS[way]
    other = line(reference="E-2") if isinstance(told, str) else [[told[0][0] and "INC 2", "P9", "Li Na", *told[0][3:]]]
    bring_in(told)
    case = Case.objects.get()
    owners = sealed(case)
    of_nothing = [bring_in(other, by="quill", apply=False), bring_in(other, by="quill"), bring_in(other, by="quill")]
    strange = Case.objects.exclude(id=case.id).get()
    of_a_sealed = [bring_in(told, by="quill", apply=False), bring_in(told, by="quill"), bring_in(told, by="quill")]
    own = Case.objects.exclude(id__in=[case.id, strange.id]).get()
    as_other = json.dumps(of_nothing).replace(strange.reference, own.reference).replace("E-2", "E-1").replace("INC 2", "INC 1")
    assert json.dumps(of_a_sealed) == as_other
    assert case.reference not in json.dumps(of_a_sealed)
    assert alerted(case) == sorted(("report_again", one.user) for one in owners)
    assert Notice.objects.filter(kind__startswith="report_").exclude(case=case.id).count() == 0
    assert ledger.differences(list(Case.objects.all())) == []


def test_what_is_sent_again_stays_theirs_when_the_case_is_unsealed(bring_in):
    bring_in([ANA])
    case = Case.objects.get()
    owners = sealed(case)
    bring_in([ANA], by="quill")
    then = bring_in([ANA], by="quill")
    unseal_case(by=owners[1], at=timezone.now(), case=case, reason="Over.")
    assert bring_in([ANA], by="quill") == then
    bring_in([[*ANA[:6], "He came back."]], by="quill")
    assert Person.objects.filter(case=case).count() == 1


def test_the_alert_stands_on_its_owners_next_page_and_says_nothing_of_what_came(client, bring_in):
    bring_in(line())
    case = Case.objects.get()
    owner, _ = sealed(case)
    bring_in(line(), by="quill")
    own = Case.objects.exclude(id=case.id).get()
    signed_in(client, owner)
    page = client.get("/my-work").content.decode()
    assert case.reference in page
    assert "PC Quill" in page
    assert own.reference not in page
    assert "Say nothing of it when you ring" in page


# --- something else under a reference that came before ---------------------------------------------------------------------


def test_an_encounter_that_says_more_is_refused_in_one_sentence(bring_in, tmp_path):
    more = line(people=[{"id": "a", "birth": {"date": "2009-04-01"}}, {"id": "b"}])
    bring_in(line())
    case = Case.objects.get()
    told = bring_in(more)
    why = f"line 1: not imported: reference: it differs from the earlier report with this reference ({case.reference}): "
    assert told[0].startswith(why)
    assert (tmp_path / "concerns.jsonl.rejects.jsonl").read_text() == more
    assert bring_in(more, apply=False)[0] == told[0]
    assert bring_in(line())[-1] == "0 made, 1 were already here, 0 not imported"
    assert Person.objects.count() == 1


def test_two_under_one_reference_in_one_file_are_told_apart_before_anything_is_written(bring_in):
    told = bring_in(line() + line(people=[{"id": "b"}]) + line(), apply=False)
    assert told[-1].startswith("1 would be made, 1 were already here, 1 not imported")
    assert "differs from an earlier row" in told[1]


def test_the_same_in_another_order_and_spelling_stood_already(bring_in):
    bring_in(line())
    again = {"people": [{"id": "a", "roles": None}], "encountered_at": "2026-11-01T02:00:00+00:00", "reference": " E-1"}
    assert bring_in(json.dumps(again))[-1] == "0 made, 1 were already here, 0 not imported"


def test_whoever_may_not_open_the_case_is_not_told_its_reference(bring_in):
    bring_in(line())
    told = bring_in(line(people=[{"id": "b"}]), by="quill")[0]
    assert "it differs from the earlier report with this reference: if" in told
    assert Case.objects.get().reference not in told


def test_an_encounter_under_the_reference_of_rows_is_not_lost(bring_in):
    bring_in([ANA])
    assert "it differs from" in bring_in(line(reference="INC 1"))[0]


# --- rows in a case that the sender may not open ---------------------------------------------------------------------


def test_rows_of_somebody_who_may_not_open_the_case_change_nothing_that_stands(bring_in, officers):
    bring_in([["INC 1", "P1", "", "victim", "", "", ""]])
    case, before = Case.objects.get(), Person.objects.get()
    told = bring_in([["INC 1", "P1", "Ana Popescu", "suspect", "Theft", PLACE, "He said so."]], by="quill")
    assert told[0].startswith("line 2: added to (INC 1);")
    case.refresh_from_db()
    now = Person.objects.get(id=before.id)
    assert (case.place, now.name, now.roles, now.version) == ("", "", before.roles, before.version)
    assert not AllegedOffence.objects.filter(person=before).exists()
    added = Person.objects.exclude(id=before.id).get()
    assert (added.name, added.case_id) == ("Ana Popescu", case.id)
    assert alerted(case) == [("report_added", officers["brandreth"].user_id)]
    assert bring_in([["INC 1", "P1", "Ana Popescu", "suspect", "Theft", PLACE, "He said so."]], by="quill")[-1].startswith(
        "0 made, 1 were already here"
    )
    assert (Person.objects.count(), len(alerted(case))) == (2, 1)
    assert ledger.differences(list(Case.objects.all())) == []


def test_the_next_row_of_whoever_has_the_case_is_about_their_own_person(bring_in):
    bring_in([["INC 1", "P1", "", "victim", "", "", ""]])
    own = Person.objects.get()
    strangers = [["INC 1", "P1", "Ana Popescu", "", "", "", ""], ["INC 1", "P2", "Bea", "", "", "", ""]]
    bring_in(strangers, by="quill")
    assert Person.objects.count() == 3
    bring_in([["INC 1", "P1", "Anna Popova", "", "", PLACE, ""], ["INC 1", "P2", "Cid", "", "", "", ""]])
    own.refresh_from_db()
    assert own.name == "Anna Popova"
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Ana Popescu", "Anna Popova", "Bea", "Cid"]
    for rows, by in ((strangers, "quill"), ([["INC 1", "P2", "Cid", "", "", "", ""]], "brandreth")):
        assert bring_in(rows, by=by)[-1].startswith("0 made, ")
    assert Person.objects.count() == 4


def test_letting_one_go_whom_somebody_added_keeps_out_nothing_about_the_other(bring_in):
    bring_in([["INC 1", "P1", "", "victim", "", "", ""]])
    bring_in([["INC 1", "P1", "Ana Popescu", "", "", "", ""]], by="quill")
    let_them_go(Person.objects.select_related("case").get(name="Ana Popescu"))
    told = bring_in([["INC 1", "P1", "Anna Popova", "", "", "", ""]])
    assert (told[0][:16], [one.name for one in Person.objects.all()]) == ("line 2: added to", ["Anna Popova"])
    again = bring_in([["INC 1", "P1", "Ana Popescu", "", "", "", ""]], by="quill")
    assert "it was deleted on " in again[0]
    bring_in([["INC 1", "P9", "Cid", "", "", "", ""]])
    let_them_go(Person.objects.select_related("case").get(name="Anna Popova"))
    assert "it was deleted on " in bring_in([["INC 1", "P1", "Anna P", "", "", "", ""]])[0]


@pytest.mark.parametrize("strangers", ["before", "after"])
def test_letting_the_owners_own_go_keeps_them_out_while_somebody_elses_of_the_reference_stays(bring_in, strangers):
    bring_in([["INC 1", "P9", "Cid", "", "", "", ""]])
    sends = [([["INC 1", "P1", "Anna", "victim", "", "", ""]], "brandreth"), ([["INC 1", "P1", "Ana", "", "", "", ""]], "quill")]
    for rows, by in sends[::-1] if strangers == "before" else sends:
        bring_in(rows, by=by)
    let_them_go(Person.objects.select_related("case").get(name="Anna"))
    told = bring_in([["INC 1", "P1", "Anna", "victim", "", "", "Something new"]])
    assert "it was deleted on " in told[0]
    assert sorted(Person.objects.values_list("name", flat=True)) == ["Ana", "Cid"]
    changed = [["INC 1", "P1", "Ana", "", "", "", "Something new"]]
    assert "would be added to" in bring_in(changed, by="quill", apply=False)[0]
    assert bring_in(changed, by="quill")[0].startswith("line 2: added to "), "theirs stays"
    assert "it was deleted on " in bring_in([["INC 1", "P1", "Anna", "victim", "", "", ""]], by="quill")[0]
    while theirs := Person.objects.select_related("case").filter(name="Ana").first():
        let_them_go(theirs)
    assert "it was deleted on " in bring_in([["INC 1", "P1", "Ana P", "", "", "", ""]], by="quill")[0]


def test_letting_somebodys_own_go_keeps_out_their_next_row_once_none_of_theirs_stays_and_no_others(bring_in):
    bring_in([["INC 1", "P1", "Anna", "victim", "", "", ""]])
    for name in ("Ana", "Bea"):
        bring_in([["INC 1", "P1", name, "", "", "", ""]], by="quill")
    for name in ("Ana", "Bea"):
        let_them_go(Person.objects.select_related("case").get(name=name))
        if name == "Ana":
            assert bring_in([["INC 1", "P1", "Cid", "", "", "", ""]], by="quill")[0].startswith("line 2: added to ")
            let_them_go(Person.objects.select_related("case").get(name="Cid"))
    assert "it was deleted on " in bring_in([["INC 1", "P1", "Dee", "", "", "", ""]], by="quill")[0]
    assert bring_in([["INC 1", "P1", "Anna", "", "", PLACE, ""]])[0].startswith("line 2: added to ")


# --- cases from another body's system ---------------------------------------------------------------------


def test_htcds_of_a_sealed_case_is_the_same(fenmarch):
    (incoming,) = cases_in([{"x_lodestar_case": "C 1", "prs_FirstName": "Ana"}], timezone.now().isoformat())
    from lodestar.exchange.imports.actions.earlier_reports import SaysOtherwise

    (more,) = cases_in([{"x_lodestar_case": "C 1", "prs_FirstName": "Ana Maria"}], timezone.now().isoformat())
    first, second = a_member("coordinator"), a_member("coordinator")
    made = import_case(by=first, at=timezone.now(), incoming=incoming)
    owners = sealed(made.case)
    again = import_case(by=first, at=timezone.now(), incoming=incoming)
    assert (again.is_new, again.reference) == (False, made.case.reference)
    other = import_case(by=second, at=timezone.now(), incoming=incoming)
    assert (other.is_new, other.reference == made.case.reference) == (True, False)
    assert alerted(made.case) == sorted(("report_again", one.user) for one in owners)
    with pytest.raises(SaysOtherwise):
        import_case(by=second, at=timezone.now(), incoming=more)
