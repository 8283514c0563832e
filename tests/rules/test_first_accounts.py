"""What was kept of the first hour closes what is owed; the reference of a video alone does not."""

from lodestar.casework.cases.rules import KEPT, evidence_summary, is_a_list
from tests.offenders import each


@each(
    ("kept", "more", "is_list", "words"),
    [
        ((), "", False, ""),
        ((), "  ", False, ""),
        (("phones",), "", True, "Phones"),
        (("papers", "signs_of_control"), "", True, "Signs of control, papers"),
        (("nothing_more",), "", True, "Nothing more was there to keep"),
        ((), "a rota from the wall", True, "a rota from the wall"),
        (("rooms",), "a rota from the wall", True, "Rooms; a rota from the wall"),
    ],
)
def test_what_was_kept_is_a_list_and_reads_as_one(kept, more, is_list, words):
    assert is_a_list(kept, more) is is_list
    assert evidence_summary(kept, more) == words


def test_what_may_be_kept_is_what_the_obligation_names():
    assert {"signs_of_control", "rooms", "phones", "papers", "others_looked_for"} < set(KEPT)
