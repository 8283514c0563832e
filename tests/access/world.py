"""One force in which everybody has a case of each kind, another force beside it, and the addresses of all that is there."""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from lodestar.casework.case_files.actions.case import add_file, open_case, seal_case, store
from lodestar.casework.case_files.actions.people import record_offence
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.custody.actions import keep_row
from lodestar.casework.custody.rules import CUSTODY, ListRow
from lodestar.casework.disclosures.actions import ask_to_tell, propose_disclosure
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.referrals.models import Referral
from lodestar.casework.safe_addresses.actions import record_address
from lodestar.exchange.exports.actions import export_case
from lodestar.information_governance.access_log.actions import give_log, search_log
from lodestar.oversight.deep_dives.rules.questions import items_of
from lodestar.oversight.deep_dives.rules.report import report_of
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import Membership, Unit, User
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.audit.queries import Narrowed
from lodestar.platform.notices.models import Notice
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.text.ids import new_id
from tests.factories.accounts import (
    ApiTokenFactory,
    DraftFactory,
    DutyFactory,
    ForceIdentityFactory,
    TenantFactory,
    UnitFactory,
    a_member,
    few_people,
)
from tests.factories.administering import administering
from tests.factories.boards import on_a_board
from tests.factories.cases import MET, RemarkFactory, StandardsAlertFactory, a_case, a_disclosure, a_person
from tests.factories.closures import CourtOrderFactory, RightToReviewFactory
from tests.factories.commissioning import a_published_quarter
from tests.factories.deep_dives import (
    VERSION,
    CaseReviewFactory,
    DeepDiveFactory,
    DisputeFactory,
    DrawnCaseFactory,
    FindingFactory,
)
from tests.factories.directory import PartnerFactory, PlaceFactory
from tests.factories.evidence import (
    AccountFactory,
    ExhibitFactory,
    LineOfEnquiryFactory,
    MaterialRequestFactory,
    UnusedItemFactory,
)
from tests.factories.exchange import ReleaseFactory
from tests.factories.guidance import SearchFactory, StaleFactFactory, ThesaurusEntryFactory, a_film, a_published_version
from tests.factories.keeping import BreachFactory, DisposalFactory, RequestTaskFactory, SubjectRequestFactory
from tests.factories.met_before import MatchAlertFactory, MatchFactory
from tests.factories.needs import NeedFactory
from tests.factories.peer_review import PeerFindingFactory, PeerReviewFactory, SampleCaseFactory
from tests.factories.person_plans import PersonPlanFactory
from tests.factories.plan import planned_for
from tests.factories.promises import PromiseFactory, SuspectFactory, SuspectReleaseFactory
from tests.factories.recognition import FileTakenInFactory
from tests.factories.recommendations import a_recommendation
from tests.factories.records import a_prompt
from tests.factories.referrals import LetterFactory, LetterFiledFactory, ReferralFactory, WritingFactory
from tests.factories.responses import an_approved_response
from tests.factories.service_records import a_service
from tests.factories.service_referrals import PlaceRequestFactory, ServiceReferralFactory
from tests.factories.settings import SettingChangeFactory
from tests.factories.signed_in import session_of
from tests.factories.staff import InvitationFactory, LeaveFactory, StaffRequestFactory
from tests.factories.training import AttendanceFactory, QuestionFactory, RequiredTrainingFactory

HERE, THERE = "fenmarch", "eastern"
# Whose the thing is, as seen by the one who asks.
OWN = "own"  # opened by, given to or written by them
UNIT = "unit"  # of a colleague in the same unit
FORCE = "force"  # of a colleague in another unit
NAMED = "named"  # sealed, with them among its named owners
SEALED = "sealed"  # sealed, without them
THEIRS = "theirs"  # another force's
MISSING = "missing"  # nothing at all
SITUATIONS = (OWN, UNIT, FORCE, NAMED, SEALED, THEIRS, MISSING)
NOWHERE = {"quarter_name": "1999-Q1", "year": 1999, "reference": "FM-99-9999"}
NEVER = (SEALED, THEIRS, MISSING)
OF_A_CASE = {
    "reference", "case_id", "person_id", "offence_id", "obligation_id", "file_id", "referral_id", "writing_id", "export_id",
    "letter_id", "match_id", "alert_id", "need_id", "disposal_id", "telling_id", "disclosure_id", "task_id",
    "service_referral_id", "place_request_id", "list_row_id", "exhibit_id", "account_id", "line_id", "unused_id",
    "material_id", "order_id", "right_id", "promise_id", "suspect_id", "suspect_release_id", "dispute_id",
}  # fmt: skip
CANARY, ADDRESS = "Kestrel", "1 Nowhere Lane"  # a name and a safe address to look for where they must not be
# Parts of an address that name a thing of the rules and not of a case: they are there for everybody.
FIXED = {
    "code": "safe_place", "key": "crime_recording_point", "group": "labour", "app": "reference", "name": "contacts",
    "change": "details",
    "section": "account", "page": "reference", "field": "reference", "kind": "docx", "language": "polish",
    "evidence_kind": "measure", "question": "living-conditions", "answer_code": "none", "note_code": "none",
    "topic": "custody", "force": "fenmarch", "failing": "no-immediate-safety", "verdict": "cannot-tell", "which": "late",
    "measure_code": "crimes-recorded",
    "entity_kind": "places", "entry_kind": "conference", "partner_part": "contact",
    "contact_kind": "coroner", "contact_file": "all", "moment": "before", "letter": "A", "number": "1",
    "theme": "leadership",
    "part": "governance", "document": "briefing",
}  # fmt: skip


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")


