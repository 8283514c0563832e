"""What a filed translation of the leaflet says, part by part, and how the leaflet that was shown is written down."""

from datetime import date

from lodestar.casework.consent.rules import Part, mark, parts_of, read_mark
from tests.offenders import each

ENGLISH_OF, FILED_ON = date(2026, 11, 25), date(2026, 12, 1)


@each(
    ("text", "parts"),
    [
        ("", []),
        ("\n \n", []),
        ("# Pomoc", [Part("Pomoc", ())]),
        ("Możesz powiedzieć nie.", [Part("", ("Możesz powiedzieć nie.",))]),
        (
            "Najpierw to.\n\n# Pomoc\nMożesz powiedzieć\nnie.\n\n\nMożesz wrócić.\n## Numery\n\n999\n",
            [Part("", ("Najpierw to.",)), Part("Pomoc", ("Możesz powiedzieć nie.", "Możesz wrócić.")), Part("Numery", ("999",))],
        ),
    ],
)
def test_a_heading_begins_a_part_and_a_blank_line_a_paragraph(text, parts):
    assert list(parts_of(text)) == parts


@each(
    ("version", "filed_on", "written"),
    [(ENGLISH_OF, FILED_ON, "polish:2026-11-25:2026-12-01"), (ENGLISH_OF, None, "polish:2026-11-25"), (None, None, "polish")],
)
def test_the_leaflet_that_was_shown_is_written_down_and_read_again(version, filed_on, written):
    assert mark("polish", version, filed_on) == written
    assert read_mark(written) == ("polish", version, filed_on)
