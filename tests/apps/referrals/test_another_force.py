"""What another force holds stands in no list of the coordinator's, in no count and on no page; what is theirs does."""

from datetime import timedelta
from html import unescape

from django.utils import timezone

from lodestar.referrals.models import PairingSettled, Referral
from lodestar.referrals.queries import register as quality
from lodestar.referrals.queries.reconciled import counts
from lodestar.referrals.queries.register import Register
from lodestar.tenancy.within import within
from tests.factories.accounts import TenantFactory, UnitFactory, a_member
from tests.factories.cases import MET, ObligationFactory, a_case, a_person
from tests.factories.referrals import (
    LetterFactory,
    PairingFactory,
    PairingSettledFactory,
    ReferralFactory,
    ReferralNowFactory,
    WritingFactory,
)
from tests.factories.signed_in import form, signed_in

REGISTER = [
    f"/referrals?kind={kind}&show={show}"
    for kind in ("sent", "received")
    for show in ("all", "late", "returned", "rg_negative")
]
RECONCILED = [f"/referrals/reconciled?show={show}" for show in ("no_crime", "no_referral", "settled")]
PAGES = [*REGISTER, *RECONCILED, "/referrals/letters"]


def fill(by):
    """One of everything that the lists show, and whoever is settled without a crime."""
    case = a_case(by)
    for direction in ("made_by_us", "received_for_investigation"):
        person = a_person(by, case, name="Hidden Nightjar")
        referral = ReferralFactory(
            person=person, writing=WritingFactory(person=person), open_checks=["Q2"], direction=direction,
            sent_at=timezone.now() - timedelta(minutes=1),
        )  # fmt: skip
        ReferralNowFactory(
            referral=referral, direction=direction, state="rg_negative", returned=True, sent_at=referral.sent_at
        )
    PairingFactory(person=a_person(by, case, name="Hidden Nightjar"))
    PairingFactory(person=a_person(by, case, name="Hidden Nightjar"), referral_at=None, crime_at=MET)
    kept = PairingFactory(person=a_person(by, case, name="Hidden Nightjar"), settled=True).person
    PairingSettledFactory(person=kept)
    LetterFactory(waits=True, title="About a Nightjar")
    for referral in Referral.objects.all():
        ObligationFactory(
            case=case, person=referral.person, code="answer_further_information", unit=case.unit, holder=None, opens_at=MET,
            due_at=timezone.now() - timedelta(hours=3), with_role="coordinator",
        )  # fmt: skip
    return kept


def seen(client, path):
    page = client.get(path)
    assert page.status_code == 200, path
    return "Nightjar" in unescape(page.content.decode())


def test_nothing_of_another_force_is_listed_counted_or_settled(db, client):
    TenantFactory(), TenantFactory(slug="eastern", reference_prefix="ER")
    with within("fenmarch"):
        ours, here = a_member("coordinator"), a_member("coordinator")
        person = fill(ours)
    with within("eastern"):
        theirs = a_member("coordinator", unit=UnitFactory(name="Elsewhere"))
    first = quality.quarter_of(timezone.now().date())
    with within("fenmarch"):
        assert counts(here) == {"no_crime": 1, "no_referral": 1, "settled": 1}
        assert Register(here, "made_by_us").counts(timezone.now())["rg_negative"] == 1
        assert sum(tally.sent for tally in quality.Counted(first).by_team().values()) == 1
    signed_in(client, here)
    assert [path for path in PAGES if not seen(client, path)] == []
    with within("eastern"):
        assert counts(theirs) == {"no_crime": 0, "no_referral": 0, "settled": 0}
        assert set(Register(theirs, "made_by_us").counts(timezone.now()).values()) == {0}
        assert quality.Counted(first).by_team() == {}
    signed_in(client, theirs)
    assert [path for path in PAGES if seen(client, path)] == []
    address = f"/people/{person.id}/reconciled"
    assert client.get(address).status_code == 404
    assert client.post(address, form(reason="It is not ours.", side="no_crime")).status_code == 404
    with within("fenmarch"):
        assert PairingSettled.objects.count() == 1
