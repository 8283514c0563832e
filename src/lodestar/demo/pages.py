"""What the demo force recorded on pages: the rows of what only a page closes, as the page itself would have written them."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from lodestar.casework.cases.models import Case, CaseMember, ConsentAnswer
from lodestar.casework.concerns.models import BeliefDecision
from lodestar.casework.investigations.models import Allocation, Crime, Review
from lodestar.casework.investigations.rules.policies import of_review, policies_met
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import ObligationAnswer
from lodestar.casework.ledger.queries.talks import FOUR_THINGS
from lodestar.casework.referrals.models import Referral, ReferralReference
from lodestar.casework.safe_addresses.models import ContactRule, SafeAddressViewer
from lodestar.casework.section45.models import Countersignature, Element, FirstAnswer, FullRecord
from lodestar.casework.section45.rules.act_fingerprint import countersign_by
from lodestar.casework.section45.rules.acts import ActReading, acts_of
from lodestar.casework.section45.rules.duties import act_fingerprint
from lodestar.casework.section45.rules.record import Asked, asked_of, lacking, schedule_summary
from lodestar.demo.histories import BECAUSE, Rows
from lodestar.platform.accounts.access import Member
from lodestar.platform.obligations.closing_records import BY_PAGE, Record
from lodestar.platform.obligations.encounter_reading import reading
from lodestar.platform.time.days import london_date

SIGNED_LATER = timedelta(hours=14)
WHY = ("Carried the wraps for somebody whose name they would not say.", "Somebody else has the keys and the phone.",
       "Says they owe the driver; watched him before every answer.")  # fmt: skip
NO_SIGN = "Asked on their own; nothing pointed to anybody behind it."
DIRECTIONS = (
    "Get the tenancy and the phone records by Friday; the owner reports to me.",
    "Ask the school and the missing team for the days before, and write down what they hold.",
    "See them again in the agreed way before the bail date. The owner does it this week.",
)
WEIGHED = "Looked at with the file: nothing more is known yet, and the prosecutor is told so."
AS_DIRECTED = Record("decision", {"decided": "Done as directed; it is in the file"})
LAST_ON_ITS_OWN, EVERY = "day 56", 28  # reviews after this one come every so many days
LIMB_FOR = "Their account, the debt in the messages, and who held the money."
LIMB_AGAINST = "Was alone with a phone for part of the day."


class Pages:
    """Writes rows for one round of answers. `owners` are the cases that came to a detective in it."""

    def __init__(self, rows: Rows, read: ledger.Recalculation, members: Mapping[str, Member], now: datetime) -> None:
        self.rows, self.read, self.members, self.now, self.random = rows, read, members, now, rows.random
        self.owners: dict[UUID, UUID] = {}

    def write(self, case: Case, wanted: ledger.Expected, by: UUID, at: datetime) -> None:
        """The rows that close this at `at`, where there is such a page. One row may close several things: it is written once."""
        write = _OF.get(wanted.standing.owed.code)
        if write is not None:
            write(self, case, wanted, by, at)

    def once(self, *what: object) -> bool:
        """Whether this is asked for the first time."""
        is_new = what not in self.rows.once
        self.rows.once.add(what)
        return is_new

    def recorded_time(self, at: datetime) -> datetime:
        """When something of `at` was written down."""
        return at + timedelta(minutes=self.random.randint(1, 40))

    # --- the first hours -------------------------------------------------------------------------------------------

    def first_answer(self, case: Case, wanted: ledger.Expected, by: UUID, at: datetime) -> None:
        owed = wanted.standing.owed
        answer = self.random.choices(["yes", "cannot_rule_out", "no_sign_seen"], [45, 40, 15])[0]
        why = NO_SIGN if answer == "no_sign_seen" else self.random.choice(WHY)
        self.rows.add(
            FirstAnswer, at, person_id=wanted.person, moment=owed.moment, answer=answer, why=why, rests_on=owed.rests_on,
            happened_at=at, recorded_at=self.recorded_time(at), by_id=by,
        )  # fmt: skip

    def talk(self, case: Case, wanted: ledger.Expected, by: UUID, at: datetime) -> None:
        if self.once(wanted.standing.owed.code, wanted.person):
            self.rows.add(
                ConsentAnswer, at, person_id=wanted.person, asked_at=at, nrm=self.random.random() < 0.7, capacity="true",
                spoke_alone=True, interpreter="not_needed", said=sorted(FOUR_THINGS), recorded_at=self.recorded_time(at),
                recorded_by_id=by,
            )  # fmt: skip

    def safe_contact(self, case: Case, wanted: ledger.Expected, by: UUID, at: datetime) -> None:
        owed, agreed = wanted.standing.owed, london_date(at)
        if self.once("contact", wanted.person):
            self.rows.add(
                ContactRule, at, person_id=wanted.person, channel="text", to_use="07700 900418", times="10:00 to 11:30",
                voicemail=False, words="From Anna, about the appointment", words_not="", who_may_answer="", agreed_on=agreed,
                confirmed_on=agreed, recorded_at=self.recorded_time(at), recorded_by_id=by,
            )  # fmt: skip
            if self.once("viewer", wanted.person):
                self.rows.add(SafeAddressViewer, at, person_id=wanted.person, user_id=by)
        self.rows.add(
            ObligationAnswer, at, case=case, person_id=wanted.person, code=owed.code, kind="done", rests_on=owed.rests_on,
            record=BY_PAGE.kind, happened_at=at, recorded_at=self.recorded_time(at), by_id=by,
        )  # fmt: skip

    def no_grounds(self, case: Case, wanted: ledger.Expected, by: UUID, at: datetime) -> None:
        if self.once("belief", wanted.person):
            self.rows.add(
                BeliefDecision, at, person_id=wanted.person, belief="none", how="decided", because=BECAUSE["none"], decided_at=at,
                recorded_at=self.recorded_time(at), by_id=by,
            )  # fmt: skip

    def crime(self, case: Case, wanted: ledger.Expected, by: UUID, at: datetime) -> None:
        if self.once("crime", wanted.person):
            number = f"37/{self.random.randint(1000, 99999)}/{at:%y}"
            self.rows.add(
                Crime, at, person_id=wanted.person, kind="recorded", number=number, at=at, recorded_at=self.recorded_time(at),
                by_id=by,
            )  # fmt: skip

    def _sent(self, route: str, case: Case, wanted: ledger.Expected, by: UUID, at: datetime) -> None:
        if not self.once("referral", wanted.person):
            return
        row = self.rows.add(
            Referral, at, person_id=wanted.person, number=1, route=route, direction="made_by_us", sent_at=at,
            identity_checked=True if route == "dtn" else None, facts_said=route, recorded_at=self.recorded_time(at),
            recorded_by_id=by, no_consent="child" if self._is_child(case, wanted) else "",
        )  # fmt: skip
        if route == "nrm" and self.random.random() < 0.8:
            reference = f"NRM-{self.random.randint(100000, 999999)}"
            self.rows.add(
                ReferralReference, at, referral_id=row.id, reference=reference, recorded_at=self.recorded_time(at),
                recorded_by_id=by,
            )  # fmt: skip

    def referral(self, case: Case, wanted: ledger.Expected, by: UUID, at: datetime) -> None:
        self._sent("nrm", case, wanted, by, at)

    def notification(self, case: Case, wanted: ledger.Expected, by: UUID, at: datetime) -> None:
        self._sent("dtn", case, wanted, by, at)

    def _is_child(self, case: Case, wanted: ledger.Expected) -> bool:
        people = reading(self.read.encounters[case.id], self.read.settings).people
        return any(person.is_child for person in people if person.id == str(wanted.person))

    def tie(self) -> None:
        """Lets what was sent in this round point at the answer it rests on and the crime numbers that stood."""
        sent = self.rows.by_model.get(Referral, [])
        of = {"person__in": {row.person_id for row in sent}}
        talks = [*ConsentAnswer.objects.filter(**of), *self.rows.by_model.get(ConsentAnswer, [])]
        crimes = [*Crime.objects.filter(**of), *self.rows.by_model.get(Crime, [])]
        talks.sort(key=lambda row: (row.asked_at, row.recorded_at, row.id))
        crimes.sort(key=lambda row: (row.recorded_at, row.id))
        for row in sent:
            asked = [talk for talk in talks if talk.person_id == row.person_id and talk.asked_at <= row.sent_at]
            if not row.no_consent and asked:
                row.consent = asked[-1]
            elif not row.no_consent:
                row.no_consent = "none_held"
            stood = [crime for crime in crimes if crime.person_id == row.person_id and crime.recorded_at <= row.recorded_at]
            row.crime_reference = ", ".join(crime.number for crime in stood if crime.number)

    # --- the investigation -----------------------------------------------------------------------------------------

    def allocation(self, case: Case, wanted: ledger.Expected, by: UUID, at: datetime) -> None:
        if case.owner_id or not self.once("owner", case.id):
            return
        owner = self.members[self.random.choice(["investigator", "investigator2"])].user
        meets = list(policies_met(["pip2"], london_date(at)))
        self.rows.add(
            Allocation, at, case=case, number=1, kind="pip2", owner_id=owner, skill="pip2", meets=meets, at=at,
            recorded_at=self.recorded_time(at), by_id=by,
        )  # fmt: skip
        self.rows.add(CaseMember, at, case=case, user_id=owner, how="owner", from_at=at)
        self.owners[case.id] = owner

    def review(self, case: Case, wanted: ledger.Expected, by: UUID, at: datetime) -> None:
        owed = wanted.standing.owed
        self._reviewed(case, [owed.moment], by, at)
        if owed.moment == LAST_ON_ITS_OWN and owed.due is not None:
            self._caught_up(case, owed.due, by)

    def _caught_up(self, case: Case, due: datetime, by: UUID) -> None:
        """The reviews of an old case were found late and done in one, as they may be; in some cases nobody has yet."""
        at = self.now - timedelta(days=self.random.randint(1, 25), minutes=self.random.randint(0, 600))
        first = int(LAST_ON_ITS_OWN.removeprefix("day "))
        many = (at - due).days // EVERY
        if many > 0 and self.random.random() < 0.88:
            self._reviewed(case, [f"day {first + EVERY * number}" for number in range(1, many + 1)], by, at)

    def _reviewed(self, case: Case, moments: list[str], by: UUID, at: datetime) -> None:
        """A review, and mostly the answer to what it directed."""
        self.rows.reviews[case.id] += 1
        number, owner = self.rows.reviews[case.id], case.owner_id or self.owners.get(case.id) or case.interim_owner_id
        self.rows.add(
            Review, at, case=case, number=number, moments=moments, at=at, directions=self.random.choice(DIRECTIONS),
            to_id=owner, recorded_at=self.recorded_time(at), by_id=by,
        )  # fmt: skip
        answered = at + timedelta(hours=self.random.randint(20, 160))
        if answered < self.now and self.random.random() < 0.97:
            self.rows.add(
                ObligationAnswer, answered, case=case, code="answer_directions", moment=of_review(number), kind="done",
                record=AS_DIRECTED.kind, details=AS_DIRECTED.as_text(),
                happened_at=answered, recorded_at=self.recorded_time(answered), by_id=owner,
            )  # fmt: skip

    # --- the full record of section 45 of the Modern Slavery Act 2015 ----------------------------------------------

    def full_record(self, case: Case, wanted: ledger.Expected, by: UUID, at: datetime) -> None:
        owed = wanted.standing.owed
        act = self._act(case, owed.person or "", owed.subject)
        if act is None or not self.once("record", owed.subject):
            return
        asked = asked_of(act)
        answers = _complete_answers(asked, self.random.choice(["likely", "likely", "unlikely", "cannot_tell"]))
        assert not lacking(asked, answers), owed.subject
        rests_on = owed.rests_on if owed.code == "section45_full_record" else ""
        row = self.rows.add(
            FullRecord, at, offence_id=UUID(owed.subject), number=1, test=act.test if asked.limbs else "",
            schedule=schedule_summary(act)[:300], decided_by_id=by, decided_at=at, recorded_at=self.recorded_time(at),
            countersign_by=countersign_by(at, [], None), rests_on=rests_on, act_rests_on=act_fingerprint(act),
            **{name: words for name, words in answers.items() if name in _COLUMNS},
        )  # fmt: skip
        for limb in asked.limbs:
            self.rows.add(
                Element, at, record_id=row.id, test=limb.test, number=limb.number, evidence_for=LIMB_FOR,
                evidence_against=LIMB_AGAINST, reading=answers[f"{limb.name}_reading"],
            )  # fmt: skip
        signed_at = at + SIGNED_LATER
        if signed_at < self.now and self.random.random() < 0.9:
            self.rows.add(
                Countersignature, signed_at, record_id=row.id, decided_by_id=by, by_id=self.members["supervisor"].user,
                kind="agree", signed_at=signed_at, recorded_at=self.recorded_time(signed_at),
            )  # fmt: skip

    def _act(self, case: Case, person: str, subject: str) -> ActReading | None:
        read = reading(self.read.encounters[case.id], self.read.settings)
        people = [candidate for candidate in read.people if candidate.id == person]
        return next((act for candidate in people for act in acts_of(candidate) if act.subject == subject), None)


def _complete_answers(asked: Asked, conclusion: str) -> dict[str, str]:
    """A record that lacks nothing that is asked."""
    answers = {"before": "charge", "conclusion": conclusion if asked.limbs else "not_open", "reason": WEIGHED}
    if asked.settle:
        answers |= {"settled": "not_excluded", "settled_why": WEIGHED}
    if asked.must_weigh:
        answers |= dict.fromkeys(("duress", "self_defence", "public_interest", "abuse_of_process"), WEIGHED)
    if asked.law_of_the_time:
        answers["law_note"] = WEIGHED
    if asked.elsewhere:
        answers |= {"asked_whom": "The prosecutor there", "their_answer": WEIGHED}
    for limb in asked.limbs:
        answers |= {f"{limb.name}_reading": "met", f"{limb.name}_for": LIMB_FOR, f"{limb.name}_against": LIMB_AGAINST}
    return answers


_COLUMNS = frozenset(
    {
        "before", "conclusion", "reason", "settled", "settled_why", "duress", "self_defence", "public_interest",
        "abuse_of_process", "law_note", "asked_whom", "their_answer",
    }
)  # fmt: skip
_Write = Callable[[Pages, Case, ledger.Expected, UUID, datetime], None]
_OF: Mapping[str, _Write] = {
    "section45_first_question": Pages.first_answer,
    "agree_safe_contact": Pages.safe_contact,
    "explain_who_will_know": Pages.talk,
    "confirm_consent_conditions": Pages.talk,
    "reach_nrm_or_dtn": Pages.talk,  # a valid answer, and then what it calls for is sent
    "record_reason_no_grounds": Pages.no_grounds,
    "record_crime": Pages.crime,
    "record_incident_overseas": Pages.crime,
    "refer_nrm": Pages.referral,
    "notify_home_office_without_identity": Pages.notification,
    "allocate_pip2_owner": Pages.allocation,
    "supervise_investigation": Pages.review,
    "section45_full_record": Pages.full_record,
}
