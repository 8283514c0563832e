"""What is marked in a text that is to leave: known values exactly, in every spelling, and shapes; and what may be kept."""

from lodestar.platform.names.highlighting import (
    ANONYMOUS,
    CRIME,
    INTELLIGENCE,
    KnownValue,
    highlight,
    may_keep,
    sentence_of,
    values_of_name,
    values_of_text,
)

KNOWN = [
    *values_of_name("زهرا احمدی", "own"),
    *values_of_name("王小明 aka Lucky", "own"),
    *values_of_name("Mirela Pop", "victim"),
    *values_of_name("May Lee", "victim"),
    *values_of_name("Dragoș Bogza", "exploiter"),
    *values_of_name("Unknown female", "victim"),
    *values_of_name("Ana Ionescu", "sealed"),
    *values_of_text("14 Fen Road, Lincoln, LN1 1AA", "place", is_address=True),
    *values_of_text("Rose House refuge on Park Street, ask at the door", "place", is_address=True),
    *values_of_text("WhatsApp: mai88, or ring +40 721 234 567, hoa@example.org", "place"),
    KnownValue("birth", "2001-09-04", "own"),
    KnownValue("reference", "FM-26-0001", "own"),
]
# Each text, and of each match its kind, owner and words.
MARKED = {
    "Zahra was hit": [("name", "own", "Zahra")],
    "zahra ahmadi’s bag, AHMADI": [("name", "own", "zahra ahmadi’s"), ("name", "own", "AHMADI")],
    "他叫王小明。": [("name", "own", "王小明")],
    "Xiaoming Wang, or Lucky": [("name", "own", "Xiaoming Wang"), ("name", "own", "Lucky")],
    "MIRELA’s and Mírela Pop": [("name", "victim", "MIRELA’s"), ("name", "victim", "Mírela Pop")],
    "Bogza and Dragos Bogza": [("name", "exploiter", "Bogza"), ("name", "exploiter", "Dragos Bogza")],
    "an unknown female; Ana and Ionescu; the population of Popesti": [],
    "Ana Ionescu": [("name", "sealed", "Ana Ionescu")],
    "at 14, fen rd near LN11AA": [("address", "place", "14, fen rd"), ("postcode", "place", "LN11AA")],
    "the Fen Road flat in Lincoln": [("address", "place", "Fen Road")],
    "the rose house; Park St": [("address", "place", "rose house"), ("address", "place", "Park St")],
    "as MAI88, 0721 234 567": [("address", "place", "MAI88"), ("telephone", "place", "0721 234 567")],
    "HOA@example.org": [("email", "place", "HOA@example.org")],
    "born 4 September 2001": [("birth", "own", "4 September 2001")],
    "born 04/09/01 or 4th of Sept 2001": [("birth", "own", "04/09/01"), ("birth", "own", "4th of Sept 2001")],
    "born September 4, 2001; not 5 September 2001, nor 2001": [("birth", "own", "September 4, 2001")],
    "see fm 26 0001 and FM-26-00012": [("reference", "own", "fm 26 0001")],
    "ring 07700 900123 or (0044) 1632 960 101": [("telephone", "", "07700 900123"), ("telephone", "", "(0044) 1632 960 101")],
    "passport AB1234567 or 123456789": [("passport", "", "AB1234567"), ("passport", "", "123456789")],
    "QQ 12 34 56 C in AB12 CDE": [("national_insurance", "", "QQ 12 34 56 C"), ("plate", "", "AB12 CDE")],
    "x.y@example.com at SW1A 1AA": [("email", "", "x.y@example.com"), ("postcode", "", "SW1A 1AA")],
    "Two men in a van, 3 March 2026 at 21:30, 14 years old, £250": [],
}


def test_known_values_and_shapes_are_marked_and_nothing_else():
    wrong = {}
    for text, wanted in MARKED.items():
        found = [(one.kind, one.owner, one.typed) for one in highlight(text, KNOWN)]
        if found != wanted or any(text[one.start : one.end] != one.typed for one in highlight(text, KNOWN)):
            wrong[text] = found
    assert not wrong


def test_a_match_may_be_kept_as_its_kind_and_use_allow():
    kept = {
        ("Zahra", ANONYMOUS): "not_them", ("Zahra", CRIME): "yes", ("FM-26-0001", ANONYMOUS): "not_them",
        ("Bogza", INTELLIGENCE): "yes", ("07700 900123", ANONYMOUS): "yes", ("AB1234567", ANONYMOUS): "yes",
        ("14 Fen Road", INTELLIGENCE): "never", ("mai88", CRIME): "never", ("Ana Ionescu", INTELLIGENCE): "never",
        ("Mirela", CRIME): "never", ("Mirela Pop", ANONYMOUS): "never", ("mirela pop", CRIME): "never",
        ("may", CRIME): "not_them", ("May", CRIME): "never",
    }  # fmt: skip
    assert {(text, use): may_keep(highlight(text, KNOWN)[0], use) for text, use in kept} == kept


def test_the_sentence_of_a_match_ends_where_the_next_begins():
    text = "A van came. She sleeps at 14 Fen Road! Then?\nNo."
    (match,) = highlight(text, KNOWN)
    start, end = sentence_of(text, match)
    assert text[start:end].strip() == "She sleeps at 14 Fen Road!"
    (whole,) = highlight("14 Fen Road", KNOWN)
    assert sentence_of("14 Fen Road", whole) == (0, 11)


def test_neighbours_of_a_name_are_marked_however_they_are_parted():
    parted = {"Maeve O’Sullivan": ("O'Sullivan", "Sullivan"),
              "John Mc Donald": ("Mc Donald", "McDonald", "Donald"), "Abdul Karim": ("abdul karim", "Abdulkarim"),
              "Ana Van Moore": ("Vanmoore", "van Moore")}  # fmt: skip
    for name, texts in parted.items():
        for text in texts:
            assert [match.typed for match in highlight(f"We met {text} there", values_of_name(name, "own"))] == [text]
