"""A sitting of the demo force in one case: what is done in the first hours, in the investigation and of what comes by post; and
what comes of a case besides: decisions of the competent authority, steps against suspects, outcomes."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from lodestar.casework.allocation import actions as allocations
from lodestar.casework.allocation.models import Allocation
from lodestar.casework.case_facts.actions import record_event
from lodestar.casework.cases.models import AllegedOffence
from lodestar.casework.decisions.actions import file_decision, keep_letter
from lodestar.casework.decisions.models import Decision
from lodestar.casework.investigations import actions as investigations
from lodestar.casework.investigations.models import Review
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals.models import Referral, ReferralReference
from lodestar.casework.section45.actions import RecordOpen, countersign, decide, record_outcome
from lodestar.casework.section45.models import FullRecord
from lodestar.casework.section45.queries import RECORD, act_of, owed_for
from lodestar.casework.section45.rules.record import asked_of
from lodestar.casework.support.actions import offer_again
from lodestar.demo.concerns import listed
from lodestar.demo.investigations import answers_of, consult, investigate, pursue, review_person
from lodestar.demo.supporters import assess, place, refer
from lodestar.demo.work import DETECTIVES, FirstHours, Life
from lodestar.platform.files.mail import Mail
from lodestar.platform.time.days import add_working_days, london_date

LONG_AGO = timedelta(days=50)
FORTNIGHT = timedelta(days=14)


class Sitting(FirstHours):
    """What is done in one case at one time."""

    def allocation(self, row: Obligation) -> None:
        if not self.once("owner"):
            return
        seen = Allocation.objects.filter(case=self.case).count()
        owner = self.office.members[self.random.choice(DETECTIVES)]
        given = allocations.allocate(by=self.by(row), at=self.now, case=self.case, owner=owner.user, seen=seen)
        if given.acknowledge_by:
            allocations.acknowledge(by=owner, at=self.now, case=self.case)

    def review(self, row: Obligation) -> None:
        if not self.once("review"):
            return
        seen = Review.objects.filter(case=self.case).count()
        words = self.random.choice(listed("words")["directions"])
        investigations.review(by=self.by(row), at=self.now, case=self.case, directions=words, seen=seen)
        if owner := self.office.by_user.get(self.case.owner_id or UUID(int=0)):
            pursue(owner, self.now, self.case, Random(f"lines {self.life.number} {seen}"))

    def plan(self, row: Obligation) -> None:
        if self.once("plan"):
            investigate(self.by(row), self.now, self.case, list(self.people.values()), Random(f"plan {self.life.number}"))

    def no_further_action(self, row: Obligation) -> None:
        person, _ = self.person_of(row)
        if self.once("no_further_action", person.id):
            owner = self.office.by_user.get(self.case.owner_id) if self.case.owner_id else None
            review_person(self.by(row), owner or self.office.members["investigator"], self.now, person)

    def information_sent(self, row: Obligation) -> None:
        person, _ = self.person_of(row)
        self.file(person.id, "info_sent", london_date(self.now))

    def file(self, person: UUID, kind: str, on: date) -> None:
        """Files what came of the referral of a person."""
        referral = Referral.objects.select_related("person__case").filter(person=person, route="nrm").order_by("number").last()
        if referral is None:
            return
        is_letter = kind[:2] in ("rg", "cg")
        if is_letter and self.random.random() < 0.5:
            self._letter(referral, kind)
        file_decision(
            by=self.office.members["coordinator"], at=self.now, referral=referral, kind=kind, decided_on=on,
            seen=Decision.objects.filter(referral=referral).count(), notice_on=london_date(self.now) if is_letter else None,
            answer_by=add_working_days(on, 8) if kind == "info_asked" else None,
        )  # fmt: skip

    def _letter(self, referral: Referral, kind: str) -> None:
        """The letter that tells of a decision; it is filed by the reference in it."""
        reference = ReferralReference.objects.filter(referral=referral).latest("recorded_at").reference
        grounds = "reasonable" if kind.startswith("rg") else "conclusive"
        words = listed("words")["letter"].format(reference=reference, outcome=kind.split("_")[1], grounds=grounds)
        mail = Mail("National Referral Mechanism: outcome", words, self.now, "")
        keep_letter(by=self.office.members["coordinator"], at=self.now, mail=mail, kind="decision")

    def offer(self, row: Obligation) -> None:
        person, _ = self.person_of(row)
        if not self.once("offer", person.id):
            return
        outcome = self.random.choices(["no", "time", "yes", "not_reached"], [60, 15, 10, 15])[0]
        said = "" if outcome == "not_reached" else self.random.choice(listed("words")["offers"])
        facts = {"how": self.random.choice(["met", "agreed_call"]), "as_agreed": True, "known_officer": True, "outcome": outcome}
        offer_again(by=self.by(row), at=self.now, person=person, facts={**facts, "said": said})

    def needs(self, row: Obligation) -> None:
        person, _ = self.person_of(row)
        if self.once("needs", person.id):
            chance = Random(f"needs {self.life.number} {person.number} {london_date(self.now)}")
            assess(self.by(row), self.now, person, chance)

    def refer(self, row: Obligation) -> None:
        person, _ = self.person_of(row)
        is_victims, chance = row.code == "refer_victim_services", Random(f"{row.code} {self.life.number} {person.number}")
        if self.once(row.code, person.id):
            is_long_ago = self.office.clock.ends - self.now > LONG_AGO
            if not refer(self.by(row), self.now, person, chance, is_victim_services=is_victims, is_long_ago=is_long_ago):
                self._record([row])
            elif not is_victims:
                place(self.by(row), self.now, person, chance)

    def full_record(self, row: Obligation) -> None:
        person, planned = self.person_of(row)
        acts = list(AllegedOffence.objects.filter(person=person).order_by("id"))
        for act in acts:
            act.person = person
        offence = next(act for act in acts if str(act.id) == row.subject)
        read = act_of(offence, acts)
        owed = owed_for(person).get((RECORD, row.subject))
        if read is None or not self.once("record", row.subject):
            return
        asked, seen = asked_of(read), FullRecord.objects.filter(offence=offence).count()
        decided = set(Decision.objects.filter(referral__person=person).values_list("kind", flat=True))
        conclusion = {"cg_positive": "likely", "cg_negative": "unlikely"}.get(
            next((kind for kind in decided if kind.startswith("cg_")), ""), planned.conclusion
        )
        answers = answers_of(asked, conclusion, self.random)
        owner = self.office.by_user.get(self.case.owner_id or row.holder_id or person.recorded_by_id) or self.by(row)
        decide(
            by=owner,
            at=self.now,
            offence=offence,
            act=read,
            answers=answers,
            seen=seen,
            rests_on=owed.rests_on if owed else row.rests_on,
        )

    def countersign(self, row: Obligation) -> None:
        versions = FullRecord.objects.select_related("offence__person__case").filter(offence=UUID(row.subject))
        version = versions.latest("number")
        countersign(by=self.office.members[self.life.sergeant], at=self.now, version=version, kind="agree")
        offence, is_told = version.offence, self.life.concern.told.get("failing") in (3, 4)
        if offence.stage in ("stop", "arrest") and version.conclusion in ("likely", "unlikely") and not is_told:
            day = london_date(self.now) + timedelta(days=self.random.randint(6, 20))
            if not any(planned[2] == offence.id for planned in self.life.course):
                kind = "no_further_action" if version.conclusion == "likely" else "charge"
                self.life.course.append((day, f"plan {kind}", offence.id))

    pages = {
        "section45_first_question": FirstHours.first_question,
        "see_alone_with_independent_interpreter": FirstHours.seen_alone,
        "establish_age": FirstHours.establish_age,
        "explain_who_will_know": FirstHours.talk,
        "confirm_consent_conditions": FirstHours.talk,
        "reach_nrm_or_dtn": FirstHours.talk,
        "decide_belief": FirstHours.decide_belief,
        "record_reason_no_grounds": FirstHours.decide_belief,
        "agree_safe_contact": FirstHours.safe_contact,
        "record_crime": FirstHours.crime,
        "record_incident_overseas": FirstHours.crime,
        "refer_nrm": FirstHours.referral,
        "notify_home_office_without_identity": FirstHours.referral,
        "allocate_pip2_owner": allocation,
        "supervise_investigation": review,
        "investigation_plan": plan,
        "di_review_before_no_further_action": no_further_action,
        "answer_further_information": information_sent,
        "offer_again_later": offer,
        "needs_assessment": needs,
        "refer_support_service": refer,
        "refer_victim_services": refer,
        "section45_full_record": full_record,
        "section45_countersign": countersign,
    }


def has_come(life: Life, today: date) -> bool:
    """Whether something comes of it by this day."""
    dates = [steps[0][1] for steps in life.referrals.values() if steps] + [planned[0] for planned in life.course]
    return any(day <= today for day in dates)


def go_on(sitting: Sitting, today: date) -> None:
    """What comes of a case besides what is done: decisions of the competent authority, steps against suspects, outcomes."""
    life, random = sitting.life, sitting.random
    for person, steps in life.referrals.items():
        while steps and steps[0][1] <= today:
            sitting.office.clock.pass_by(3)
            sitting.file(person, *steps.pop(0))
    for planned in [planned for planned in life.course if planned[0] <= today]:
        life.course.remove(planned)
        sitting.office.clock.pass_by(4)
        life.course += list(_come(sitting, planned[1], planned[2], today, random))


def _come(sitting: Sitting, what: str, of: UUID, today: date, random: Random) -> Iterator[tuple[date, str, UUID]]:
    """Records one thing that was to come, and what is to come after it."""
    at, soon = sitting.now, today + timedelta(days=random.randint(12, 25))
    detective = sitting.office.by_user.get(sitting.case.owner_id or UUID(int=0)) or sitting.office.members["investigator"]
    if what.startswith("suspect"):
        record_event(by=detective, at=at, case=sitting.case, kind=what, person=sitting.people[of])
        if what == "suspect_arrested":
            yield today + timedelta(days=1), "suspect_bailed", of
        elif what == "suspect_bailed":
            ends = random.choice(["suspect_charged", "suspect_not_prosecuted"])
            yield today + timedelta(days=random.randint(40, 140)), ends, of
        return
    offence = AllegedOffence.objects.select_related("person__case").get(id=of)
    step, kind = what.split()
    if step == "plan":
        planned = "no_action_planned" if kind == "no_further_action" else "charging_planned"
        record_event(by=detective, at=at + timedelta(days=16), case=sitting.case, kind=planned, person=offence.person)
        yield soon, f"outcome {kind}", of
        return
    consult(detective, at, offence, Random(sitting.case.reference))
    words = listed("words")["no_charge" if kind == "no_further_action" else "charge"]
    try:
        record_outcome(by=detective, at=at, offence=offence, kind=kind, waits_for_nrm=True, reason=words)
    except RecordOpen:  # a decision came in between: the record is looked at again first
        yield today + FORTNIGHT, what, of
