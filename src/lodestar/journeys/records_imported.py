"""Earlier records of other systems come in: custody, missing, stop, address, call. They make nobody a person of a case."""

from collections.abc import Sequence
from datetime import date, datetime

from lodestar.accounts.access import Member
from lodestar.journeys.let_go import records_let_go
from lodestar.kernel.days import london_date
from lodestar.recognition.actions.records import keep_records
from lodestar.recognition.queries.records import keys_taken_in, keys_with_signs
from lodestar.recognition.rules.earlier import EarlierTold, RecordTold
from lodestar.recognition.rules.record_patterns import patterns_of
from lodestar.recognition.rules.words_read import signs_in


def look_at_records(records: Sequence[RecordTold], at: datetime) -> dict[str, bool]:
    """The keys of the records that `import_records` would take in, each with whether it may show a sign by itself."""
    stood = {*keys_taken_in(one.key for one in records), *records_let_go(one.key for one in records)}
    return {one.key: _shows(one, london_date(at)) for one in records if one.key not in stood}


def import_records(*, by: Member, at: datetime, records: Sequence[RecordTold], file_name: str) -> dict[str, bool]:
    """Takes in what did not come before. The keys of those, each with whether it may show a sign."""
    fresh = keep_records(by=by, at=at, records=records, file_name=file_name)
    showing = keys_with_signs(fresh)
    return {key: key in showing for key in fresh}


def _shows(told: RecordTold, today: date) -> bool:
    day = london_date(told.happened_at) if told.happened_at else None
    alone = EarlierTold(told.key, told.kind, told.reference, day, told.words, told.offence, told.age_min, told.age_max)
    return bool(signs_in(told.words, day or today) or patterns_of([alone], today))
