"""Forms of section 45 of the Modern Slavery Act 2015."""

from lodestar.section45.forms.offence import Change as Change
from lodestar.section45.forms.offence import Offence as Offence
from lodestar.section45.forms.offence import Outcome as Outcome
from lodestar.section45.forms.question import FirstQuestion as FirstQuestion
from lodestar.section45.forms.record import Record as Record
from lodestar.section45.forms.record import Sign as Sign
