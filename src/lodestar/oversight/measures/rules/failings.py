"""What happened in a case, failing by failing. Pure."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from lodestar.casework.section45.rules.immigration_acts import is_immigration
from lodestar.oversight.measures.rules import facts
from lodestar.platform.text.reference_lists import rows_on

# Stages at which somebody is dealt with as an offender. A stop, an interview by appointment and no further action tell
# nothing of it: how somebody came there is not recorded.
TREATED = frozenset(
    {
        "arrest", "interview", "bail_or_remand", "out_of_court_disposal", "charge_decision", "charged", "hearing",
        "convicted", "appeal",
    }
)  # fmt: skip


def treated_for(offence: facts.Offence) -> bool:
    """Whether somebody was arrested for, or further dealt with for, an immigration offence."""
    return offence.stage in TREATED and is_immigration(offence.act, offence.section, offence.title)


MISSED, UNSAFE, IMMIGRATION, CRIMINAL, NOT_INVESTIGATED, NOT_TRAINED = NUMBERS = (1, 2, 3, 4, 5, 6)
# What is owed on the scene and makes a person safe; the rest of the first screen is about the talk and the papers.
CRIME, ALLOCATION, REVIEW = "record_crime", "allocate_pip2_owner", "supervise_investigation"
SAFETY = ("make_safe", "medical_and_basic_care_first", "tell_childrens_services_now", "safe_place")
TASKS: Mapping[int, tuple[str, ...]] = {  # what each failing is about, of what officers close; training is no task of a case
    MISSED: ("look_back_for_missed_signs",),
    UNSAFE: SAFETY,
    IMMIGRATION: ("immigration_disclosure_needs_approval",),
    CRIMINAL: ("section45_first_question", "section45_full_record", "section45_countersign"),
    NOT_INVESTIGATED: (CRIME, ALLOCATION, REVIEW, "investigation_plan"),
}
FIRST_REVIEWS = 3  # of 72 hours, 7 and 28 days; those that follow every 28 days say no more of how it was begun
GOOD, INADEQUATE = "good", "inadequate"  # grades of a deep dive
FORCE_DECIDES = ("charge", "caution", "other_disposal")  # what comes of a record that says the defence is likely

Judge = Callable[[facts.CaseFacts, datetime], Iterator[facts.Finding]]


def missed_signs(case: facts.CaseFacts, at: datetime) -> Iterator[facts.Finding]:
    """Failing 1: another body had found them first, or earlier records of ours show signs that were not followed up. It did
    not where a named colleague looked back and recorded that there were none or that each was followed up, or where records
    of every kind are held for the time before, and none of them shows a sign or somebody considered each that does before the
    first concern (force policy on looking back). Where neither is so it cannot be told."""
    for victim in case.victims:
        back = victim.looked_back
        if victim.found_first:
            yield facts.Finding(facts.HAPPENED, "another_body_first", victim.found_first_at)
        if victim.look_back == facts.NOT_FOLLOWED_UP:
            yield facts.Finding(facts.HAPPENED, "look_back_not_followed_up")
        if back is not None and back.signs_at is not None:
            yield facts.Finding(facts.HAPPENED, "signs_before", back.signs_at)
        elif not victim.found_first and victim.look_back != facts.NOT_FOLLOWED_UP:
            yield _looked_back(victim)


def _looked_back(victim: facts.VictimFacts) -> facts.Finding:
    back = victim.looked_back
    if victim.look_back in (facts.NO_SIGNS, facts.FOLLOWED_UP):
        return facts.Finding(facts.DID_NOT, f"look_back_{victim.look_back}")
    if back is None or not back.is_whole:
        return facts.Finding(facts.CANNOT_TELL, "no_earlier_records")
    if back.has_undated:
        return facts.Finding(facts.CANNOT_TELL, "sign_without_day")
    return facts.Finding(facts.DID_NOT, "signs_considered" if back.was_considered else "no_signs_before")


def no_immediate_safety(case: facts.CaseFacts, at: datetime) -> Iterator[facts.Finding]:
    """Failing 2: a step of safety that was owed could not be taken, or was taken later than it was due (statutory guidance
    2020, 5.3-5.6, 5.42, 15.4-15.7; the hours are force policy)."""
    for victim in case.victims:
        for step in victim.steps:
            yield _step_finding(step, at)


def _step_finding(step: facts.Step, at: datetime) -> facts.Finding:
    """One step of safety, by the answers that stand. A time that somebody gave counts; a tap alone says that it was done by
    then, so that a late tap says nothing of when it was."""
    stand = [answer for answer in step.answers if answer.until is None]
    done = [answer for answer in stand if answer.kind == "done"]
    in_time = [answer for answer in done if step.due is not None and answer.at <= step.due]
    if in_time:
        return facts.Finding(facts.DID_NOT, "done_in_time", min(answer.at for answer in in_time), step.code)
    failed = _failed(step, done, at)
    if failed is not None:
        return failed
    not_needed = [answer for answer in stand if answer.kind == "not_needed"]
    if not_needed:
        return facts.Finding(facts.DID_NOT, "not_needed", not_needed[-1].at, step.code)
    if step.due is None or step.due > at:
        return facts.Finding(facts.CANNOT_TELL, "not_due_yet", None, step.code)
    return facts.Finding(facts.CANNOT_TELL, "time_not_told" if done else "no_answer", None, step.code)


def _failed(step: facts.Step, done: Sequence[facts.Answer], at: datetime) -> facts.Finding | None:
    """That a step was late by a time that was told, or was not possible when it was due; None where nothing says so."""
    due = step.due
    if due is None or due > at:
        return None
    late = [answer.at for answer in done if answer.is_told]
    if late:
        return facts.Finding(facts.HAPPENED, "done_late", min(late), step.code)
    stuck = [answer for answer in step.answers if answer.kind == "not_possible" and (answer.until is None or answer.until > due)]
    return (
        facts.Finding(facts.HAPPENED, "not_possible", max(due, min(answer.at for answer in stuck)), step.code) if stuck else None
    )


def treated_as_immigration_offender(case: facts.CaseFacts, at: datetime) -> Iterator[facts.Finding]:
    """Failing 3: something went to Immigration Enforcement before a detective inspector had approved it, or they were arrested
    for, or charged with, an immigration offence (statutory guidance 2020, 11.27; HMICFRS 2021). What is decided afterwards takes
    nothing back. It reads *did not* only where somebody looked and recorded that nothing was disclosed."""
    for victim in case.victims:
        yield from (facts.Finding(facts.HAPPENED, "disclosed", when) for when in victim.disclosed)
        if any(treated_for(offence) for offence in victim.offences):
            yield facts.Finding(facts.HAPPENED, "immigration_offence")
        elif not victim.disclosed and victim.none_disclosed_at and not victim.british:
            yield facts.Finding(facts.DID_NOT, "nothing_disclosed", victim.none_disclosed_at)
        elif not victim.disclosed:
            unknown = "nationality_not_known" if victim.british is None else "disclosures_not_recorded"
            yield facts.Finding(facts.COULD_NOT, "british") if victim.british else facts.Finding(facts.CANNOT_TELL, unknown)


def treated_as_criminal(case: facts.CaseFacts, at: datetime) -> Iterator[facts.Finding]:
    """Failing 4: an outcome came while the full record was open, or a charge or disposal although the record says that the
    defence is likely (Modern Slavery Act 2015 s45; College of Policing APP; HMICFRS 2021 recommendation 2g)."""
    for victim in case.victims:
        without = [outcome for outcome in victim.outcomes if outcome.without]
        against = [outcome for outcome in victim.outcomes if outcome.against and outcome.kind in FORCE_DECIDES]
        yield from (facts.Finding(facts.HAPPENED, "outcome_without_record", outcome.at) for outcome in without)
        yield from (facts.Finding(facts.HAPPENED, "outcome_against_record", outcome.at) for outcome in against)
        if not without and not against:
            yield _considered(victim)


def _considered(victim: facts.VictimFacts) -> facts.Finding:
    if victim.suspected is False:
        return facts.Finding(facts.COULD_NOT, "no_offence")
    if victim.suspected is None:
        return facts.Finding(facts.CANNOT_TELL, "offences_not_confirmed")
    if facts.OPEN in victim.records:
        return facts.Finding(facts.CANNOT_TELL, "record_open")
    if victim.waits or facts.CLOSED not in victim.records:
        return facts.Finding(facts.CANNOT_TELL, "treatment_not_recorded")
    return facts.Finding(facts.DID_NOT, "records_countersigned")


def not_properly_investigated(case: facts.CaseFacts, at: datetime) -> Iterator[facts.Finding]:
    """Failing 5: somebody below PIP2 had the case without authority, or a crime was recorded or a PIP2 owner named later than it
    was due (Home Office Counting Rules; HMICFRS 2021 recommendation 3; College of Policing APP supervisors). It did not where
    each crime and the owner came in time and the first reviews that were due (those of 28 days) have their record. Whether the
    work in between was good the deep dive says, of a case that it reviewed: graded inadequate, it happened."""
    yield from (facts.Finding(facts.HAPPENED, "below_pip2", when) for when in case.below_pip2)
    if not case.victims:
        return
    if case.grade in (GOOD, INADEQUATE):
        yield facts.Finding(facts.DID_NOT if case.grade == GOOD else facts.HAPPENED, f"graded_{case.grade}")
    yield from (_owner_or_crime(step, at) for step in case.investigation)
    reviews = [asked for asked in case.follow_ups if asked.code == REVIEW]
    reviews.sort(key=lambda asked: (asked.due is None, asked.due or at))
    for asked in (*reviews[:FIRST_REVIEWS], *(asked for asked in case.follow_ups if asked.code != REVIEW)):
        if asked.is_done:
            yield facts.Finding(facts.DID_NOT, "done", None, asked.code)
        elif asked.due is not None and asked.due <= at:
            yield facts.Finding(facts.CANNOT_TELL, "no_answer", None, asked.code)
    if not case.investigation:
        yield facts.Finding(facts.CANNOT_TELL, "no_answer", None, CRIME)


def _owner_or_crime(step: facts.Step, at: datetime) -> facts.Finding:
    """As a step of safety; an owner named before any crime was recorded is in time, as its hours run from the crime."""
    done = [answer.at for answer in step.answers if answer.kind == "done"]
    if step.due is None and done:
        return facts.Finding(facts.DID_NOT, "done_in_time", min(done), step.code)
    return _step_finding(step, at)


def not_trained(case: facts.CaseFacts, at: datetime) -> Iterator[facts.Finding]:
    """Failing 6: somebody who opened the case, or was given it, had not the training that was required of their roles on that
    day (HMICFRS 2021 recommendation 2). It did not where all of them had; where nothing was required it cannot be told."""
    verdicts = {
        True: (facts.DID_NOT, "trained"), False: (facts.HAPPENED, "not_trained"),
        None: (facts.CANNOT_TELL, "no_training_required"),
    }  # fmt: skip
    if case.victims:
        yield from (facts.Finding(*verdicts[handler.is_trained], handler.at) for handler in case.handlers)


JUDGES: Mapping[tuple[int, int], Judge] = {
    (MISSED, 1): missed_signs,
    (UNSAFE, 1): no_immediate_safety,
    (IMMIGRATION, 1): treated_as_immigration_offender,
    (CRIMINAL, 1): treated_as_criminal,
    (NOT_INVESTIGATED, 1): not_properly_investigated,
    (NOT_TRAINED, 1): not_trained,
}


def definitions(day: date) -> dict[int, Mapping[str, Any]]:
    """The row of each failing by which a period that ends on this day is judged, by number."""
    rows_by_number = {int(row["number"]): row for row in rows_on("measures", "failings", day)}
    return {number: rows_by_number[number] for number in NUMBERS}


def judge_case(case: facts.CaseFacts, at: datetime, defined: Mapping[int, Mapping[str, Any]]) -> dict[int, facts.Verdict]:
    """What each failing that is defined says of a case, by number. `at` is the instant as of which the facts were known."""
    return {number: facts.together(JUDGES[number, int(row["version"])](case, at)) for number, row in defined.items()}
