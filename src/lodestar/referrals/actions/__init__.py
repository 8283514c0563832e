"""The writes of referrals. Each locks its case, adds rows, writes one event of the log, and reckons the ledger."""

from lodestar.referrals.actions.letters import file_letter, keep_letter, put_letter_aside
from lodestar.referrals.actions.sent import (
    ConcurrentEdit,
    DecidedMeanwhile,
    LikeOneRecorded,
    NotChecked,
    NotTheRoute,
    PairedMeanwhile,
    add_reference,
    crime_recorded,
    file_decision,
    no_crime_needed,
    record_referral,
    rest_sent,
    settle_pairing,
)
from lodestar.referrals.actions.writing import (
    WrittenMeanwhile,
    begin_writing,
    look_over,
    pack_taken,
    put_by,
    text_compared,
    write_answers,
)

__all__ = [
    "ConcurrentEdit",
    "DecidedMeanwhile",
    "LikeOneRecorded",
    "NotChecked",
    "NotTheRoute",
    "PairedMeanwhile",
    "WrittenMeanwhile",
    "add_reference",
    "begin_writing",
    "crime_recorded",
    "file_decision",
    "file_letter",
    "keep_letter",
    "look_over",
    "no_crime_needed",
    "pack_taken",
    "put_by",
    "put_letter_aside",
    "record_referral",
    "rest_sent",
    "settle_pairing",
    "text_compared",
    "write_answers",
]  # fmt: skip
