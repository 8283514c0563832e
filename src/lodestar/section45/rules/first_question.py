"""The short question at stop, arrest, interview and bail: could someone be making them do this, or profiting from it?

Asked once for the person and all offences together. Modern Slavery Act 2015 s45; College of Policing APP; HMICFRS
2021, 2g.
"""

from lodestar.cases.rules import PersonReading
from lodestar.kernel.fingerprint import fingerprint
from lodestar.kernel.obligations import Owed, owe

QUESTION_STAGES = ("stop", "voluntary_interview", "arrest", "interview", "bail_or_remand")

_AT = {
    "stop": "They were stopped on suspicion of an act.",
    "voluntary_interview": "They are to be interviewed about an act.",
    "arrest": "They are arrested on suspicion of an act.",
    "interview": "They are interviewed about an act.",
    "bail_or_remand": "They are bailed or remanded for an act.",
}


def section45_first_question(person: PersonReading) -> list[Owed]:
    """One for each stage at which a suspected act stands, by the stage as its moment: it is asked again at interview
    and bail.

    It rests on the acts themselves, all of them: another act, or other particulars, opens it again; a move of a known
    act to the
    next stage does not.
    """
    stages = [stage for stage in QUESTION_STAGES if stage in person.stages]
    if not stages or not person.is_living:
        return []
    rests_on = fingerprint(
        sorted(repr((act.act, act.section, act.title, act.particulars, act.on)) for act in person.facts.suspected_of)
    )
    found: list[Owed] = []
    for stage in stages:
        found += owe(
            "section45_first_question",
            person.events,
            person.day,
            person=person.id,
            moment=stage,
            why=(_AT[stage],),
            rests_on=rests_on,
        )
    return found
