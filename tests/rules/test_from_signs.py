"""What signs lead to: kinds of exploitation, and a belief that a person decides. No count, no score."""

from datetime import date

from lodestar.casework.concerns.rules import belief_after, exploitation_types, signs_on, threats_after
from lodestar.platform.reference.rules import act_of, code_of, offences_on
from tests.offenders import each

DAY = date(2026, 3, 2)
SIGNS = {sign.code: sign for sign in signs_on(DAY)}
AFRAID, CRIMINAL, LABOUR = "afraid_looks_to_someone", "works_for_a_group", "lives_where_they_work"


def kinds(*codes):
    return exploitation_types(SIGNS[code] for code in codes)


def test_a_sign_of_one_kind_says_the_kind():
    assert kinds(CRIMINAL) == ("criminal",)
    assert kinds(CRIMINAL, LABOUR) == ("criminal", "labour")


def test_a_sign_of_many_kinds_is_taken_for_its_group_only_while_no_other_says_the_kind():
    assert kinds(AFRAID) == ("criminal",)
    assert kinds(AFRAID, LABOUR) == ("labour",)


def test_signs_that_any_kind_may_show_say_none():
    assert kinds("papers_held") == kinds() == ()


def believed(current, **told):
    plain = {"may_be_used": False, "has_signs": False, "has_new_sign": False}
    return belief_after(current, **{**plain, **told})


@each("current", ["", "signs_only", "reasonable_grounds", "none"])
@each("answered", ["signs_only", "reasonable_grounds", "none"])
def test_what_a_person_answers_stands(current, answered):
    assert believed(current, answered=answered, has_signs=True, has_new_sign=True) == answered


def test_signs_or_a_part_as_used_wait_for_a_supervisor():
    assert believed("", has_signs=True) == believed("", may_be_used=True) == "signs_only"
    assert believed("") == ""


def test_a_new_sign_opens_again_what_was_no_grounds_yet():
    assert believed("none", has_signs=True, has_new_sign=True) == "signs_only"
    assert believed("none", has_signs=True) == "none"


def test_signs_never_undo_reasonable_grounds():
    assert believed("reasonable_grounds") == "reasonable_grounds"


def test_what_was_laid_on_somebody_by_mistake_goes_when_it_is_taken_back():
    assert believed("signs_only") == ""
    assert believed("signs_only", is_decided=True) == "signs_only"
    assert believed("signs_only", may_be_used=True) == "signs_only"


def test_the_sign_of_a_threat_is_a_threat_until_it_is_taken_back():
    threat = {"threatened_or_family_threatened"}
    assert threats_after([], had=set(), has=threat) == ("person",)
    assert threats_after(["family_abroad"], had=set(), has=threat) == ("family_abroad",)
    assert threats_after(["person"], had=threat, has=set()) == ()
    assert threats_after(["family_uk"], had=threat, has=set()) == ("family_uk",)
    assert threats_after(["person"], had=set(), has=set()) == ("person",)
    assert "threatened_or_family_threatened" in SIGNS


def picked(code, **told):
    plain = {"stage": "", "day": DAY, "nation": "england", "in_custody": False}
    return act_of(code, **{**plain, **told})


def test_a_pick_records_the_act_of_that_day():
    act = picked("intent_to_supply", stage="arrest")
    assert (act["act"], act["section"], act["on_from"], act["on_to"]) == (
        "Misuse of Drugs Act 1971",
        "5(3)",
        "2026-03-02",
        "2026-03-02",
    )
    assert (act["stage"], act["where"]) == ("arrest", "england_wales")


def test_whoever_is_suspected_was_at_least_stopped_and_in_custody_arrested():
    assert picked("")["stage"] == picked("other")["stage"] == "stop"
    assert picked("", in_custody=True)["stage"] == "arrest"
    assert picked("other")["act"] == ""


def test_every_offence_of_the_list_is_found_again_by_its_citation():
    for offence in offences_on(DAY):
        assert code_of(offence.act, offence.section, DAY) == offence.code
    assert code_of("Dangerous Dogs Act 1991", "3", DAY) == "other"
