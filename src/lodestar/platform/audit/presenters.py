"""Events of the log in sentences. Who acted is named; the people they acted about are ids."""

from lodestar.platform.audit.codes import CODES, FIELDS
from lodestar.platform.audit.models import Event

MOST_FIELDS = 6
ON_THE_FORM = "answers on the Home Office’s form"  # its own field names say nothing to a reader


def sentence(event: Event) -> str:
    """What was done: `recorded a person`. A code that is declared no more is shown as it is."""
    return CODES[event.code][1] if event.code in CODES else event.code.replace("_", " ").replace(".", ": ")


def capital(words: str) -> str:
    """The words as they begin a sentence."""
    return words[:1].upper() + words[1:]


def changed_words(event: Event) -> str:
    """What of a case or a person it changed, in people's words: a column that has none in `FIELDS` is not named."""
    names = (name.partition("_")[0] if name.startswith("exploitation_") else name for name in event.fields)
    return ", ".join(dict.fromkeys(FIELDS[name] for name in names if name in FIELDS))


def fields_words(event: Event) -> str:
    """Which parts of a record it touched, by name and never by value."""
    names = list(dict.fromkeys(FIELDS.get(name, ON_THE_FORM if "-" in name else name.replace("_", " ")) for name in event.fields))
    more = len(names) - MOST_FIELDS
    return ", ".join(names[:MOST_FIELDS]) + (f" and {more} more" if more > 0 else "")
