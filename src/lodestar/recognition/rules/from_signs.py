"""What recorded signs lead to: which exploitation they point to, and whether a supervisor has to decide. No count, no score."""

from collections.abc import Collection, Iterable

from lodestar.recognition.rules.finding import Sign

# The groups of the list that are a kind of exploitation; the others hold signs of any.
TYPE_OF_GROUP = {"drugs": "criminal", "labour": "labour", "sexual": "sexual", "domestic": "domestic"}
SIGNS_ONLY, NONE = "signs_only", "none"
THREAT = "threatened_or_family_threatened"


def exploitation_types(signs: Iterable[Sign]) -> tuple[str, ...]:
    """The types that the signs laid on one person point to, in the order of the list.

    A sign that can point to several types says nothing of the type while another sign says it; alone it is taken for
    the type of the group under which it was ticked.
    """
    told = list(signs)
    plain = [TYPE_OF_GROUP[sign.group] for sign in told if _is_of_its_group(sign) and len(sign.types) == 1]
    shared = [TYPE_OF_GROUP[sign.group] for sign in told if _is_of_its_group(sign)]
    return tuple(dict.fromkeys(plain or shared))


def _is_of_its_group(sign: Sign) -> bool:
    return TYPE_OF_GROUP.get(sign.group) in sign.types


def belief_after(
    current: str,
    *,
    answered: str = "",
    is_decided: bool = False,
    may_be_used: bool,
    has_signs: bool,
    has_new_sign: bool,
) -> str:
    """The belief to record: what was answered just now; else what stands, with signs for a supervisor to decide on.

    `answered` is this writer's own answer, empty when not answered. `is_decided` says that somebody answered before. A
    new sign opens again what was *no reasonable grounds recorded yet*. Signs taken back leave nothing behind, unless
    somebody had decided (Modern Slavery Act 2015 s52(1): it is a person who believes).
    """
    if answered:
        return answered
    if not current or (current == NONE and has_new_sign):
        return SIGNS_ONLY if may_be_used or has_signs else current
    if current == SIGNS_ONLY and not is_decided and not may_be_used and not has_signs:
        return ""
    return current


def threats_after(current: Iterable[str], *, had: Collection[str], has: Collection[str]) -> tuple[str, ...]:
    """The threats recorded, with the one that the sign of a threat says: whether to them or to their family is asked later.

    `had` and `has` are the signs laid on the person before and now. The sign taken back takes that one with it.
    """
    told = tuple(current)
    if THREAT in has and not told:
        return ("person",)
    return () if THREAT in had and THREAT not in has and told == ("person",) else told
