"""The register of referrals: two kinds that are never one list, each row once, sealed cases to their owners alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.casework.decisions.queries.decisions import referrals_seen
from lodestar.casework.ledger.models import REFERRAL_CLOCKS, Obligation
from lodestar.casework.referrals.models import Pairing
from lodestar.platform.accounts.models import Unit
from lodestar.platform.audit.models import Event
from lodestar.platform.text.paging import Place
from tests.factories.accounts import UnitFactory, a_member
from tests.factories.administering import administering
from tests.factories.cases import MET, ObligationFactory, a_case, a_person
from tests.factories.figures import sealed_by
from tests.factories.referrals import ReferralFactory, ReferralNowFactory, ReferralReferenceFactory
from tests.factories.signed_in import form, signed_in
from tests.factories.signed_in import html_of as page_of

pytestmark = pytest.mark.usefixtures("fenmarch")


def html_of(client, **asked):
    return page_of(client, "/referrals", **asked)


def standing(by, name, state="waiting", days=0, direction="made_by_us", **more):
    person = a_person(by, a_case(by), name=name)
    referral = ReferralFactory(person=person, direction=direction, sent_at=MET + timedelta(days=days))
    ReferralNowFactory(referral=referral, direction=direction, sent_at=referral.sent_at, state=state, **more)
    Pairing.objects.create(person=person, referral_at=referral.sent_at)
    Obligation.objects.filter(person=person, code__in=REFERRAL_CLOCKS).delete()
    return referral


def late(referral, hours, code="answer_further_information"):
    return ObligationFactory(
        case=referral.person.case, person=referral.person, code=code, unit=referral.person.case.unit, holder=None,
        due_at=timezone.now() - timedelta(hours=hours), opens_at=MET, with_role="coordinator",
    )  # fmt: skip


def test_sent_and_received_are_never_one_list(client, coordinator):
    standing(coordinator, "Anna Ours")
    standing(coordinator, "Bela Theirs", direction="received_for_investigation")
    signed_in(client, coordinator)
    ours, theirs = html_of(client), html_of(client, kind="received")
    assert ("Anna Ours" in ours, "Bela Theirs" in ours) == (True, False)
    assert ("Anna Ours" in theirs, "Bela Theirs" in theirs) == (False, True)


def test_a_line_says_where_it_stands_its_clock_its_reference_and_whether_a_crime_is_recorded(client, coordinator):
    referral = standing(coordinator, "Anna Ours", returned=True)
    ReferralReferenceFactory(referral=referral, reference="NRM-771204")
    late(referral, 50)
    signed_in(client, coordinator)
    html = html_of(client)
    for words in ("Waiting for a first decision", "Answer needed", ">Late<", "NRM-771204", "No crime recorded"):
        assert words in html
    assert f'href="/referrals/{referral.id}/decision"' in html
    event = Event.objects.filter(code="cases.people_listed", by=coordinator.user).get()
    assert event.people == [referral.person_id]


def test_a_crime_number_or_why_there_is_none_is_said_beside_the_referral(client, coordinator):
    numbered, reasoned = (standing(coordinator, name).person for name in ("Anna", "Bela"))
    signed_in(client, coordinator)
    client.post(f"/people/{numbered.id}/crime", form(number="37/12345/26"))
    client.post(f"/people/{reasoned.id}/crime", form(why_kind="not_needed", why_not="The force where it happened records it."))
    assert Pairing.objects.get(person=numbered).crime_at
    html = html_of(client)
    assert "Crime recorded" in html
    assert "No crime, with a reason" in html
    assert Pairing.objects.get(person=reasoned).settled


@pytest.mark.parametrize(
    ("asked", "sees"),
    [
        ({"show": "rg_negative"}, {"Bela"}),
        ({"show": "returned"}, {"Cyra"}),
        ({"show": "late"}, {"Anna"}),
        ({"show": "all"}, {"Anna", "Bela", "Cyra"}),
        ({"show": "nonsense", "kind": "nonsense", "after": "nonsense"}, {"Anna", "Bela", "Cyra"}),
    ],
)
def test_each_way_to_look_shows_what_it_says(client, coordinator, asked, sees):
    late(standing(coordinator, "Anna"), 3)
    standing(coordinator, "Bela", state="rg_negative")
    standing(coordinator, "Cyra", returned=True)
    html = html_of(signed_in(client, coordinator), **asked)
    assert {name for name in ("Anna", "Bela", "Cyra") if name in html} == sees


def test_a_force_of_many_teams_names_one_and_the_page_stays_small(client, coordinator):
    with administering():
        teams = Unit.objects.bulk_create(Unit(name=f"Team {number:03d} of response") for number in range(200))
    other = UnitFactory(name="Roads policing")
    standing(coordinator, "Anna", unit=other)
    for number in range(26):
        referral = standing(coordinator, f"Тут {number:02d} " + "Дуже довге ім\u2019я " * 12, unit=teams[0], returned=True)
        ReferralReferenceFactory(referral=referral, reference="NRM-" + "7" * 76)
        late(referral, 50)
    signed_in(client, coordinator)
    assert "Тут 25" in html_of(client)
    assert "Тут 25" in html_of(client, show="late")
    for typed in ("roads", "Roads policing"):
        html = html_of(client, team=typed)
        assert ("Anna" in html, "Тут" in html, f'value="{typed}"' in html) == (True, False, True)
    assert "Anna" not in html_of(client, team="Nobody\u2019s")


def test_every_row_is_shown_once_page_by_page_the_newest_first(coordinator):
    for number in range(9):
        standing(coordinator, f"P{number}", days=number // 2)
    seen, after = [], None
    while True:
        rows = referrals_seen(coordinator, "made_by_us", "all", "", timezone.now(), after, 5)
        seen += rows[:4]
        if len(rows) < 5:
            break
        after = Place(rows[3].sent_at, rows[3].id)
    assert len(seen) == len({row.id for row in seen}) == 9
    assert [row.sent_at for row in seen] == sorted((row.sent_at for row in seen), reverse=True)


def test_a_sealed_case_is_in_no_list_but_its_owners(client, coordinator):
    officer, owner = a_member("frontline"), a_member("coordinator")
    standing(coordinator, "Anna")
    sealed = standing(officer, "Hidden Nightjar", state="rg_negative", returned=True)
    sealed_by(owner, sealed.person.case)
    late(sealed, 9)
    signed_in(client, coordinator)
    for show in ("all", "rg_negative", "returned", "late"):
        assert "Nightjar" not in html_of(client, show=show)
    signed_in(client, owner)
    for show in ("all", "rg_negative", "returned", "late"):
        assert "Nightjar" in html_of(client, show=show)
