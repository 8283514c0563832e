"""Forms of section 45 of the Modern Slavery Act 2015."""

from lodestar.section45.forms.offence import Change, Offence, Outcome
from lodestar.section45.forms.question import FirstQuestion
from lodestar.section45.forms.record import Record, Sign

__all__ = ["Change", "FirstQuestion", "Offence", "Outcome", "Record", "Sign"]
