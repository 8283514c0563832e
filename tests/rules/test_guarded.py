"""What is left out of a text before it goes to another system: the names of others, but not the name they share."""

import pytest

from lodestar.cases.rules.reported import OF_A_RECORD, is_of_a_system, known_by
from lodestar.exchange.rules.guarded import described, guarded, names_of_others, place_told, reaching
from lodestar.referrals.rules.held import says_held
from lodestar.referrals.rules.naming import Identifier
from lodestar.referrals.rules.withheld import LEFT_OUT


def test_what_others_are_called_but_for_what_the_person_is_called_too():
    others = names_of_others("Gheorghe Bogza", ["Ana Bogza", "Bogza", "Bogza, Gheorghe", "Mirela Pop"])
    assert [(one.kind, one.value, one.shared) for one in others] == [
        ("name", "Ana Bogza", {"bogza"}), ("name", "Mirela Pop", set())
    ]  # fmt: skip
    assert guarded("Ana came with Bogza and Mirela Pop", others) == f"{LEFT_OUT} came with Bogza and {LEFT_OUT} {LEFT_OUT}"


@pytest.mark.parametrize(
    ("own", "other", "text", "left"),
    [
        ("Linh Nguyen", "An Nguyen, a girl", "He hit An. An open door, a girl", "He hit {}. An open door, a girl"),
        ("Linh Nguyen", "An Nguyen (girl)", "He hit An and a Girl", "He hit {} and a Girl"),
        ("Linh Nguyen", "An Nguyen girl", "He hit An", "He hit {}"),
        ("Linh Nguyen", "My Nguyen, sister", "I saw My. The Sister of my aunt", "I saw {}. The Sister of my aunt"),
        ("Linh Nguyen", "Son Nguyen (male)", "I saw Son, a young son; son Nguyen", "I saw {}, a young son; {} Nguyen"),
        ("Joe Smith", "Guy Smith, male", "I saw Guy with a guy", "I saw {} with a guy"),
        ("Linh Nguyen", "Nguyen, unknown female", "The Female was Nguyen", "The Female was Nguyen"),
        ("Linh Nguyen", "Nguyen Van Minh", "Then Van Minh in a van", "Then {} {} in a van"),
        ("Bo Nguyen", "Nguyen, A Linh", "Blood of group A, Linh", "Blood of group A, {}"),
        ("Mary Smith", "Mary Guest", "A bed of Guest was there", "A bed of {} was there"),
        ("Mary Smith", "Mary, Guest", "A bed of Guest", "A bed of Guest"), ("Mary Smith", "Mary (Guest)", "A Guest", "A Guest"),
        ("Mary Smith", "Jo Smith guest", "A Guest and Jo", "A Guest and {}"),
        ("Mary Smith", "Jo Smith, a Guest", "Guest, Jo", "Guest, {}"), ("Mary Smith", "Jo Smith Female", "A Female", "A Female"),
        ("Mary Smith", "Smith, unknown Groom", "A Groom", "A Groom"), ("Mary Smith", "Mary Guard 2", "A Guard", "A Guard"),
        ("Li Smith", "Li Guest", "A bed of Guest was there", "A bed of {} was there"),
        ("Mary Smith", "Mary, Guest", "A Guest was there", "A Guest was there"),
        ("No Minjun", "No Hana", "No pay for Hana", "No pay for {}"),
    ],
)  # fmt: skip
def test_who_shares_a_name_is_named_by_the_rest_of_it(own, other, text, left):
    assert guarded(text, names_of_others(own, [other])) == left.format(LEFT_OUT, LEFT_OUT)


def test_a_text_names_no_other_victim():
    text = guarded("Bogza came with Mirela Pop.", names_of_others("Gheorghe Bogza", ["Mirela Pop"]))
    assert "Mirela" not in text
    assert "Bogza came with" in text


