"""The writes of section 45 of the Modern Slavery Act 2015. Each locks its case, adds rows, writes to the log, and reckons
the ledger."""

from lodestar.section45.actions.outcome import RecordOpen as RecordOpen
from lodestar.section45.actions.outcome import record_happened_without as record_happened_without
from lodestar.section45.actions.outcome import record_outcome as record_outcome
from lodestar.section45.actions.question import answer_first_question as answer_first_question
from lodestar.section45.actions.record import FactsChanged as FactsChanged
from lodestar.section45.actions.record import Meanwhile as Meanwhile
from lodestar.section45.actions.record import NotYet as NotYet
from lodestar.section45.actions.record import TookPart as TookPart
from lodestar.section45.actions.record import countersign as countersign
from lodestar.section45.actions.record import decide as decide
