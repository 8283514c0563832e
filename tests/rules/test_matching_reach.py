"""What a telephone and an address are known by, written out."""

from lodestar.platform.names.contact_normalisation import addresses, telephones
from tests.offenders import each

TEXTS = [
    ("07700 900123", {"447700900123"}),
    ("+44 (0)7700 900123", {"447700900123"}),
    ("(0044) 7700 900123", {"447700900123"}),
    ("+4407700900123", {"447700900123"}),
    ("7700 900123", {"447700900123"}),
    ("0040 721 234 567", {"40721234567"}),
    ("+852 9123 4567", {"85291234567"}),
    ("+225 01 23 45 6789", {"2250123456789"}),
    ("+375 152 45-09-11", {"375152450911"}),
    ("+33 6.12.34.56.78", {"33612345678"}),
    ("601 234 567", {"44601234567"}),
    ("60 123 456", set()),
    ("07700 000000", set()),
    ("07070 707070", set()),
    ("1234567890123456", set()),
    ("0300 303 8151", set()),
    ("+44 800 012 1700", set()),
    ("0870 123 4567", set()),
    ("7.70090E+09", set()),
    ("tel 07700 900123 / 01522 496000", {"447700900123", "441522496000"}),
    ("07700 900123\n07700 900456", {"447700900123", "447700900456"}),
    ("07700900123 020 7946 0958 +84912345678", {"447700900123", "442079460958", "84912345678"}),
    ("call after 12/03/2026 14:30", set()),
    ("since 2026-03-12T14:30, 07700 900123", {"447700900123"}),
    ("2026-03-12 09.30 07700 900123", {"447700900123"}),
    ("12.03.26 09:30 07700 900123", {"447700900123"}),
    ("Flat 12, 34 Mill St, LN1 1AA, 01632/960123", {"441632960123"}),
    ("m07700900123 or o7700 900456", {"447700900123", "447700900456"}),
    ("07700 900 123 / 999", {"447700900123"}),
    ("01632 960123x45", {"441632960123"}),
    ("ext. 45, 01632 960123", {"441632960123"}),
    ("2 x 07700 900123", {"447700900123"}),
    ("020 7946 0958 x 0161 496 0123", {"442079460958", "441614960123"}),
    ("", set()),
]


@each(("text", "numbers"), TEXTS)
def test_the_numbers_in_a_text(text, numbers):
    assert telephones(text) == numbers
    assert telephones(" / ".join(f"+{number}" for number in numbers)) == numbers  # as they are kept


HOUSES = [
    ("Flat 2, 14 Low Rd, Lincoln LN1 1AA", {"ln11aa 14 2", "14 low road lincoln"}),
    ("14 Low Road, Lincoln", {"14 low road lincoln"}),
    ("14 Low Road, LN1 1AA", {"ln11aa 14"}),
    ("14 Low Road", set()),
    ("14 Low Road 7", set()),
    ("14 Old Mill Lane, Lincoln", {"14 old mill lane lincoln"}),
    ("14 Old Mill Lane", set()),
    ("14 Old Mill Lane 7", set()),
    ("14 High Street North, Lincoln", {"14 high street north"}),
    ("Low Road, Lincoln", set()),
    ("Low Road, Lincoln LN1 1AA", {"ln11aa low road"}),
    ("The House, Rose Cottage, Fen Lane, LN1 1AA", {"ln11aa rose cottage"}),
    ("Flat, LN1 1AA", set()),
    ("LN1 1AA", set()),
    ("14 Low Road, LN1 1AA, Lincoln", {"ln11aa 14", "14 low road lincoln"}),
    ("14a Łow Road, Lincoln", {"14a łow road lincoln"}),
    ("14 A Low Road, Lincoln", {"14a low road lincoln"}),
    ("12345 Low Road, Lincoln", set()),
    ("St. Mary's Row, 3 St Marys Row, Lincoln", {"3 street marys row lincoln"}),
    ("3 Café Street, Lincoln", {"3 cafe street lincoln"}),
    ("Road 14, Lincoln", set()),
    ("", set()),
]


@each(("typed", "known_by"), HOUSES)
def test_what_an_address_is_known_by(typed, known_by):
    assert addresses(typed) == known_by
