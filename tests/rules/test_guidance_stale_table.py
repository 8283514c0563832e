"""A reader's table of what withdrawn facts mark, and what looks like it: paragraphs, lists, tables and headings."""

import pytest

from tests.rules.test_guidance_stale import clauses, items


def rows(*said):
    return f"<table>{''.join(f'<tr>{_cells(row)}</tr>' for row in said)}</table>"


def _cells(row):
    return "".join(f"<td>{cell}</td>" for cell in row)


MARKED = [
    "<p>Once the reasonable grounds decision is positive, the adult is offered a recovery period lasting at least 45 days.",
    "<p>Adults stay in a safe house for the length of the recovery period, a minimum of 45 calendar days.",
    "<p>The 45-day reflection period starts on the day of the decision and stops when they leave or exit support.",
    "<p>Anyone referred gets 45 days to reflect before being asked whether they wish to move on.",
    "<p>The law sets a recovery and reflection period of no fewer than 45 days, until it is decided whether they "
    "are a confirmed victim.",
    "<p>A recovery period of 45 calendar days is the minimum; a Recovery Needs Assessment comes later.",
    "<p>Tell the person that their recovery period (45 days) may be longer.",
    "<p>They cannot be removed from the UK during the 45 day recovery and reflection period, even if they no "
    "longer cooperate.",
    "<p>Nobody is asked to leave during their 45-day recovery period unless they are a danger.",
    "<p>Their recovery period will last for 45 days, and exit planning starts early.",
    "<p>Recovery period: 45 days. Move-on period: 45 days.",
    "<p>The RG decision opens a window of forty-five days.",
    "<p>No conclusive grounds decision can be made for 45 days.",
    "<p>After the NRM reasonable grounds stage you will have 45 days of safety.",
    "<h2>Recovery and reflection</h2><p>You have 45 days.",
    "<h2>Recovery period</h2><p>This is a minimum of forty five calendar days, and may be extended.",
    "<h3>How long is the recovery period?</h3><p>A minimum of 45 days.",
    items("a reasonable grounds decision within 5 days", "a recovery period of 45 days", "a final decision after that"),
    "<p>A positive reasonable grounds decision brings:" + items("a bed", "45 days before the next decision", "a nurse"),
    "<p>During the recovery period you get:" + items("advice", "support for 45 days", "a doctor"),
    rows(("Stage", "Time"), ("Reasonable grounds", "5 days"), ("Recovery period", "45 calendar days"), ("Move-on", "45 days")),
    rows(("What", "How long", "Who"), ("Reflection period", "At least 45 days", "Adults")),
    "<dl><dt>Recovery period<dd>Minimum 45 days<dt>Move-on support<dd>Minimum 45 days</dl>",
    "<p>• Reflection period - 45 days • Move-on support - 45 days",
    "<p>The recovery period of at least 45 days begins when the reasonable grounds decision is positive and ends "
    "after a conclusive grounds decision.",
    "<p>Police should not interview in the 45-day recovery period after which the Home Office says whether he was "
    "recognised as a victim.",
    "<p>The victim’s 45 days’ recovery and reflection period runs whether or not there is a positive conclusive "
    "decision later.",
    "<p>To arrange a bed ring 0300<br>303 8151.",
    "<p>Out of hours: 0300 303<br>8151 (Salvation Army).",
    "<p>Send an MS1 to the force inbox.",
    "<p>Under section 52 the police and the<br>Gangmasters and Labour Abuse Authority have to tell the Home Office.",
    "<h2>Who has the duty to notify?</h2>" + items("Chief constables", "Gangmasters and Labour Abuse Authority"),
    "<p>Support is for the recovery period, which is currently at least 45 days in England and Wales.",
    "<p>When the reflection period of 45 days is over, move-on support follows.",
]


NOT_MARKED = [
    "<p>Once the decision is positive at conclusive grounds, move-on support lasts 45 days.",
    "<p>After the recovery period, confirmed victims have at least 45 days to move on.",
    "<p>People who exit after the recovery period keep their support worker for 45 days.",
    "<p>A confirmed victim keeps support for 45 calendar days beyond the recovery period.",
    "<p>Following a conclusive grounds decision that is positive, at least 45 days are given to recover.",
    "<p>The recovery period is at least 30 days and is followed by 45 days of move-on support.",
    "<p>Until January 2023 the recovery period was 45 days; it is 30 now.",
    "<p>The recovery period is no longer at least 45 days.",
    "<p>The recovery period, once cut from 45 days, is 30 days.",
    "<p>30 days, rather than 45 days, is the recovery period.",
    "<p>An appeal must be lodged within 45 days.",
    "<p>The council decides about housing in 45 days.",
    "<p>The invoice is paid in 45 days. Recovery of costs is for the court.",
    "<p>Those who get a positive CG have a further 45 days, on top of their recovery period.",
    "<p>The Recovery Needs Assessment plans the 45 days of move-on.",
    "<h2>After a conclusive grounds decision</h2><p>You have at least 45 days.",
    "<h2>Leaving support</h2><p>Confirmed victims leave after 45 days.",
    items("recovery period of at least 30 days", "move-on support of at least 45 days"),
    "<p>Timescales<p>Recovery period: 30 days<p>Support after a positive decision: 45 days",
    "<p>Confirmed victims receive:" + items("a needs assessment", "45 days of support", "a travel card"),
    rows(("Stage", "Time"), ("Recovery period", "30 days"), ("Support after positive decision", "45 days")),
    rows(("Recovery period", "Move-on"), ("30 days", "45 days")),
    "<dl><dt>Recovery period<dd>30 days<dt>Support afterwards<dd>45 days</dl>",
    "<dl><dt>Recovery period<dd>at least 30 days<dt>After a positive conclusive grounds decision<dd>at least 45 days</dl>",
    "<p>• Recovery - 30 days • Move-on - 45 days",
    "<p>Ring 0300 303<br>8152 for the office.",
    "<p>Ring the Salvation Army on 0800 808<br>3733.",
    "<p>The MS1 form is no longer in use.",
    "<p>First responders: the police and the<br>Gangmasters and Labour Abuse Authority.",
    "<h2>First responders</h2>" + items("Police", "Gangmasters and Labour Abuse Authority"),
    "<p>The GLAA is no longer under the duty to notify.",
    "<p>Support for a confirmed victim after their recovery period lasts 45 days.",
    "<p>Support that follows the recovery period lasts at least 45 days for confirmed victims.",
    "<p>Room 303<br>8151 Squadron",
]


@pytest.mark.parametrize("page", MARKED)
def test_what_no_longer_holds_is_marked_once(page):
    assert len(clauses(page)) == 1


@pytest.mark.parametrize("page", NOT_MARKED)
def test_what_only_looks_like_it_is_not(page):
    assert clauses(page) == []
