"""Which answers each thing owed takes: by its page, by a record, with a reason. The list is `reference/closing_records.toml`."""

from lodestar.platform.obligations.closing_records import ON_ITS_PAGE, closing_of

# What is owed by one role and done by another, which alone has it and answers it: the force's list of who owes what keeps
# to the unit whose work it is.
DONE_BY = {
    "di_review_before_no_further_action": "detective_inspector",
    "immigration_disclosure_needs_approval": "detective_inspector",
}


def kinds_of(code: str) -> tuple[str, ...]:
    """Which answers the page of any one thing owed may give: `done`, `not_possible`, `not_needed`. What its own page records is
    done there alone; *not possible* may be said of everything."""
    closing = closing_of(code)
    done = () if closing.record in ON_ITS_PAGE else ("done",)
    return (*done, "not_possible", *(("not_needed",) if closing.may_be_not_needed else ()))


def wants_words(kind: str) -> bool:
    """Whether this answer says nothing without a reason in a few words."""
    return kind != "done"