PNG = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0")
    + _chunk(b"IDAT", zlib.compress(b"\0\0"))
    + _chunk(b"IEND", b"")
)


@dataclass
class World:
    """Members by role, and of each situation the parts of addresses that lead to it, by role where it is their own."""

    members: dict[str, Member] = field(default_factory=dict)
    things: dict[tuple[str, str], Mapping[str, Any]] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)  # by role, of a browser in which they are at work

    def where(self, role: str, situation: str) -> Mapping[str, Any]:
        """What the addresses are filled with for someone of this role."""
        found = self.things.get((role, situation)) or self.things[("", situation)]
        return {**FIXED, **found}


def build() -> World:
    """Makes it all; committed."""
    with few_people():  # or making people nobody asks for would be a third of the work
        return _built()


def _built() -> World:
    world = World()
    TenantFactory(slug=HERE)
    TenantFactory(slug=THERE, name="Eastern regional unit", reference_prefix="ER")
    with within(HERE):
        ours, others = UnitFactory(), UnitFactory()
        world.members = {role: member_of(role, ours) for role in ROLES}
        colleague, stranger = a_member("supervisor", unit=ours), a_member("supervisor", unit=others)
        second = a_member("supervisor", unit=others)
        for role, member in world.members.items():
            world.sessions[role] = str(session_of(member).session_key)
            world.things[(role, OWN)] = things_of(member)
            world.things[(role, NAMED)] = things_of(member, seal=(member, colleague), by=colleague)
        RequiredTrainingFactory()
        world.things[("", UNIT)] = things_of(colleague)
        world.things[("", FORCE)] = things_of(stranger)
        world.things[("", SEALED)] = things_of(stranger, seal=(stranger, second), by=second)
    with within(THERE):
        world.things[("", THERE)] = world.things[("", THEIRS)] = things_of(a_member("supervisor"))
    world.things[("", MISSING)] = {name: NOWHERE.get(name) or new_id() for name in world.things[("", UNIT)]}
    return world


def member_of(role: str, unit: Unit) -> Member:
    member = a_member(role, unit=unit)
    if role == "detective_inspector":
        with administering():
            Membership.objects.filter(id=member.membership).update(rank=role)
    return member


