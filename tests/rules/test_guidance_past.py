"""What a page says of the past: a rule for some cases, a cost or a heading above a list is not that something is gone."""

import pytest

from tests.rules.test_guidance_stale import clauses

STILL_SAID = [
    "<p>Where consent is withdrawn by the adult:<ul><li>complete form MS1<li>ring 0300 303 8151.</ul>",
    "<p>If you do not complete an NRM form:<ol><li>complete the MS1 form<li>e-mail it</ol>",
    "<p>For children under eighteen years old:<ul><li>send MS1</ul>",
    "<p>If the victim is old enough to decide:<ul><li>ring 0300 303 8151</ul>",
    "<p>If the victim meets a former partner:<ul><li>ring 0300 303 8151</ul>",
    "<h2>When consent is withdrawn</h2><p>The officer must:<ul><li>ring 0300 303 8151</ul>",
    "<h2>Previously refused victims</h2><p>Ring any of these:<ul><li>Salvation Army 0300 303 8151</ul>",
    "<p>The MS1 form should not be used where the victim consents.",
    "<p>The MS1 form must not be completed without consent to support.",
    "<p>MS1 need not be completed for children.",
    "<p>Use an NRM form, not MS1, where the adult consents.",
    "<p>MS1 was changed in 2017 and must be sent.",
    "<p>The MS1 form has been shortened: send it by e-mail.",
    "<p>GLAA need not notify under section 52 where a referral is made.",
    "<p>Never ring 0300 303 8151, if the person has not consented.",
    "<p>Do not call 0300 303 8151 as a first step.",
    "<p>0300 303 8151 is no longer charged at premium rate.",
    "<p>A recovery period of 45 days, which is no longer available to those convicted, starts at once.",
    "<p>Do not cut the 45 day recovery period.",
    "<p>Previously trafficked people get a recovery period of at least 45 days.",
    "<p>Formerly detained victims have a recovery period of 45 days.",
    "<p>Before 2023 you must send the MS1 form to the Home Office.",
]
SAID_NO_MORE = [
    "<p>You no longer need to complete an MS1 form.",
    "<p>First responders no longer have to fill in the MS1 form.",
    "<p>There is no longer a separate MS1 form.",
    "<p>There is no longer any need for the MS1.",
    "<p>The duty to notify no longer extends to the GLAA.",
    "<p>The duty to notify no longer falls on the GLAA.",
    "<p>The recovery period no longer needs to be 45 days.",
    "<p>These numbers are no longer used:<ul><li>0300 303 8151</ul>",
    "<p>Old numbers:<ul><li>0300 303 8151</ul>",
    "<p>Do not ring any of these:<ul><li>0300 303 8151</ul>",
    "<p>These forms have been withdrawn:<ul><li>MS1</ul>",
    "<p>These forms were replaced in April 2019:<ul><li>MS1</ul>",
    "<p>0300 303 8151 is no longer available.",
]


@pytest.mark.parametrize("page", STILL_SAID)
def test_what_holds_in_some_cases_or_is_only_near_such_words_is_still_said(page):
    assert clauses(page)


@pytest.mark.parametrize("page", SAID_NO_MORE)
def test_what_is_said_to_be_so_no_more_is_not_marked(page):
    assert clauses(page) == []
