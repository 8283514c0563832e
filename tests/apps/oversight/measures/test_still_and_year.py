"""What stands beside the figure and leads on: the cases in which lines are open or late, and the same days a year before."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from lodestar.casework.ledger.models import Obligation
from lodestar.casework.ledger.queries.worklists import open_at
from lodestar.oversight.measures.access import scope_for
from lodestar.oversight.measures.actions import keep
from lodestar.oversight.measures.queries import open_items as queries
from lodestar.oversight.measures.queries import open_items as still
from lodestar.oversight.measures.queries.figure import Figure
from lodestar.oversight.measures.queries.open_items import Against, figure_context
from lodestar.oversight.measures.rules.facts import a_year_before
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import MET
from tests.factories.figures import HOUR, MARCH, QUERY, answered, figure, met, sealed_by
from tests.factories.investigations import CrimeFactory
from tests.factories.referrals import PairingFactory, ReferralFactory
from tests.factories.signed_in import signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def coordinator():
    return a_member("coordinator")


# --- what is open, and late -----------------------------------------------------------------------------------------------


def test_open_and_late_lead_to_their_cases_each_with_what_is_left(client, coordinator):
    case, _ = met(coordinator)
    done, _ = met(coordinator)
    elsewhere, _ = met(coordinator, at=MET - timedelta(days=60))
    Obligation.objects.update(opened_at=MET)
    Obligation.objects.filter(case=done).update(state="closed", closed_at=MET + HOUR)
    other = Obligation.objects.filter(case=case).exclude(code="make_safe").order_by("code")[0]
    closed = Obligation.objects.filter(case=case).exclude(code="make_safe").exclude(id=other.id)
    closed.update(state="closed", closed_at=MET + HOUR)
    Obligation.objects.filter(id=other.id).update(due_at=MARCH.ends + HOUR, opens_at=MET)
    signed_in(client, coordinator)
    page = unescape(client.get("/figures", QUERY).content.decode())
    hrefs = [part.partition('"')[0] for part in page.split('href="') if part.startswith("/figures/still/")]
    assert len(hrefs) == 2
    for href in hrefs:
        with at_most(15):
            listed = client.get(href)
        words = unescape(listed.content.decode())
        assert case.reference in words
        assert "2 tasks open" in words
        assert "1 of them late, the first since 3 March 2026" in words
        assert done.reference not in words
        assert elsewhere.reference not in words
    assert Event.objects.filter(code="analysis.cases_listed", subject="still late").exists()
    Obligation.objects.filter(case=case, code="make_safe").update(due_at=MARCH.ends + HOUR)
    assert "none of them late" in unescape(client.get("/figures", QUERY).content.decode())
    assert case.reference not in client.get("/figures/still/late", QUERY).content.decode()
    assert client.get("/figures/still/nonsense", QUERY).status_code == 404


def test_the_lists_of_what_is_open_show_nobody_more_than_the_figure(client, coordinator):
    sergeant, other = a_member("supervisor"), a_member("supervisor")
    own, _ = met(sergeant)
    theirs, _ = met(other)
    hidden, _ = met(coordinator)
    Obligation.objects.update(opened_at=MET)
    sealed_by(coordinator, hidden)
    words = unescape(signed_in(client, sergeant).get("/figures/still/open", QUERY).content.decode())
    assert [one.reference in words for one in (own, theirs, hidden)] == [True, False, False]
    words = unescape(signed_in(client, coordinator).get("/figures/still/open", QUERY).content.decode())
    shown, _, sealed = words.partition("Sealed cases that you own")
    assert [one.reference in shown for one in (own, theirs, hidden)] == [True, True, False]
    assert hidden.reference in sealed
    words = unescape(signed_in(client, a_member("coordinator")).get("/figures/still/open", QUERY).content.decode())
    assert hidden.reference not in words
    for role in ("frontline", "investigator", "data_protection"):
        for address in ("/figures/still/open", "/figures/a-year-before"):
            assert signed_in(client, a_member(role)).get(address, QUERY).status_code == 404


def test_what_is_late_is_found_however_far_behind_it_stands(client, coordinator, monkeypatch):
    monkeypatch.setattr(still, "FEW", 1)
    monkeypatch.setattr(still, "MORE", 2)
    cases = [met(coordinator, at=MET + timedelta(minutes=minute))[0] for minute in range(9)]
    Obligation.objects.update(opened_at=MET, due_at=None)
    late = [cases[2], cases[8]]
    Obligation.objects.filter(case__in=late, code="make_safe").update(due_at=MET)
    signed_in(client, coordinator)
    with at_most(15):
        words = client.get("/figures/still/late", QUERY).content.decode()
    assert [one.reference in words for one in cases] == [one in late for one in cases]


# --- beside the year before -----------------------------------------------------------------------------------------------


YEAR_BEFORE = MET - timedelta(days=365)


def pairs_of(words, title):
    """What a table says in each of the two periods, by the head of its row."""
    found = {}
    for row in words.partition(f">{title}</caption>")[2].partition("</table>")[0].split('role="rowheader"')[1:]:
        head, *cells = re.split(r"</t[hd]>", row)
        numbers = [re.sub(r"<span.*?</span>|<[^>]*>", "", cell).strip() for cell in cells if "data-l" in cell]
        found[head.partition(">")[2].strip()] = tuple(numbers)
    return found


def test_two_years_stand_beside_each_other_and_cannot_tell_by_itself(client, coordinator):
    late, person = met(coordinator)
    answered(coordinator, late, "make_safe", MET + 2 * HOUR)
    met(coordinator)
    earlier, one = met(coordinator, at=YEAR_BEFORE)
    met(coordinator, at=MET - timedelta(days=60))  # of neither
    ReferralFactory(person=person, route="nrm", sent_at=MET)
    ReferralFactory(person=one, route="nrm", direction="received_for_investigation", sent_at=YEAR_BEFORE)
    signed_in(client, coordinator)
    for _ in range(2):  # as nothing is kept, and as all is
        with at_most(15):
            page = client.get("/figures/a-year-before", QUERY)
        words = unescape(page.content.decode())
        assert page.status_code == 200
        assert len(page.content) <= 30_000
        assert "1 to 31 March 2025" in words
        assert "%" not in words.partition("<main")[2].partition("</main>")[0]
        assert pairs_of(words, "2. No immediate safety") == {
            "Could have": ("1", "2"), "Happened": ("0", "1"), "Did not": ("0", "0"), "Cannot tell": ("1", "1"),
            "Could not have": ("0", "0"),
        }  # fmt: skip
        found = pairs_of(words, "Referrals and crimes of both periods")
        assert found["Made by us: National Referral Mechanism: all"] == ("0", "1")
        assert found["Received to investigate: all"] == ("1", "0")
        keep(at=timezone.now(), most=500)
    hrefs = {part.partition('"')[0] for part in words.split('href="')[1:] if part.startswith("/figures/")}
    listed = next(one for one in hrefs if "no-immediate-safety/cannot-tell" in one and "2025" in one)
    assert earlier.reference in client.get(listed).content.decode()
    for href in hrefs:
        assert client.get(href).status_code == 200, href
    assert "/figures/a-year-before" in client.get("/figures", QUERY).content.decode()


def test_each_of_the_two_says_what_its_own_figure_says(coordinator):
    for at in (MET, MET + 5 * HOUR, YEAR_BEFORE):
        case, _ = met(coordinator, at=at, british=False)
        answered(coordinator, case, "make_safe", at + HOUR / 2)
    hidden, _ = met(coordinator)
    sealed_by(coordinator, hidden)
    periods, now = [a_year_before(MARCH), MARCH], timezone.now()
    both = Figure.of_people_met(scope_for(coordinator), periods, now, is_past=False)
    assert [one.counts for one in both] == [figure(coordinator, period).counts for period in periods]
    assert [one.is_owner for one in both] == [False, True]


@pytest.mark.parametrize("most", [1, 3, 1_000])
def test_what_is_open_and_late_is_counted_no_further_than_anybody_reads(coordinator, monkeypatch, most):
    for number in range(3):
        case, _ = met(coordinator, at=MET + number * HOUR)
        answered(coordinator, case, "make_safe", MARCH.ends + timedelta(days=1))  # open still at the end of March
    met(coordinator, at=MARCH.begins - timedelta(days=40))  # of another period
    Obligation.objects.update(opened_at=MET)
    rows = open_at(MARCH.ends).filter(case__encountered_at__gte=MARCH.begins)
    late = rows.filter(due_at__lt=MARCH.ends)
    assert late.exclude(state="open").exists()
    monkeypatch.setattr(queries, "MOST", most)
    with at_most(3 if most == 1_000 else 2):
        still = figure_context(scope_for(coordinator), MARCH, timezone.now()).still
    assert (still.open, still.late) == (min(rows.count(), most + 1), min(late.count(), most + 1))


def test_each_referral_and_crime_has_the_other_or_was_settled_or_is_open(coordinator):
    for pairing in ({"crime_at": MET}, {"settled": True}, {}, None, {"crime_at": MET, "settled": True}):
        _, person = met(coordinator)
        ReferralFactory(person=person, route="nrm", sent_at=MET)
        if pairing is not None:
            PairingFactory(person=person, **pairing)
    for pairing in ({"referral_at": MET}, {"referral_at": None, "settled": True}, {"referral_at": None}):
        _, person = met(coordinator)
        CrimeFactory(person=person)
        PairingFactory(person=person, crime_at=MET, **pairing)
    found = figure_context(scope_for(coordinator), MARCH, timezone.now()).against
    assert found == {"nrm": Against(5, 2, 1), "dtn": Against(), "received": Against(), "crimes": Against(3, 1, 1)}
    assert (found["nrm"].open, found["crimes"].open) == (2, 1)
