"""Where a newer version says what an old passage said."""

from lodestar.guidance.rules.same_place import same_places

NEW = [
    ("Start", "Ring the desk before anything else happens."),
    ("Custody", "Ask the question of the officer in charge."),
    ("Custody", "Write down every answer with the time it was given."),
    ("", "The kidney was taken out in a clinic without a name."),
]


def test_the_same_place_is_found_by_heading_and_by_words():
    places = {
        ("Custody", "Write down every answer with its time."): 2,
        ("Custody", "Nothing that anyone still says."): 1,
        ("Elsewhere", "A kidney taken out in a clinic."): 3,
        ("", "Nothing that anyone still says."): None,
    }
    assert {old: same_places([old], NEW)[0] for old in places} == places