@pytest.mark.parametrize(
    "place",
    [
        "Boston custody suite", "CUSTODY", "Prison", "HMP Lincoln", "H.M.P. Lincoln", "H M Prison Lincoln", "HMYOI Aylesbury",
        "Immigration detention", "immigration_detention", "Morton Hall IRC", "Removal centre, Heathrow",
        "Lincoln police station", "Police Station, West Parade", "Police cells, Boston", "Cells, Boston nick", "Cell 4",
        "Detained at Boston", "The prison", "Young offenders institution", "Remand wing", "at the jail", "Lincoln Gaol",
        "Cell 1", "Cell 30", "Near a big old prison", "Held by staff at HMP Lincoln", "Seen by officers in prison",
        "Manston centre, Kent", "Seen by old prison",
        "Visited by solicitor at HMP", "met by officers at police station", "Held by prison staff", "Seen by the prison doctor",
        "Opposite cells at Boston police station", "Yarl's Wood", "YARLS WOOD", "Brook House, Gatwick",
        "Harmondsworth IRC", "Colnbrook removal centre", "Manston, immigration", "Immigration at Manston",
        "Gatwick, Tinsley House", "Mill Lane, Gatwick, Brook House", "Brook House, Gatwick, Crawley Road",
        "Met by the prison van gate",
        "Tinsley House near Gatwick", "Manston processing site", "Campsfield House immigration", "Haslar centre",
        "Holding, Haslar",
        "Seen by HMP Lincoln", "Held by the prison", "Seen by police station staff", "Seen by the old prison",
        "Dungavel", "Derwentside", "Outside shop, inside HMP",
    ],
)  # fmt: skip
def test_a_place_where_people_are_held_does_not_go(place):
    assert says_held(place)
    assert place_told(place, []) == ""


@pytest.mark.parametrize(
    "place",
    [
        "Prison Lane, Lincoln", "3 Gaol Street", "Outside HMP Lincoln", "Opposite the old prison", "Police station front counter",
        "Cell phone shop", "Fuel cells factory", "Solar cells warehouse", "Car wash by the police station", "Jail Rd",
        "Prison officers’ club", "Station Road", "Nail bar, 4 Mill Lane", "Detention Road", "Near Lincoln police station",
        "Cell 31", "Near a big prison", "Manston Road", "Manston Village Hall", "Manston, shop with immigration",
        "Near Yarl's Wood", "Brook House, Lincoln", "Brook House, Gatwick Road, Crawley",
        "Manston food processing plant, Birchington",
        "Colnbrook processing depot", "Manston Removals Ltd", "Manston processing big site",
        "Gatwick, north side, Tinsley House", "Tinsley House in north Gatwick",
        "Harmondsworth, immigration solicitors", "Derwentside College",
        "Car wash, Derwentside, Consett", "Yarl's Wood Business Park", "met by the prison gate",
        "met by the prison car park, Lincoln",
        "seen by the police station steps",
        "Sleeping by the police station", "Farm by HMP Lincoln", "By the prison", "Visited café by HMP Lincoln",
        "4 Colnbrook Lane", "Nail bar, High Street, Colnbrook, Slough", "Car wash, Manston, Leeds LS15",
        "Farm shop, Manston, Kent",
        "Hotel, Harmondsworth", "Car wash, Haslar, Gosport", "Tinsley House, Sheffield", "Harmondsworth", "Campsfield House",
        "Seen by the police station, Mill Lane", "Met by the prison", "Seen by the police station in Mill Lane",
        "Immigration raid, Manston", "Garden centre, Manston", "Near Harmondsworth IRC", "Manston Garden centre",
    ],
)  # fmt: skip
def test_what_is_called_after_such_a_place_or_near_it_goes(place):
    assert place_told(place, []) == place


@pytest.mark.parametrize("code", ["custody", "prison", "immigration_detention"])
def test_of_whoever_was_held_no_place_goes_whatever_was_typed(code):
    assert place_told("Lincoln", [], ["street", code]) == ""
    assert place_told("Lincoln", [], ["street", "home", ""]) == "Lincoln"


def test_the_reference_of_another_system_is_no_description():
    for told in ("CUST/123 in the report", OF_A_RECORD, known_by("CUST/" + "1" * 300, 200)):
        assert is_of_a_system(told)
        assert described(told, []) == ""
    assert len(known_by("1" * 300, 200)) == 200
    for told in ("CUST 123 in the report", "Custody no 12/3 in the report"):
        assert described(told, []) == ""
    for told in ("tall man with a scar, named in the report", "Man in his 30s named in the report", "red hat in the report"):
        assert described(told, []) == told
    assert described(" A tall man, 07700 900123 ", [Identifier("telephone", "07700900123")]) == "A tall man, [left out]"


def test_of_what_is_left_out_the_ways_to_reach_anybody_alone():
    both = [Identifier("name", "Ana"), Identifier("birth", "2009-09-04"), Identifier("house", "12 milllane")]
    assert reaching(both) == both[2:]