def things_of(of: Member, seal: tuple[Member, ...] = (), by: Member | None = None) -> Mapping[str, Any]:
    """A case of this member's with all that hangs on it, and what they wrote besides."""
    case_id = new_id()
    with ledger.opening(case_id, by=of.user, at=MET, code="cases.opened"):  # reckoned once, when all of it is written
        case = open_case(by=of, at=MET, case_id=case_id, facts={"police_areas": ["fenmarch"]})
        person = a_person(of, case, place="custody", name=f"{CANARY} of {case.reference}")
        offence = record_offence(by=of, at=MET, person=person, facts={"act": "Misuse of Drugs Act 1971", "stage": "arrested"})
        record_address(by=of, at=MET, person=person, address=ADDRESS, viewers=[])
        file = add_file(by=of, at=MET, case=case, name="wall.png", content=PNG)
        referral = ReferralFactory(person=person)
        whom = {"recipient": "A partner", "reason": "They asked", "use": "support"}
        export = export_case(by=of, at=timezone.now(), case=case, people=[person.id], kind="csv", **whom)
    obligation = Obligation.objects.filter(case=case, person=person, state="open").order_by("code").first()
    assert obligation is not None
    if seal and by:
        seal_case(by=by, at=MET, case=case, reason="A relative of an officer.", owners=[m.user for m in seal])
    return {
        "reference": case.reference,
        "case_id": case.id,
        "person_id": person.id,
        "offence_id": offence.id,
        "obligation_id": obligation.id,
        "file_id": file.id,
        "referral_id": referral.id,
        "writing_id": WritingFactory(person=person).id,
        "export_id": export.id,
        "letter_id": a_letter(referral, of),
        **_met_before(of, person),
        "need_id": NeedFactory(person=person, owner_id=of.user).id,
        "disposal_id": DisposalFactory(case=case).id,
        "breach_id": BreachFactory().id,
        "request_id": SubjectRequestFactory().id,
        "task_id": RequestTaskFactory(case=case, person=person.id).id,
        "telling_id": ask_to_tell(
            by=of, at=MET, person=person, recipient="A refuge", power="Safeguarding", reason="A bed tonight", use="safeguarding"
        ).id,
        "list_row_id": _on_a_list(of, case),
        **_investigated(person),
        **_of_registers(person),
        **_promised(person),
        **_reviewed(of, case),
        **planned_for(of.user),
        **on_a_board(of.user, store().put(of.tenant, PNG), CANARY),
        **_peer_reviewed(of, case),
        "disclosure_id": propose_disclosure(by=of, at=MET, person=person, words=a_disclosure()).id,
        **_written(of),
    }


def _on_a_list(of: Member, case: Case) -> UUID:
    """A row of a list of custody with the name and birth of somebody in the case."""
    person = a_person(of, case, name=f"{CANARY} {new_id()}", birth_date="1990-01-02")
    row = ListRow(kind=CUSTODY, reference=str(person.id), at=MET, name=person.name, born="1990-01-02")
    return keep_row(by=of, at=MET, row=row, person=None)[0].id


def _investigated(person: Person) -> Mapping[str, UUID]:
    line = LineOfEnquiryFactory(case=person.case)
    return {
        "exhibit_id": ExhibitFactory(case=person.case, distressing=["injury"]).id,
        "account_id": AccountFactory(person=person).id,
        "line_id": line.id,
        "unused_id": UnusedItemFactory(case=person.case).id,
        "material_id": MaterialRequestFactory(person=person, line=line).id,
    }


def _of_registers(person: Person) -> Mapping[str, UUID]:
    return {
        "service_referral_id": ServiceReferralFactory(person=person, what=f"{CANARY} needs a bed").id,
        "place_request_id": PlaceRequestFactory(person=person).id,
        "order_id": CourtOrderFactory(person=person).id,
        "right_id": RightToReviewFactory(person=person).id,
    }


def _promised(person: Person) -> Mapping[str, UUID]:
    """A promise to the person; they as a suspect who is to be released."""
    release = SuspectReleaseFactory(suspect=SuspectFactory(person=person))
    promise = PromiseFactory(person=person, words=f"{CANARY} rings back")
    PersonPlanFactory(person=person)
    return {"promise_id": promise.id, "suspect_id": release.suspect_id, "suspect_release_id": release.id}


def _reviewed(of: Member, case: Case) -> Mapping[str, UUID]:
    """A completed deep dive with the case as its first, which the member marks second, with a dispute and a finding of theirs."""
    numbers = report_of([], items_of(VERSION), in_frame=1, drawn=1, not_drawn=0)
    dive = DeepDiveFactory(completed_at=MET, report=numbers)
    drawn = DrawnCaseFactory(dive=dive, case=case, grade="good", decided_on=MET.date())
    CaseReviewFactory(drawn=drawn, submitted_at=timezone.now())
    CaseReviewFactory(drawn=drawn, reviewer_id=of.user, marking=2)
    finding = FindingFactory(dive=dive, drawn=drawn, owner_id=of.user)
    return {"dive_id": dive.id, "dispute_id": DisputeFactory(drawn=drawn).id, "finding_id": finding.id}


def _peer_reviewed(of: Member, case: Case) -> Mapping[str, UUID]:
    """A peer review that the member does just now, with the case as its first and a finding."""
    review = PeerReviewFactory(reviewer_id=of.user, owner_id=of.user)
    drawn = SampleCaseFactory(review=review, case=case)
    return {"peer_review_id": review.id, "peer_finding_id": PeerFindingFactory(review=review, drawn=drawn).id}


