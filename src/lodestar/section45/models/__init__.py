"""The rows of section 45 of the Modern Slavery Act 2015: answers to the short question, full records, outcomes."""

from lodestar.section45.models.outcome import OUTCOMES as OUTCOMES
from lodestar.section45.models.outcome import OutcomeRecorded as OutcomeRecorded
from lodestar.section45.models.question import ANSWERS as ANSWERS
from lodestar.section45.models.question import FirstAnswer as FirstAnswer
from lodestar.section45.models.record import SIGNED as SIGNED
from lodestar.section45.models.record import Countersignature as Countersignature
from lodestar.section45.models.record import Element as Element
from lodestar.section45.models.record import FullRecord as FullRecord
