"""Referrals and their references, and referrals while they are written."""

import factory

from lodestar.casework.decisions.models import Decision, Letter, LetterFiled
from lodestar.casework.referrals.models import (
    Answer,
    Pairing,
    PairingSettled,
    Referral,
    ReferralDraft,
    ReferralReference,
    ReferralStatus,
    Review,
)
from tests.factories.accounts import Somebody
from tests.factories.cases import MET, PersonFactory


class ReferralFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Referral

    person = factory.SubFactory(PersonFactory)
    number = 1
    route = "nrm"
    direction = "made_by_us"
    sent_at = MET
    recorded_at = MET
    recorded_by = Somebody()


class ReferralReferenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReferralReference

    referral = factory.SubFactory(ReferralFactory)
    reference = factory.Sequence(lambda n: f"NRM-{n:06d}")
    recorded_at = MET
    recorded_by = Somebody()


class DecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Decision

    referral = factory.SubFactory(ReferralFactory)
    number = 1
    kind = "rg_positive"
    decided_on = MET.date()
    filed_at = MET
    filed_by = Somebody()


class ReferralNowFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReferralStatus

    referral = factory.SubFactory(ReferralFactory)
    direction = "made_by_us"
    unit = factory.SelfAttribute("referral.person.case.unit")
    sent_at = MET
    state = "waiting"
    open_checks = factory.LazyAttribute(lambda now: now.referral.open_checks if now.referral.writing_id else None)


class PairingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Pairing

    person = factory.SubFactory(PersonFactory)
    referral_at = MET


class PairingSettledFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PairingSettled

    person = factory.SubFactory(PersonFactory)
    side = "no_crime"
    reason = "Recorded by the force where it happened."
    settled_at = MET
    settled_by = Somebody()


class LetterFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Letter

    kind = "decision"
    how = "pasted"
    title = "A decision"
    words = "We have made a reasonable grounds decision."
    digest = factory.Sequence(lambda n: f"{n:064x}")
    added_at = MET
    added_by = Somebody()


class LetterFiledFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LetterFiled

    letter = factory.SubFactory(LetterFactory)
    referral = factory.SubFactory(ReferralFactory)
    how = "itself"
    filed_at = MET
    filed_by = Somebody()


class WritingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReferralDraft

    person = factory.SubFactory(PersonFactory)
    form_version = "2026-04"
    begun_at = MET
    begun_by = Somebody()


class AnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Answer

    writing = factory.SubFactory(WritingFactory)
    code = "what-were-they-required-to-do"
    number = factory.Sequence(lambda n: n + 1)
    words = "Washed cars from seven to seven."
    written_at = MET
    written_by = Somebody()


class ReviewFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Review

    writing = factory.SubFactory("tests.factories.referrals.WritingFactory")
    comment = "When did it begin?"
    said_at = MET
    said_by = Somebody()
