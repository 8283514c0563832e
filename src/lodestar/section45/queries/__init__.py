"""Named reads for section 45 of the Modern Slavery Act 2015: the short question, the full record, outcomes."""

from lodestar.section45.queries.outcomes import happened_without as happened_without
from lodestar.section45.queries.outcomes import outcomes_of as outcomes_of
from lodestar.section45.queries.question import CODE as CODE
from lodestar.section45.queries.question import answers_of as answers_of
from lodestar.section45.queries.question import latest_answers as latest_answers
from lodestar.section45.queries.question import questions_of as questions_of
from lodestar.section45.queries.question import suspected_of as suspected_of
from lodestar.section45.queries.question import to_be_told as to_be_told
from lodestar.section45.queries.records import RECORD as RECORD
from lodestar.section45.queries.records import Stands as Stands
from lodestar.section45.queries.records import act_of as act_of
from lodestar.section45.queries.records import decisions_about as decisions_about
from lodestar.section45.queries.records import latest_records as latest_records
from lodestar.section45.queries.records import owed_for as owed_for
from lodestar.section45.queries.records import records_of as records_of
from lodestar.section45.queries.records import stands_of as stands_of
from lodestar.section45.queries.records import turns_of as turns_of
from lodestar.section45.queries.records import versions_of as versions_of
from lodestar.section45.queries.records import waits_for_nrm as waits_for_nrm
from lodestar.section45.queries.records import was_closed as was_closed
from lodestar.section45.queries.told import told as told
