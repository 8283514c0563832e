"""What is left out of a text before it goes to another system: the names of others, but not the name they share."""

from lodestar.exchange.rules.guarded import guarded, names_of_others


def test_what_others_are_called_but_for_what_the_person_is_called_too():
    others = names_of_others("Gheorghe Bogza", ["Ana Bogza", "Bogza", "Mirela Pop"])
    assert [(one.kind, one.value) for one in others] == [("name", "Ana"), ("name", "Mirela Pop")]


def test_a_text_names_no_other_victim():
    text = guarded("Bogza came with Mirela Pop.", names_of_others("Gheorghe Bogza", ["Mirela Pop"]))
    assert "Mirela" not in text
    assert "Bogza came with" in text
