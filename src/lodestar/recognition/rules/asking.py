"""When the question whether somebody in earlier records could be a possible victim is put again."""

from collections.abc import Collection

from lodestar.recognition.rules.words_read import BY_WORDS

OPEN, NO, YES = "open", "no", "yes"


def told_apart(code: str, rule: str) -> str:
    """What tells one sign from another: its own code where words show it, else the row of facts that does."""
    return code if rule == BY_WORDS else rule


def is_to_be_asked(state: str, answered_on: Collection[str], signs: Collection[str]) -> bool:
    """Whether a question that was answered is put again: after a no, and only for a sign that it was not said on. How many
    there are, or one that is seen again, puts none."""
    return state == NO and bool(set(signs) - set(answered_on))
