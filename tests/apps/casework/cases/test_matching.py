"""Who may be known already, found in the database: by name in any spelling, by age, by telephone and by address."""

from datetime import date
from io import StringIO

import factory
import pytest
from django.core.management import call_command
from django.db import connection

from lodestar.casework.case_files.actions.people import change_person, learn_of_person
from lodestar.casework.cases.models import Person
from lodestar.casework.safe_addresses.actions import agree_contact, record_address
from lodestar.intelligence.identities.management.commands.index_people import mark_tenant
from lodestar.intelligence.identities.models import Match, PersonIndexKey
from lodestar.intelligence.identities.queries import COMPARED, hashed, who_is_like
from lodestar.intelligence.identities.rules.blind_index import sought_by
from lodestar.intelligence.identities.rules.match_reasons import Described
from lodestar.platform.tenancy.tenant_transaction import current_tenant, within
from tests.factories.accounts import TenantFactory, a_member
from tests.factories.cases import MET, PersonFactory, a_case, a_person, contact_rule
from tests.offenders import each


@pytest.fixture
def here(fenmarch):
    officer = a_member("frontline", name="PC Brandreth")
    return officer, a_case(officer)


def names_like(name: str = "", **told) -> list[str]:
    found = who_is_like(Described(names=(name,) if name else (), **told))
    return [Person.objects.get(id=one.person_id).name for one in found]


@each(
    ("recorded", "asked"),
    [
        ("Nguyễn Thị Hồng Nhung", "Nhung Nguyen"),
        ("Жанна Цой", "Zhanna Tsoi"),
        ("محمد عبد الرحمن", "Mohamed Abdul-Rahman"),
        ("김민수", "Kim Min-soo"),
        ("王小明", "Xiaoming WANG"),
        ("Marek Kowalski", "Kowalsky, Marek"),
    ],
)
def test_a_name_is_found_in_any_spelling_both_ways(here, recorded, asked):
    officer, case = here
    a_person(officer, case, name=recorded)
    a_person(officer, case, name="Bogdan Ionescu")
    assert names_like(asked) == [recorded]
    a_person(officer, a_case(officer), name=asked)
    assert set(names_like(recorded)) == {recorded, asked}


def test_ages_that_differ_speak_against_a_name(here):
    officer, case = here
    a_person(officer, case, name="Ana Moore", age_min=None, age_max=None, birth_date="2009-09-04")
    assert names_like("Anna Moor", born="2009") == ["Ana Moore"]
    assert names_like("Ana Moore", age_min=16, age_max=18, age_on=date(2026, 3, 2)) == ["Ana Moore"]
    assert names_like("Ana Moore", born="1984-02-03") == []


def test_a_telephone_is_found_however_it_was_written_and_lies_nowhere_to_be_read(here):
    officer, case = here
    person = a_person(officer, case, name="Ana Moore")
    record_address(
        by=officer, at=MET, person=person, address="Flat 2, 14 Low Rd, Lincoln LN1 1AA",
        viewers=(),
    )  # fmt: skip
    agree_contact(by=officer, at=MET, person=person, rule=contact_rule(to_use="text (0)7700 900123"))
    assert names_like(phones=("+44 (0) 7700-900 123",)) == ["Ana Moore"]
    assert names_like("Anna M", addresses=("14 Low Road flat 2, LN11AA",)) == ["Ana Moore"]
    with connection.cursor() as cursor:
        cursor.execute("select identities_personindexkey::text from identities_personindexkey")
        assert "900123" not in (row := cursor.fetchone()[0])
        assert "Moore" not in row


def test_marks_follow_what_they_rest_on(here):
    officer, case = here
    person = a_person(officer, case, name="Ana Moore")
    person = change_person(by=officer, at=MET, person=person, version=1, facts={"name": "Petra Vlk"})
    assert (names_like("Ana Moore"), names_like("Petra Vlk")) == ([], ["Petra Vlk"])
    change_person(by=officer, at=MET, person=person, version=2, facts={"belief": "none"})
    assert names_like("Petra Vlk") == []
    assert not PersonIndexKey.objects.exists()


def test_nobody_is_like_one_who_is_not_known(here):
    officer, case = here
    a_person(officer, case, name="Unknown male")
    assert names_like("unknown") == []
    assert not PersonIndexKey.objects.exists()


def test_the_case_in_hand_is_left_out(here):
    officer, case = here
    a_person(officer, case, name="Ana Moore")
    assert who_is_like(Described(names=("Ana Moore",)), but=case.id) == []


