"""The published encounters come in as cases, once each, and owe what the answers file says."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import OperationalError
from psycopg.errors import AdminShutdown, DiskFull, ProgramLimitExceeded

from lodestar.casework.cases.models import Case, ConsentAnswer, Person
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.facts import encounters
from lodestar.casework.referral_forms.rules.route import route_of
from lodestar.casework.referrals import actions as referrals
from lodestar.exchange.imports import import_run
from lodestar.platform.accounts.access import member_from
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.obligations.settings import SHIPPED
from tests.factories.accounts import MembershipFactory, UserFactory

DATA = Path(__file__).parents[3] / "rules" / "data"
SAMPLE = DATA / "encounters-sample.jsonl"
ANSWERS = {one["reference"]: one["expect"] for one in json.loads((DATA / "encounters-sample-answers.json").read_text())}
FIRST_HOUR = {
    "make_safe", "medical_and_basic_care_first", "see_alone_with_independent_interpreter", "establish_age",
    "tell_childrens_services_now", "safe_place", "section45_first_question",
}  # fmt: skip

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def officer():
    return MembershipFactory(user=UserFactory(username="brandreth"), roles=["frontline"])


def bring_in(path, **options):
    out = io.StringIO()
    code = 0
    try:
        call_command("import_concerns", str(path), user="brandreth", stdout=out, **{"apply": True, **options})
    except SystemExit as stopped:
        code = stopped.code
    return code, out.getvalue().splitlines()


def test_twice_makes_eight_cases_once(officer):
    code, lines = bring_in(SAMPLE)
    assert (code, lines[-1]) == (0, "8 made, 0 were already here, 0 not imported")
    code, lines = bring_in(SAMPLE)
    assert (code, lines[-1]) == (0, "0 made, 8 were already here, 0 not imported")
    assert Case.objects.count() == 8
    assert ledger.differences(list(Case.objects.all())) == []


def test_without_apply_it_says_what_it_would_make_and_writes_nothing(officer, tmp_path):
    file = tmp_path / "twice.jsonl"
    file.write_text(SAMPLE.read_text() * 2 + "{\n")
    code, lines = bring_in(file, apply=False)
    assert lines[0] == "line 1: would be made (V01)"
    assert lines[8] == "line 9: already here: (V01)"
    assert lines[-1] == ("8 would be made, 8 were already here, 1 not imported. Nothing was written: run it again with --apply")
    assert (code, Case.objects.count(), list(tmp_path.iterdir())) == (2, 0, [file])


@pytest.mark.parametrize("reference", sorted(ANSWERS))
def test_each_person_owes_what_the_answers_say(officer, reference):
    bring_in(SAMPLE)
    case = Case.objects.get(imported_as=reference)
    encounter = encounters([case])[case.id]
    expected = ANSWERS[reference]["people"]
    people = list(Person.objects.filter(case=case).order_by("number"))
    assert len(people) == len(expected)
    for person, read, answer in zip(people, reading(encounter, SHIPPED).people, expected, strict=True):
        assert route_of(read).code in answer["route"]
        owed = set(Obligation.objects.filter(case=case, person=person).values_list("code", flat=True))
        assert set(answer["obligations_include"]) & FIRST_HOUR <= owed


def test_what_is_sent_for_somebody_brought_in_points_at_the_answer_that_came_with_them(officer):
    bring_in(SAMPLE)
    person = Person.objects.get(case__imported_as="V05")
    member, sent = member_from(officer), person.case.encountered_at
    row = referrals.record_referral(
        by=member, at=sent, person=person, route="nrm", direction="made_by_us", seen=0, as_it_happened=True
    )
    assert row.consent == ConsentAnswer.objects.get(person=person)


def test_a_bad_line_is_told_and_the_others_go_on(officer, tmp_path):
    good = SAMPLE.read_text().splitlines()
    file = tmp_path / "mixed.jsonl"
    long_act = json.loads(good[0])
    long_act["people"][0]["suspected_of"][0]["act"] = "x" * 5000
    nul = json.loads(good[2])
    nul["people"][0]["suspected_of"][0]["title"] = "a\u0000b"
    lines = [good[1], "{", '{"reference": "no time"}', "", json.dumps(long_act), json.dumps(nul), "[" * 100_000, good[3], "[1]"]
    file.write_text("\n".join(lines))
    code, told = bring_in(file)
    assert code == 2
    assert told[-1] == "2 made, 0 were already here, 6 not imported"
    assert len((tmp_path / "mixed.jsonl.rejects.jsonl").read_text().splitlines()) == 6
    assert "encountered_at" in told[2]
    assert Case.objects.count() == 2


def test_text_that_is_not_utf8_is_refused_with_words(officer, tmp_path):
    file = tmp_path / "latin.jsonl"
    file.write_bytes('{"reference": "Café Žlutý '.encode() + b'\xe9"}')
    assert "save the file as UTF-8" in bring_in(file)[1][0]


def line(**more):
    told = {"reference": "E-1", "encountered_at": "2026-11-01T02:00:00Z", "people": [{"id": "a"}], **more}
    return json.dumps(told, ensure_ascii=False).encode()


def test_a_hostile_file_makes_what_can_be_made_of_it_and_says_the_rest(officer, tmp_path):
    file = tmp_path / "hostile.jsonl"
    lines = [
        b"\xef\xbb\xbf" + line(),
        line() + b"\r",
        line(reference="E-2\u2028\x85, second page"),  # marks that end a line of text elsewhere
        b'{"reference": "E-3", "encountered_at": ' + b"9" * 5_000 + b"}",
        b'{"reference": "E-4", ' + line()[1:],  # a key twice
        b'{"reference": NaN}',
        b'{"reference": "E-5", "pad": "' + b"x" * 1_000_001 + b'"}',
        line(reference="\x1b[2J\x1b]0;owned\x07"),
        json.dumps({"reference": "\ud800", "encountered_at": "2026-11-01T02:00:00Z"}).encode(),
        line(reference="E" * 130 + "1"),
        line(reference="E" * 130 + "2"),  # not the same for beginning alike
        line(reference="E-6", people=[{"id": "a", "birth": {"age_min": 9, "age_max": 1}}]),
        line(reference="E-7", case={"deaths": 10**12}),
        line(reference="E-last"),
    ]
    file.write_bytes(b"\n".join(lines))
    code, told = bring_in(file)
    assert (code, told[-1]) == (2, "6 made, 1 were already here, 7 not imported")
    assert [words.split(" ")[1] for words in told[:-2]] == [f"{number}:" for number in range(1, 15)]
    assert not [words for words in told if "\x1b" in words or "\x07" in words or len(words) > 1_100]
    assert set(Case.objects.values_list("imported_as", flat=True)) >= {"E-1", "E-2\u2028\x85, second page", "E-last"}
    again = bring_in(file)[1][-1]
    assert again == "0 made, 7 were already here, 7 not imported"


@pytest.mark.parametrize("cause", [AdminShutdown, DiskFull, None])
def test_a_database_that_goes_away_ends_the_import_at_once(officer, monkeypatch, cause):
    def gone(**_):
        raise OperationalError("it stops") from cause and cause()

    monkeypatch.setattr(import_run, "import_concern", gone)
    with pytest.raises(OperationalError, match="it stops"):
        bring_in(SAMPLE)


def test_what_the_database_refuses_of_a_line_stops_no_other(officer, monkeypatch, tmp_path):
    def refused(**_):
        raise OperationalError("too long for an index") from ProgramLimitExceeded()

    monkeypatch.setattr(import_run, "import_concern", refused)
    code, lines = bring_in(SAMPLE, rejects=str(tmp_path / "again.jsonl"))
    assert (code, lines[-1]) == (2, "0 made, 0 were already here, 8 not imported")
    assert (tmp_path / "again.jsonl").read_text() == SAMPLE.read_text()
