"""References come back in a table: looked at first, kept once, by the rules of their own page; a bad row goes to a file."""

import io

import pytest
from django.core.management import CommandError, call_command

from lodestar.casework.case_files.actions.case import seal_case
from lodestar.casework.investigations.models import Crime
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.exchange.exports.models import ExternalReference
from lodestar.platform.accounts.models import Membership
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person

pytestmark = pytest.mark.usefixtures("fenmarch")


def name_of(member):
    return Membership.objects.select_related("user").get(id=member.membership).user.username


def brought(member, file, **options):
    out = io.StringIO()
    code = 0
    try:
        call_command("import_references", str(file), user=name_of(member), tenant="", stdout=out, **options)
    except SystemExit as ended:
        code = ended.code
    return code, out.getvalue()


def scene(tmp_path):
    coordinator = a_member("coordinator")
    case = a_case(coordinator)
    people = [a_person(coordinator, case, name=name) for name in ("Kieran", "Jaz")]
    file = tmp_path / "back.csv"
    file.write_text(
        "our_reference;system;reference;at\n"
        f"{case.reference}/1;crime;37/1/26;3 March 2026 0900\n"
        f"{case.reference};incident log;log-7;\n"
        f"{case.reference};intelligence;'+INT;\n",
        encoding="utf-8",
    )
    return coordinator, case, people, file


def test_looking_writes_nothing_and_applying_keeps_each_once(tmp_path):
    coordinator, case, (kieran, jaz), file = scene(tmp_path)
    code, said = brought(coordinator, file)
    assert (code, Crime.objects.count(), ExternalReference.objects.count()) == (0, 0, 0)
    assert f"line 2: would be recorded: {case.reference}/1, crime 37/1/26" in said
    assert "3 would be recorded, 0 were already here, 0 not imported. Nothing was written" in said
    code, said = brought(coordinator, file, apply=True)
    assert (code, "3 recorded, 0 were already here" in said) == (0, True)
    assert Crime.objects.get().person_id == kieran.id
    assert set(ExternalReference.objects.values_list("kind", "reference")) == {
        ("incident_log", "LOG-7"),
        ("intelligence", "+INT"),
    }
    still = Obligation.objects.filter(case=case, code="record_crime", state="open").values_list("person", flat=True)
    assert list(still) == [jaz.id], "a crime number closes by the rule that is there"
    assert ledger.differences([case]) == []
    events = Event.objects.count()
    code, said = brought(coordinator, file, apply=True)
    assert "0 recorded, 3 were already here, 0 not imported" in said
    assert (Crime.objects.count(), ExternalReference.objects.count(), Event.objects.count()) == (1, 2, events)
    assert not list(tmp_path.glob("*.rejects*"))


def test_bad_rows_stop_no_good_one_and_go_to_a_file_that_is_put_right(tmp_path):
    coordinator, case, _, file = scene(tmp_path)
    with file.open("a") as more:
        more.write(f"{case.reference}/9;crime;37/9/26;\nFM-99-9999/1;crime;37/2/26;\n{case.reference}/2;crime;37/1/26;\n")
        more.write(f"{case.reference}/2;crime;37/3/26;31/02/2026\n{case.reference}/2;crime;37/4/26;\n")
    code, said = brought(coordinator, file, apply=True)
    assert code == 2
    for why in (
        f"line 5: not imported: {case.reference} has no person 9",
        "line 6: not imported: no case FM-99-9999 is there for",
        f"line 7: not imported: 37/1/26 is another person’s in {case.reference}",
        "line 8: not imported: at: ",
        "4 recorded, 0 were already here, 4 not imported",
    ):
        assert why in said, why
    rejects = tmp_path / "back.csv.rejects.csv"
    lines = rejects.read_text(encoding="utf-8-sig").splitlines()
    assert (len(lines), "not_imported_because" in lines[0]) == (5, True)
    rejects.write_text(f"our_reference;system;reference;at\n{case.reference}/2;crime;37/3/26;1 March 2026\n")
    assert brought(coordinator, rejects, apply=True)[0] == 0
    assert Crime.objects.filter(number="37/3/26").exists()


def test_a_case_that_is_not_seen_and_one_that_is_not_there_are_told_the_same(tmp_path):
    coordinator, case, _, file = scene(tmp_path)
    owners = [a_member("supervisor").user, a_member("supervisor").user]
    seal_case(by=a_member("coordinator"), at=MET, case=case, reason="A relative.", owners=owners)
    sealed = brought(coordinator, file, apply=True)[1]
    file.write_text(file.read_text().replace(case.reference, "FM-99-9999"))
    missing = brought(coordinator, file, apply=True)[1]
    assert sealed.replace(case.reference, "FM-99-9999") == missing
    assert not Crime.objects.exists()


def test_a_file_that_is_no_table_and_somebody_who_may_not_are_refused_in_one_line(tmp_path):
    coordinator, _, _, file = scene(tmp_path)
    other = tmp_path / "other.csv"
    other.write_text("colour,shape\nred,round\n")
    with pytest.raises(CommandError, match="none of the headings"):
        brought(coordinator, other)
    with pytest.raises(CommandError, match="may not do that"):
        brought(a_member("policy_owner"), file)
    with pytest.raises(CommandError, match="would take the place"):
        brought(coordinator, file, rejects=str(file))


def test_a_crime_of_which_there_is_no_number_yet_is_none(tmp_path):
    coordinator, case, _, file = scene(tmp_path)
    for reference in ("TBC", "Not yet allocated", "N/A", "3.72612E+11"):
        file.write_text(f"our_reference;system;reference;at\n{case.reference}/1;crime;{reference};3 March 2026 0900\n")
        code, said = brought(coordinator, file, apply=True)
        assert (code, f"line 2: not imported: reference “{reference}”" in said) == (2, True)
    assert not Crime.objects.exists(), "it would close what is owed"