def test_another_force_is_found_by_that_question_alone(db):
    """And what the finder gives of it can be opened by the holder of the field keys only."""
    for slug, prefix in (("fenmarch", "FM"), ("eastern", "EA")):
        TenantFactory(slug=slug, name=slug, reference_prefix=prefix)
    with within("eastern"):
        officer = a_member("frontline")
        person = a_person(officer, a_case(officer), name="Ana Moore")
    with within("fenmarch"):
        officer = a_member("frontline")
        a_person(officer, a_case(officer), name="Anna Moor")
        asked = Described(names=("ana MOORE",))
        assert [like.person_id for like in who_is_like(asked)] != [person.id]
        (found,) = who_is_like(asked, elsewhere=True)
        assert (found.person_id, found.case_id) == (person.id, person.case_id)
        sought = hashed(sought_by(asked))
        with connection.cursor() as cursor:
            cursor.execute("select identities_people_marked(%s, %s, 9, 9, true)::text", [sought, [1] * len(sought)])
            assert "Moore" not in cursor.fetchone()[0]


def test_people_who_were_there_before_are_filed_by_the_command(here):
    _, case = here
    PersonFactory(case=case, name="Ana Moore")
    assert names_like("Ana Moore") == []
    said = StringIO()
    call_command("index_people", only_new=True, stdout=said)
    assert said.getvalue() == "1 people filed\n"
    assert names_like("Ana Moore") == ["Ana Moore"]


NAMESAKES = 100  # more than are read of one mark


def filed(*names):
    """People of one case, filed at once."""
    case = a_case(a_member("frontline"))
    PersonFactory.create_batch(len(names), case=case, name=factory.Iterator(names))
    mark_tenant(current_tenant(), only_new=True)


@pytest.mark.parametrize("others", [1, 3])
def test_our_own_namesakes_and_those_of_one_force_crowd_nobody_out(db, others):
    """What is read of a mark is read of each force: a name that we have a hundred of hides nobody elsewhere, and a large force
    hides no small one."""
    slugs = ["eastern", "northern", "southern"][:others]
    for slug in ("fenmarch", *slugs):
        TenantFactory(slug=slug, name=slug, reference_prefix=slug[:2].upper())
    for slug in ("fenmarch", *slugs[1:]):
        with within(slug):
            filed(*["Ana Moore"] * NAMESAKES)
    with within(slugs[0]):
        filed("Ana Moore")
        theirs = Person.objects.get().id
    of_each = []
    for slug in slugs:
        with within(slug):
            of_each.append(set(Person.objects.values_list("id", flat=True)))
    with within("fenmarch"):
        found = who_is_like(Described(names=("Ana Moore",)), limit=500, elsewhere=True)
        assert theirs in {one.person_id for one in found}
        assert all(people & {one.person_id for one in found} for people in of_each)
        assert len(found) <= COMPARED


def test_where_no_force_is_at_work_nobody_is_found(db):
    TenantFactory(slug="fenmarch", name="fenmarch", reference_prefix="FM")
    with within("fenmarch"):
        filed(*["Ana Moore"] * NAMESAKES)
    sought = hashed(sought_by(Described(names=("Ana Moore",))))
    with connection.cursor() as cursor:
        for elsewhere in (True, False):
            cursor.execute("select identities_people_marked(%s, %s, 80, 60, %s)", [sought, [3] * len(sought), elsewhere])
            assert cursor.fetchall() == []


BORN = {"birth_date": "1984-02-03", "age_basis": "stated"}


def test_an_address_that_is_kept_puts_no_marks_back_to_what_was_read_before(here):
    """A page reads whom it is about, a colleague saves the day of birth, and the page is sent."""
    officer, case = here
    read_before = a_person(officer, case, name="Ana Moore", age_min=None, age_max=None)
    learn_of_person(by=officer, at=MET, person=read_before, version=1, facts=BORN)
    known = a_person(officer, a_case(officer), name="Ana", age_min=None, age_max=None, **BORN)
    agree_contact(by=officer, at=MET, person=read_before, rule=contact_rule())
    assert Match.objects.get().other == known
    assert names_like("Ana", born=BORN["birth_date"]) == ["Ana Moore", "Ana"]


def test_filing_everybody_anew_puts_nothing_back_that_is_saved_meanwhile(here):
    officer, case = here
    person = a_person(officer, case, name="Ana Moore", age_min=None, age_max=None)
    saved = []

    def saved_meanwhile(execute, sql, *rest):
        rows = execute(sql, *rest)
        if not saved and 'FROM "cases_person"' in sql:
            saved.append(sql)
            change_person(by=officer, at=MET, person=person, version=1, facts={"name": "Petra Vlk"})
        return rows

    with connection.execute_wrapper(saved_meanwhile):
        mark_tenant("fenmarch", only_new=False)
    assert (names_like("Ana Moore"), names_like("Petra Vlk")) == ([], ["Petra Vlk"])
