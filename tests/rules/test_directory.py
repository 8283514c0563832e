"""National bodies by day, and by what a protected address is known in another spelling. No database."""

from datetime import date, timedelta

from lodestar.directory.entities.rules import compared_keys, is_too_vague, organisation_keys, place_keys, protected_keys
from lodestar.directory.partners.rules import bodies_on, is_stale
from lodestar.platform.text.reference_lists import reference_list
from tests.offenders import each

LAST, FIRST = date(2026, 4, 6), date(2026, 4, 7)
AUTHORITY, AGENCY = "labour_abuse_authority", "fair_work_agency"


def test_the_labour_regulator_changes_between_two_days():
    before, after = bodies_on(LAST), bodies_on(FIRST)
    assert AGENCY not in before
    assert not before[AUTHORITY].is_over(LAST)
    assert after[AUTHORITY].is_over(FIRST)
    assert after[AUTHORITY].successor == AGENCY
    assert {code for code, body in after.items() if body.successor == AGENCY} == {
        AUTHORITY, "minimum_wage_enforcement", "employment_agency_standards",
    }  # fmt: skip
    names = [bodies_on(day)[AUTHORITY].name for day in (date(2017, 4, 30), date(2017, 5, 1))]
    assert names[0] != names[1]


def test_every_successor_is_a_body_that_follows_on_the_day_after():
    rows = reference_list("partners", "bodies").rows
    for row in rows:
        if "successor" in row:
            assert row["successor"] in bodies_on(row["to"] + timedelta(days=1))
    first_responders = {row["code"]: row["name"] for row in reference_list("referrals", "first_responders").rows}
    mine = {code: body.name for code, body in bodies_on(FIRST).items()}
    same = first_responders.keys() & mine.keys()
    assert {AUTHORITY, AGENCY} <= same
    assert {code for code in same if first_responders[code] != mine[code]} <= {"salvation_army"}


def test_a_partner_is_stale_the_day_after_the_limit():
    on = date(2026, 9, 1)
    assert [is_stale(on, on + timedelta(days=days), 90) for days in (89, 90, 91)] == [False, False, True]
    assert is_stale(None, on, 90)


FLAT = "Flat 2, 14 Mill Road, Ipswich IP1 2AB"


@each(
    ("kept", "asked", "is_found"),
    [
        (FLAT, "14 mill rd., ip12ab", True),
        (FLAT, "apt 2 14 Mill Rd IPSWICH", True),
        (FLAT, "Flat 2, 14 Mill Road", True),
        (FLAT, "15 Mill Road, Ipswich IP1 2AB", False),
        (FLAT, "14 Mill Road, Norwich NR1 1AA", False),
        ("14 Mill Road IP1 2AB", FLAT, True),
        ("1 Nowhere Lane", "1 Nowhere Ln, Ipswich, IP1 2AB", True),
        ("Address: 12 Mill Lane\nPhone: 07700 900123", "12 Mill Lane, Boston", True),
        ("text her on 07700 900123", "+44 7700 900 123", True),
        ("text her on 07700 900123", "07700 900124", False),
        ("Willow Farm, Hadleigh IP7 6AB", "The Barn, Willow Farm, ip7 6ab", True),
        ("Willow Farm, Hadleigh IP7 6AB", "3 Willow Way, IP7 6AB", False),
    ],
)
def test_a_protected_text_is_found_in_another_spelling(kept, asked, is_found):
    assert bool(protected_keys(kept) & compared_keys([asked])) is is_found


def a_place(**values):
    return dict.fromkeys(("name", "address_line", "postcode", "uprn"), "") | {"latitude": None, "longitude": None} | values


def test_a_place_and_an_organisation_are_found_again_by_exact_keys():
    mine = place_keys(a_place(name="Lilac Nails", address_line="3 Fen Rd, Ely", postcode="CB7 4ZZ"))
    assert mine & place_keys(a_place(name="Nails", address_line="3 Fen Road", postcode="cb74zz"))
    assert not mine & place_keys(a_place(name="Lilac Nails", address_line="5 Fen Rd, Ely", postcode="CB7 4ZZ"))
    vague = [a_place(name="By the station"), a_place(address_line="14 Mill Road"), a_place(address_line="14 Mill Road", uprn="1")]
    assert all(map(is_too_vague, vague))
    assert not is_too_vague(a_place(name="Fen Farm", postcode="CB7 4ZZ"))
    blank = {"telephone": "", "company_number": "", "website": ""}
    first = organisation_keys(blank | {"name": "Lilac Nails Ltd", "website": "https://www.Lilac.example/shop"})
    assert first & organisation_keys(blank | {"name": "LILAC NAILS LIMITED"})
    assert first & organisation_keys(blank | {"name": "Other", "website": "lilac.example"})
    assert not first & organisation_keys(blank | {"name": "Lilac Nail"})
