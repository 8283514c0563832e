"""What one asks and another decides, and somebody then writes down as told: what was sent is done, or the form says what to put
right. One place for a safe address and for immigration."""

from collections.abc import Callable
from datetime import datetime

from lodestar.cases import actions
from lodestar.cases.forms.disclosures import ApprovedTold, Decided
from lodestar.cases.forms.when import at_and_words


def is_decided(form: Decided, decide: Callable[[bool, str], None]) -> bool:
    """Whether it is decided now; not where the form has to be put right, or a colleague decided it meanwhile."""
    if form.is_valid():
        try:
            decide(form.cleaned_data["approved"] == "yes", form.cleaned_data["because"])
        except actions.CannotDecide as error:
            form.add_error(None, str(error))
    return not form.errors


def is_told(form: ApprovedTold, now: datetime, tell: Callable[[datetime], object]) -> bool:
    """Whether when they were told is written down now; not where the form has to be put right, or a colleague wrote it down
    meanwhile."""
    if form.is_valid():
        at, _ = at_and_words(form.cleaned_data["when"], now)
        try:
            tell(at)
        except actions.AlreadyTold as error:
            form.add_error(None, str(error))
    return not form.errors
