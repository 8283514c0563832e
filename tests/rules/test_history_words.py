"""What the log says, in people's words: a sentence for every event, and a name for every column that a history names."""

from lodestar.casework.cases.models import Case, Person
from lodestar.platform.audit.codes import CODES
from lodestar.platform.audit.models import Event
from lodestar.platform.audit.presenters import FIELDS, changed_words

# What no page changes, or what is told by an event of its own.
UNNAMED = {
    "id", "tenant", "case", "number", "reference", "category", "version", "recorded_at", "recorded_by", "address_told", "unit",
    "operation", "opened_by", "interim_owner", "owner", "sealed", "seal_reason", "sealed_by", "imported_as",
}  # fmt: skip


def test_every_event_has_a_sentence_that_follows_the_name_of_who_did_it():
    assert [code for code, (_, said) in CODES.items() if len(said.split()) < 2 or "_" in said or not said[0].islower()] == []


def test_every_column_that_a_page_changes_has_one_name():
    columns = {field.name for model in (Case, Person) for field in model._meta.concrete_fields}
    assert sorted(columns - UNNAMED - FIELDS.keys()) == []
    assert [name for name, words in FIELDS.items() if "_" in words or "-" in words.replace("-worn", "")] == []


def test_a_history_names_no_field_that_has_no_words():
    changed = Event(code="cases.person_changed", fields=["age_max", "age_min", "exploitation_from_date", "sort_column", "q-1"])
    assert changed_words(changed) == "age, the kind of exploitation"
