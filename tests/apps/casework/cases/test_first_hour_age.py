"""Finding out how old somebody may be."""

from html import unescape

import pytest

from lodestar.casework.cases.models import Person, PersonVersion
from lodestar.casework.ledger.models import Obligation
from tests.factories.accounts import a_member
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import form, signed_in
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")


def nobody_knows():
    officer = a_member("frontline")
    case = a_case(officer)
    return officer, case, a_person(officer, case, name="Jaz", age_min=None, age_max=None)


def age(client, person, version=1, **typed):
    return client.post(f"/people/{person.id}/age", form(version=str(version), **typed))


def open_codes(person):
    return set(Obligation.objects.filter(person=person, state="open").values_list("code", flat=True))


@each(
    ("typed", "kept", "is_child"),
    [
        ({"age_min": "15", "age_max": "15", "age_basis": "stated"}, (15, 15, "", "stated"), True),
        ({"age_min": "15", "age_max": "19", "age_basis": "estimated"}, (15, 19, "", "estimated"), True),
        ({"age_min": "30"}, (30, None, "", "unknown"), False),
        ({"birth_date": "2011-09-04", "age_basis": "document"}, (None, None, "2011-09-04", "document"), True),
        ({"birth_date": "1980"}, (None, None, "1980", "unknown"), False),
        ({"age_basis": "disputed"}, (None, None, "", "disputed"), True),
    ],
)
def test_what_is_known_is_kept_and_closes_the_line(client, typed, kept, is_child):
    officer, case, person = nobody_knows()
    assert "establish_age" in open_codes(person)
    assert age(signed_in(client, officer), person, **typed).url == f"/cases/{case.reference}/do-now#establish_age"
    row = Person.objects.get(id=person.id)
    assert (row.age_min, row.age_max, row.birth_date, row.age_basis) == kept
    assert "establish_age" not in open_codes(person)
    assert ("tell_childrens_services_now" in open_codes(person)) is is_child


@each(
    ("typed", "said"),
    [
        ({"age_min": "fifteen"}, "“fifteen” is not an age in years"),
        ({"age_max": "-3"}, "“-3” is not an age in years"),
        ({"age_min": "200"}, "“200” is not an age in years"),
        ({"age_min": "19", "age_max": "15"}, "The oldest, 15, is below the youngest, 19"),
        ({"birth_date": "about 15"}, "“about 15” is not a date of birth"),
        ({}, "Write an age, or how it is known"),
    ],
)
def test_what_cannot_be_read_is_asked_again(client, typed, said):
    officer, _, person = nobody_knows()
    page = age(signed_in(client, officer), person, **typed)
    assert page.status_code == 422
    assert said in unescape(page.content.decode())
    assert "establish_age" in open_codes(person)


def test_a_colleague_s_change_meanwhile_is_shown_beside_one_s_own(client):
    officer, case, person = nobody_knows()
    a_person(officer, case, name="Jaz")
    age(signed_in(client, officer), person, age_min="20", age_max="20")
    page = age(client, person, age_min="15", age_max="15")
    html = unescape(page.content.decode())
    assert page.status_code == 422
    assert "A colleague changed Jaz (1) while you were writing." in html
    assert "Recorded now: 20." in html
    assert 'value="15"' in html
    assert 'name="version" value="2"' in html
    assert age(client, person, version=2, age_min="15", age_max="15").status_code == 302
    assert PersonVersion.objects.filter(person=person).count() == 2