def a_letter(referral: Referral, of: Member) -> UUID:
    kept = LetterFactory(how="mail", sha256=store().put(of.tenant, b"Subject: a letter"), title=f"{CANARY}: a decision")
    return LetterFiledFactory(letter=kept, referral=referral).letter_id


def _met_before(of: Member, person: Person) -> Mapping[str, UUID]:
    """Somebody of another case of this member's who is like the person, and an alert of it to this member."""
    twin = a_person(of, a_case(of), name=f"{CANARY}, met before")
    match = MatchFactory(person=person, other=twin, found_by_id=of.user)
    return {"match_id": match.id, "alert_id": MatchAlertFactory(match=match, to_id=of.user).id}


def _written(of: Member) -> Mapping[str, Any]:
    version, change = a_published_version(of), SettingChangeFactory(asked_by_id=of.user)
    return {
        "document_id": version.document_id,
        "version_id": version.id,
        "asked_id": SearchFactory().id,
        "entry_id": ThesaurusEntryFactory(changed_by_id=of.user).id,
        "film_id": a_film(of).id,
        "fact_id": StaleFactFactory(changed_by_id=of.user).id,
        "duty_id": DutyFactory(unit=Unit.objects.get(id=of.unit)).id,
        "identity_id": ForceIdentityFactory(approved_by_id=of.user).id,
        "new_item_id": Notice.objects.create(to_id=of.user, kind="setting_waits", at=MET, subject=str(change.id)).id,
        "notice_id": StandardsAlertFactory(number=len(of.username)).id,
        "draft_id": DraftFactory(user=User.objects.get(id=of.user), path="/guidance").id,
        "token": ApiTokenFactory(made_by_id=of.user).id,
        "partner_id": PartnerFactory().id,
        "entity_id": PlaceFactory().id,
        "remark_id": RemarkFactory(said_by_id=of.user).id,
        "release_id": ReleaseFactory(made_by_id=of.user).id,
        "change_id": change.id,
        "prompt_id": a_prompt(of).id,
        **_of_staff(of),
        **_of_training(of),
        **a_recommendation(of.user),
        **an_approved_response(),
        **a_published_quarter(),
        "service_id": a_service(of).id,
        "taken_in_id": FileTakenInFactory(taken_by_id=of.user).id,
        "search_id": (search := search_log(by=of, at=timezone.now(), purpose="lawfulness", officer=of.user)).id,
        "given_id": give_log(
            by=of, at=timezone.now(), search=search, use="conduct", narrowed=Narrowed(by=of.user), recipient="A panel"
        ).id,
    }


def _of_staff(of: Member) -> Mapping[str, UUID]:
    """The member as a colleague, their unit and leave, and what they asked as administrators do."""
    asked = StaffRequestFactory(asked_by_id=of.user, person_id=a_member().user)
    InvitationFactory(request=asked, user_id=asked.person_id)
    leave = LeaveFactory(user_id=of.user, entered_by_id=of.user)
    return {
        "user_id": of.user, "unit_id": of.unit, "staff_request_id": asked.id, "leave_id": leave.id,
    }  # fmt: skip


def _of_training(of: Member) -> Mapping[str, UUID]:
    """A film with a session today, a partner who came, and a question."""
    by = {"recorded_by_id": of.user}
    who = {"user": None, "partner_name": CANARY, "organisation": "Fen Refuge Trust", "session__course__kind": "film"}
    row = AttendanceFactory(session__recorded_by_id=of.user, session__course__recorded_by_id=of.user, **who, **by)
    question = QuestionFactory(**by)
    return {"course_id": row.course_id, "session_id": row.session_id, "attendance_id": row.id, "question_id": question.id}


# --- addresses -------------------------------------------------------------------------------------------------------


def every_url(resolver: Any = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of Lodestar with its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from every_url(entry, route)
        else:
            yield f"/{route}", entry


def parts_of(route: str) -> list[str]:
    """The names in an address."""
    return re.findall(r"<(?:\w+:)?(\w+)>", route)


def is_of_a_thing(route: str) -> bool:
    """Whether the address leads to something that is somebody's."""
    return any(name not in FIXED for name in parts_of(route))


def is_of_a_case(route: str) -> bool:
    """Whether that something belongs to a case, which can be sealed."""
    return bool(OF_A_CASE & set(parts_of(route)))


def filled(route: str, where: Mapping[str, Any]) -> str:
    """The address of one thing. Raises KeyError for a part that the world does not know: say in `things_of` what it is."""
    return re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(where[found[1]]), route)
