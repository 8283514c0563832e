"""Words that say of what stands beside them that it is so no more, each once; and the same words said of something else."""

import pytest

from lodestar.guidance.rules.past import leads_to_past, without_past


def each(words):
    return words.split()


def is_past(text):
    return " ms1 " not in without_past(text, ["MS1"], ["duty"])


@pytest.mark.parametrize(
    "words",
    [
        "it formerly", "it previously", "it originally", "the previous", "the former", "the old", "it had been", "it was",
        "these were",
        "instead of", "rather than", "in place of", "no longer", "not", "it isn’t", "these aren’t", "used to be", "used to use",
        *each("reduces reduced reducing lower lowers lowered lowering cut cuts cutting shorten shortens shortened shortening"),
        *each("change changes changed changing replace replaces replaced replacing remove removes removed removing"),
        *each("supersede supersedes superseded superseding abolish abolishes abolished abolishing scraps scrapped"),
        *each("scrapping withdraw withdraws withdrew withdrawing repeals repealed repealing"),
        *(f"it {word} from" for word in each("down went fell dropped moved amended revised extended increased raised changed")),
        "changed last week and for everybody in all forces from", "one formerly known as the",
        "no longer have to use", "Previously, a b c d e f g h i j", "Until the end of May 2019, somebody sent an",
        *(f"does not {word}" for word in each("be include list name apply cover mean last")), "does not apply to",
        *(f"no longer {word}" for word in each("use uses send accept get give have has receive ring call complete")),
        *(f"do not {word}" for word in each("use ring call dial complete")), "don’t use", "never use", "must not use",
        *(f"stop {word}" for word in each("using ringing calling dialling completing")), "should not use",
        "Previously, all of them had to send a", "In the past, somebody sent", "Until 1 May 2019, somebody sent an",
        "Before 2019 we had",
        *(f"not {word}" for word in each("the a an its their his her paper statutory of nrm form forms number called as duty")),
        "not a minimum of at least the maximum period",
    ],
)  # fmt: skip
def test_what_is_said_before_it(words):
    assert is_past(f"{words} MS1")
    assert not is_past(f"{words} everybody the MS1") or words.startswith(("Prev", "In the", "Until", "Before"))


@pytest.mark.parametrize(
    "words",
    [
        *(
            f"{verb} {word}"
            for verb in ("was", "were", "has been", "have been", "had been", "was later", "is", "are", "is now")
            for word in ("replaced", "withdrawn", "removed", "abolished", "superseded", "discontinued")
        ),
        *(f"is {word}" for word in ("scrapped", "repealed", "obsolete", "out of date", "out of use", "out of service")),
        *(f"was {word}" for word in ("reduced to", "lowered to", "cut to", "shortened to", "changed from it to", "now cut to")),
        *(
            f"is no longer {word}"
            for word in each("working answered correct right named listed under part a one among current required needed")
        ),
        "were no longer sent", "was no longer sent", "should not be used", "may not be used", "should no longer be sent",
        "is no longer sent", "was since cut to", "was also cut to", "are now no longer sent", "is no longer on it",
        "no longer applies", "withdrawn", "obsolete", "replaced by it", "superseded by it", "(withdrawn)", ", which is obsolete",
        "form that was replaced", "now withdrawn", "was then replaced",
        *(f"{verb} no longer be used" for verb in ("can", "must", "should", "may")), "may no longer apply",
        "need no longer notify",
        *(f"must not be {word}" for word in ("used", "sent", "rung", "called", "accepted", "completed")),
        *(f"used to {word} sent" for word in ("be", "have", "need", "apply", "last")),
        "ceased to be", "has ceased to be", "forms have ceased to be", "any more", "any longer", "does not work",
        "does not exist",
        "formerly had it", "previously had it", "was formerly", "had previously", "were previously",
        "(now 30 days)", "(now at least 30 days)", "now 0800 808 3733",
    ],
)  # fmt: skip
def test_what_is_said_behind_it(words):
    assert is_past(f"The MS1 {words}")


