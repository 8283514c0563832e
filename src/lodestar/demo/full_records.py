"""What detectives of the demo force write in a full record of section 45 of the Modern Slavery Act 2015. Pure."""

from random import Random

from lodestar.casework.section45.rules.record import Asked
from lodestar.demo.concerns import listed


def answers_of(asked: Asked, conclusion: str, random: Random) -> dict[str, str]:
    """A full record that lacks nothing that is asked, and concludes what its limbs say."""
    words = listed("words")
    if not asked.limbs:
        conclusion = "not_open"
    elif len({limb.test for limb in asked.limbs}) > 1:
        conclusion = "cannot_tell"  # whether the test of a child or of an adult counts is not known yet
    before = {"likely": "no_further_action", "unlikely": "charge"}.get(conclusion, "review")
    answers = {"before": before, "conclusion": conclusion, "reason": words["reasons"][conclusion]}
    if asked.settle:
        answers |= {"settled": "not_excluded", "settled_why": words["settled"]}
    if asked.must_weigh:
        answers |= dict.fromkeys(("duress", "self_defence", "public_interest", "abuse_of_process"), words["reasons"]["not_open"])
    if asked.law_of_the_time:
        answers["law_note"] = words["settled"]
    if asked.elsewhere:
        answers |= {"asked_whom": "The prosecutor there, by letter", "their_answer": words["reasons"]["cannot_tell"]}
    failing = random.choice([limb.number for limb in asked.limbs if limb.number > 1] or [0])
    for limb in asked.limbs:
        reading = "met"
        if conclusion == "cannot_tell" and (limb.number > 1 or len({each.test for each in asked.limbs}) > 1):
            reading = "cannot_tell"
        elif conclusion == "unlikely" and limb.number >= failing:
            reading = "not_met" if limb.number == failing else "cannot_tell"
        evidence_for, against = words["limbs"][limb.name][reading]
        answers |= {f"{limb.name}_reading": reading, f"{limb.name}_for": evidence_for, f"{limb.name}_against": against}
    return answers
