"""Decisions and letters of the competent authority in the demo force."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.db.models import Q

from lodestar.casework.decisions.actions import file_decision, keep_letter, settle_pairing
from lodestar.casework.decisions.models import Decision
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals.models import Pairing, Referral, ReferralReference
from lodestar.demo.concerns import SEED, listed
from lodestar.demo.work import Office, Sitting
from lodestar.platform.files.mail import Mail
from lodestar.platform.registry.demo_parts import Act, DemoPart, DemoWork, register_demo_part
from lodestar.platform.time.days import add_working_days, london_date

ROTA = timedelta(days=28)


def send_information(sitting: Sitting, row: Obligation) -> None:
    """File that the information asked for was sent."""
    person, _ = sitting.person_of(row)
    file_step(sitting, person.id, "info_sent", london_date(sitting.now))


def file_step(sitting: Sitting, person: UUID, kind: str, on: date) -> None:
    """Files what came of the referral of a person."""
    referral = Referral.objects.select_related("person__case").filter(person=person, route="nrm").order_by("number").last()
    if referral is None:
        return
    is_letter = kind[:2] in ("rg", "cg")
    if is_letter and sitting.random.random() < 0.5:
        _keep_decision_letter(sitting, referral, kind)
    file_decision(
        by=sitting.office.members["coordinator"], at=sitting.now, referral=referral, kind=kind, decided_on=on,
        seen=Decision.objects.filter(referral=referral).count(), notice_on=london_date(sitting.now) if is_letter else None,
        answer_by=add_working_days(on, 8) if kind == "info_asked" else None,
    )  # fmt: skip


def _keep_decision_letter(sitting: Sitting, referral: Referral, kind: str) -> None:
    """The letter that tells of a decision; it is filed by the reference in it."""
    reference = ReferralReference.objects.filter(referral=referral).latest("recorded_at").reference
    grounds = "reasonable" if kind.startswith("rg") else "conclusive"
    words = listed("words")["letter"].format(reference=reference, outcome=kind.split("_")[1], grounds=grounds)
    mail = Mail("National Referral Mechanism: outcome", words, sitting.now, "")
    keep_letter(by=sitting.office.members["coordinator"], at=sitting.now, mail=mail, kind="decision")


def _settle(office: Office) -> None:
    """The coordinator says of most crimes without a referral, and the other way round, why that is right."""
    at, by = office.clock.now(), office.members["coordinator"]
    ago, random = at - timedelta(days=20), Random(f"{SEED} {at:%Y-%m-%d}")
    one_alone = Q(crime_at__lt=ago, referral_at=None) | Q(referral_at__lt=ago, crime_at=None)
    for pairing in (
        Pairing.objects.filter(one_alone, settled=False, person__case__in=office.lives)
        .select_related("person__case")
        .order_by("id")
    ):
        if random.random() < 0.6:
            side = "no_crime" if pairing.crime_at is None else "no_referral"
            reason = random.choice(listed("words")[side])
            settle_pairing(by=by, at=office.clock.pass_by(3), person=pairing.person, side=side, reason=reason)


def _letter(office: Office) -> None:
    words = "Please provide the crime reference for case 88-104-77. No other reference was given in your form."
    mail = Mail("Your referral: further information", words, office.clock.now(), "")
    keep_letter(by=office.members["coordinator"], at=office.clock.now(), mail=mail, kind="asks")


def _acts(begins: datetime, now: datetime) -> Iterator[tuple[datetime, Act]]:
    yield now - timedelta(days=2, minutes=14), _letter


def _acts_of_step(begins: datetime, now: datetime) -> Iterator[tuple[datetime, Act]]:
    at = begins + timedelta(days=3, hours=7)
    while at < now:
        yield at, _settle
        at += ROTA


register_demo_part(
    DemoPart(
        "decisions",
        work=DemoWork(
            closes={"answer_further_information": send_information},
            courses={"decision": file_step},
            acts=_acts,
            acts_of_step=_acts_of_step,
        ),
    )
)