@pytest.mark.parametrize(
    "text",
    [
        "is reduced the MS1", "are changed the MS1", "was cut the MS1", "were removed the MS1", "be replaced the MS1",
        "been withdrawn the MS1", "Was the MS1 sent", "Whether or not the MS1", "replaced by the MS1", "cut to the MS1",
        "changed a b c d e f g h i from MS1", "not to be to be MS1",
        "in the MS1 was removed", "during the MS1 was removed",
        "within the MS1 was removed",
        "throughout the MS1 was removed", "with the MS1 was removed", "on the MS1 was removed",
        "Then previously all of them had to send a MS1", "Until the last day in May 2019 an MS1", "cannot the MS1",
        "Previously, a b c d e f g h i j k MS1", "Previously, it was so, and the MS1",
        "Until the last day in May 2019, an MS1",
        "do not use the MS1 here", "do not send the MS1", "MS1, it is no longer so", "MS1 is reduced", "MS1 was cut short",
        "MS1 may be replaced", "MS1 can be used", "MS1 was replaceable", "MS1 replaced it", "MS1 used to notify",
        "MS1 was previously called it", "MS1 formerly known as it", "MS1 previously named it", "MS1, previously", "now 24 MS1",
        "MS1 now 24 hours", "MS1 now 12345678", "not the a an its their his her the a MS1", "not; the MS1", "not (the MS1",
        "not: the MS1", "not - the MS1", "not – the MS1", "not, the MS1",
        "not a minimum of at least the maximum period and MS1",
    ],
)  # fmt: skip
def test_what_is_said_of_something_else(text):
    assert not is_past(text)


@pytest.mark.parametrize(
    "words", ["", ",", "any more", "because", "since", "as it is old", "it is", "which", "now", "again", "form"]
)
def test_what_is_not_to_be_used_at_all(words):
    assert is_past(f"Do not use the MS1 {words}")


def test_a_number_in_brackets_or_parted_is_no_pause():
    assert "0300" not in without_past("not 0300 - 303 - 8151", ["0300 303 8151"], [])
    assert "0300" not in without_past("not +44 (0) 300 303 8151", ["0300 303 8151"], [])
    assert "days" not in without_past("not forty-five (45) days", ["45 days"], [])


def test_words_that_only_begin_so_stay():
    assert without_past("not the MS1b", ["MS1"], []) == " not the ms1b "


@pytest.mark.parametrize(
    "words",
    [
        *(
            f"Forms that are no longer {word}"
            for word in (
                "accepted", "used", "in use", "in force", "in service", "valid", "taken", "sent", "issued", "available", "needed",
                "required", "current", "correct",
            )
        ),
        "Forms that no longer hold", "Lists that no longer apply", "Numbers that no longer work", "Forms that no longer exist",
        *(f"{word} forms" for word in ("Old", "Former", "Previous", "Withdrawn", "Superseded", "Obsolete", "Replaced")),
        "Old paper forms", "Forms that were replaced in 2019", "Forms that are now out of use", "Never use",
        *(f"Do not {word}" for word in ("use", "send", "ring", "call", "dial", "complete")),
    ],
)  # fmt: skip
def test_what_leads_to_a_list_of_such(words):
    assert leads_to_past(f"{words}:")


@pytest.mark.parametrize("thing", each("number forms name versions paper helplines word terms contact details list ways period"))
def test_what_is_old(thing):
    assert leads_to_past(f"Old {thing}:")


@pytest.mark.parametrize(
    "words",
    [
        "That is withdrawn", "This was withdrawn", "Forms now withdrawn", "Forms that had been withdrawn",
        *(f"Forms that were replaced {word} the first of May" for word in ("in", "on", "by", "from", "since")),
        "Don’t use", "Stop using",
        "Stop sending", "Stop ringing", "Stop calling", "Stop completing", "Never use any of these",
    ],
)  # fmt: skip
def test_what_is_gone(words):
    assert leads_to_past(f"{words}:")


@pytest.mark.parametrize("word", ["where", "if", "when", "once", "unless", "until", "without"])
def test_what_holds_in_some_cases_leads_to_no_past(word):
    assert not leads_to_past(f"Do not use {word} they do:")


@pytest.mark.parametrize("word", ["where", "if", "when", "unless", "without", "until", "as a first step"])
def test_what_is_not_to_be_done_in_some_cases_is_still_said(word):
    assert not is_past(f"Not the MS1, {word} they do")
    assert not is_past(f"Not the MS1 a b c d e f {word} they do")
    assert is_past(f"Not the MS1 a b c d e f g {word} they do")
    assert not is_past(f"The MS1 must not be used {word} they do")


@pytest.mark.parametrize("verb", ["lasted", "was", "were", "had", "applied", "received"])
def test_what_stood_first_is_of_a_sentence_of_the_past(verb):
    assert is_past(f"Previously they {verb} for an MS1")
    assert is_past(f"Previously a b c d e f g h i {verb} MS1")
    assert not is_past("Previously they have for an MS1")


@pytest.mark.parametrize("words", ["need any", "requires part of an", "extends to", "falls on", "fill in a", "need be for a"])
def test_what_is_no_longer_needed(words):
    assert is_past(f"They no longer {words} MS1")


@pytest.mark.parametrize(
    "words",
    [
        "Adults who no longer consent:", "Do not wait:", "Forms to send:", "Consent was withdrawn:",
        "The referral was withdrawn:", "The child was removed:",
    ],
)  # fmt: skip
def test_what_leads_to_another(words):
    assert not leads_to_past(words)
