"""Who fills in a form for an address, and what has to be there before they do."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from lodestar.casework.case_files.actions.case import change_case, seal_case
from lodestar.casework.cases.models import AllegedOffence, Case, Person, SealOwner
from lodestar.casework.consent.actions import record_consent
from lodestar.casework.disclosures.actions import ask_to_tell, propose_disclosure
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.actions import hand_on
from lodestar.casework.ledger.models import Obligation
from lodestar.knowledge.library.models import Version
from lodestar.knowledge.library.rules.documents import MEDIA_TYPES
from lodestar.knowledge.publishing.actions.stages import approve, publish
from lodestar.knowledge.training.models import Session
from lodestar.oversight.peer_review.models import PeerReview
from lodestar.oversight.responses.models import Response
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.models import User
from tests.factories import guidance
from tests.factories.accounts import AccreditationFactory, DraftFactory
from tests.factories.administering import administering
from tests.factories.boards import MeetingFactory
from tests.factories.cases import MET, a_case, a_disclosure, a_person, closed_somehow
from tests.factories.commissioning import PublicationFactory
from tests.factories.deep_dives import CaseReviewFactory, DeepDiveFactory, DisputeFactory, DrawnCaseFactory
from tests.factories.deep_dives import answers as answers_in_a_deep_dive
from tests.factories.full_records import an_offence, answers, callum, decided
from tests.factories.importing import HeadingMappingFactory
from tests.factories.keeping import HoldFactory
from tests.factories.peer_review import PeerFindingFactory, PeerReviewFactory
from tests.factories.referrals import AnswerFactory, PairingFactory, ReferralFactory, WritingFactory
from tests.factories.responses import ResponseFactory, ResponseVersionFactory
from tests.factories.settings import SettingChangeFactory
from tests.factories.staff import StaffRequestFactory

MARK = "Marmalade"  # a word to look for where what was typed is offered back


@dataclass(eq=False)
class Scene:
    """Somebody of a role, with a case of their own, and others at work there."""

    member: Member
    where: dict[str, Any]
    members: Mapping[str, Member]

    @property
    def case(self) -> Case:
        return Case.objects.get(reference=self.where["reference"])

    @property
    def person(self) -> Person:
        return Person.objects.get(id=self.where["person_id"])

    def colleague(self, role: str) -> str:
        return str(self.members[role].user)


def nothing(scene: Scene) -> None:
    """Most forms need no more than a case."""


def a_colleagues_person(scene: Scene) -> None:
    """Whoever is asked for feedback is asked by somebody who does not work with them, when danger was dealt with."""
    colleague = scene.members["frontline"]
    person = a_person(colleague, a_case(colleague))
    closed_somehow(colleague, person.case, list(Obligation.objects.filter(case=person.case, code="make_safe")))
    scene.where["person_id"] = person.id


def with_an_address(scene: Scene) -> None:
    """Newsletters go to the address that somebody has with the force."""
    with administering():
        User.objects.filter(id=scene.member.user).update(email="officer@force.example")


def an_approved_newsletter(scene: Scene) -> None:
    """One that a second person approved, and that is published."""
    version = guidance.a_draft(scene.member, topics=["newsletter"], origin="force")
    approve(by=scene.members["guidance_editor"], at=MET, version=version)
    publish(by=scene.member, at=MET, version=version)
    scene.where["version_id"] = version.id


def a_heading(scene: Scene) -> None:
    """One that the force decided about before."""
    HeadingMappingFactory(heading="DOB", folded="dob", decided_by_id=scene.member.user)


def a_letter(scene: Scene) -> None:
    """A draft that came as a letter."""
    version = guidance.a_draft(scene.member)
    Version.objects.filter(id=version.id).update(media_type=MEDIA_TYPES["eml"])
    scene.where["version_id"] = version.id


def a_draft(scene: Scene) -> None:
    DraftFactory(user_id=scene.member.user, path="/record")


def handed_on(scene: Scene) -> None:
    owed = Obligation.objects.filter(case=scene.case, state="open", owed_by="frontline").exclude(when="now")[:2]
    hand_on(by=scene.members["frontline"], at=MET, case=scene.case, obligations=list(owed))


def sealed_by_another(scene: Scene) -> None:
    owners = [scene.member.user, scene.members["coordinator"].user]
    seal_case(by=scene.members["coordinator"], at=MET, case=scene.case, reason="A relative.", owners=owners)
    assert SealOwner.objects.filter(case=scene.case).count() == 2


def asked_by_another(scene: Scene) -> None:
    telling = ask_to_tell(
        by=scene.members["frontline"],
        at=MET,
        person=scene.person,
        recipient="A refuge",
        power="Care",
        reason="A bed",
        use="support",
    )
    scene.where["telling_id"] = telling.id


def proposed_by_another(scene: Scene) -> None:
    row = propose_disclosure(by=scene.members["frontline"], at=MET, person=scene.person, words=a_disclosure())
    scene.where["disclosure_id"] = row.id


def a_proposed_setting(scene: Scene) -> None:
    """By another policy owner."""
    scene.where["change_id"] = SettingChangeFactory().id


def a_detective(scene: Scene) -> None:
    AccreditationFactory(user_id=scene.members["investigator"].user, code="pip2")


def asked_of_staff(scene: Scene) -> None:
    """By another administrator, about a colleague."""
    scene.where["staff_request_id"] = StaffRequestFactory().id


def people_asked_for(scene: Scene) -> None:
    """In a table, by another administrator."""
    content = '{"name": "PC New", "rank": "", "roles": [["frontline", null]], "skills": []}'
    scene.where["request"] = StaffRequestFactory(kind="add", person=None, username="new", content=content).id


def a_young_suspect(scene: Scene) -> None:
    _, case, person = callum(scene.member)
    offence = an_offence(scene.member, person)
    scene.where |= {"reference": case.reference, "person_id": person.id, "offence_id": offence.id}


def a_record(scene: Scene) -> None:
    a_young_suspect(scene)
    offence = AllegedOffence.objects.select_related("person__case").get(id=scene.where["offence_id"])
    decided(scene.members["investigator"], offence, answers())


def an_exploiter(scene: Scene) -> None:
    scene.where["person_id"] = a_person(scene.member, scene.case, roles=["exploiter"], belief="").id


def a_record_to_check(scene: Scene) -> None:
    """A young suspect of whose offence the words hold a telephone number."""
    a_young_suspect(scene)
    AllegedOffence.objects.filter(id=scene.where["offence_id"]).update(particulars="He rang 07700 900123.")


def somebody_new(scene: Scene) -> None:
    scene.where["person_id"] = a_person(scene.member, scene.case).id


def a_notification(scene: Scene) -> None:
    """An adult who said no, and a text of their notification that holds their name."""
    person = a_person(scene.member, scene.case, name="Anna Kowalska")
    said = {"nrm": False, "spoke_alone": True, "interpreter": "not_needed"}
    record_consent(by=scene.member, at=MET, person=person, answer=said)
    writing = WritingFactory(person=person)
    AnswerFactory(writing=writing, words="Anna washed cars.")
    scene.where["writing_id"] = writing.id


def texts_to_check(scene: Scene) -> None:
    """A case whose texts hold a telephone number."""
    facts = {"what": "She was told to ring 07700 900123.", "encountered_as": "When 07700 900123 rang"}
    change_case(by=scene.member, at=MET, case=scene.case, facts=facts)


def texts_checked(scene: Scene) -> None:
    """A victim of a case in whose texts nothing waits to be checked."""
    case = a_case(scene.member, what="")
    scene.where |= {"reference": case.reference, "person_id": a_person(scene.member, case).id}


def a_child(scene: Scene) -> None:
    """A child who is still to be told what happens, and heard."""
    case = a_case(scene.member)
    scene.where |= {"reference": case.reference, "person_id": a_person(scene.member, case, age_min=15, age_max=15).id}


def another_of_the_case(scene: Scene) -> None:
    """The referral of somebody else in the same case, with what can be common."""
    writing = WritingFactory(person=a_person(scene.member, scene.case))
    AnswerFactory(writing=writing, code="who-exploited-pv", words=f"{MARK}'s uncle")


def gone_already(scene: Scene) -> None:
    """A referral that was written here and recorded as sent."""
    writing = WritingFactory(person=a_person(scene.member, scene.case))
    ReferralFactory(person=writing.person, writing=writing)
    cause = ledger.Cause(by=scene.member.user, at=MET, code="referrals.sent")
    ledger.recalculate([writing.person.case_id], cause)  # a factory reckons nothing
    scene.where["writing_id"] = writing.id


def no_crime_yet(scene: Scene) -> None:
    scene.where["person_id"] = PairingFactory(person=a_person(scene.member, scene.case)).person_id


def somebody_elses(scene: Scene) -> None:
    scene.where["reference"] = a_case(scene.members["coordinator"]).reference


def held(scene: Scene) -> None:
    HoldFactory(case=scene.case)


CAME = b"name,organisation\r\nMarmalade Vane,Fen Refuge Trust\r\n"
TRAINING_QUESTION = {
    "topic": "section45", "words": f"{MARK}: whom does it protect?", "options": "All\nVictims", "right": "2",
    "asked_from": "1 March 2090",
}  # fmt: skip


def session_code(scene: Scene) -> str:
    """The code of today's session."""
    return Session.objects.get(id=scene.where["session_id"]).code


def who_came() -> dict[str, Any]:
    """A table of who attended, which was looked at."""
    return {"file": SimpleUploadedFile("who.csv", CAME), "looked_at": hashlib.sha256(CAME).hexdigest()}


def own_requirements() -> dict[str, Any]:
    """A table of requirements, which was looked at."""
    content = b"code,edition,text\n3.2,2025-03-01,Every report goes to a detective\n"
    return {"file": SimpleUploadedFile("own.csv", content), "looked_at": hashlib.sha256(content).hexdigest()}


def a_published_quarter(scene: Scene) -> None:
    """A quarter of gaps to ask about."""
    PublicationFactory()


def a_deep_dive(scene: Scene) -> None:
    """The case in a deep dive that is under way: marked once, and disputed."""
    drawn = DrawnCaseFactory(case=scene.case, grade="good", decided_on=MET.date(), is_twice=True)
    CaseReviewFactory(drawn=drawn, submitted_at=timezone.now(), answers=json.dumps(answers_in_a_deep_dive(A2="partly")))
    scene.where |= {"dive_id": drawn.dive_id, "dispute_id": DisputeFactory(drawn=drawn).id}


def an_empty_deep_dive(scene: Scene) -> None:
    """A deep dive in which nothing is left to do."""
    scene.where["dive_id"] = DeepDiveFactory().id


def a_planned_review(scene: Scene) -> None:
    """A peer review whose sample is not drawn."""
    none = dict.fromkeys(("cases_from", "cases_to", "seed", "frame", "not_drawn"))
    scene.where["peer_review_id"] = PeerReviewFactory(state="planned", **none).id


def a_reported_review(scene: Scene) -> None:
    """An area of a peer review that was handed in."""
    scene.where["peer_finding_id"] = PeerFindingFactory(review__state="reported", review__reported_at=MET).id


def a_finding_of_their_own(scene: Scene) -> None:
    """A finding that the reviewer wrote, in a review that is under way."""
    review, reviewer = PeerReview.objects.get(id=scene.where["peer_review_id"]), scene.members["peer_reviewer"].user
    scene.where["peer_finding_id"] = PeerFindingFactory(review=review, recorded_by_id=reviewer).id


def a_meeting_to_come(scene: Scene) -> None:
    """A meeting without minutes."""
    scene.where["meeting_id"] = MeetingFactory().id


def second_reviewer(scene: Scene, form: Any) -> Mapping[str, str]:
    return {"marking": "2", "reviewer": str(scene.members["reviewer"].user)}


def a_report_to_answer(scene: Scene, form: Any) -> Mapping[str, str]:
    """The first report that has no response yet."""
    answered = {str(report) for report in Response.objects.values_list("report", flat=True)}
    return {"of_report": next(key for key in form.choices["of_report"] if key and key not in answered)}


def response_at(state: str) -> Callable[[Scene], None]:
    """A response that is at this step."""

    def begin(scene: Scene) -> None:
        row = ResponseFactory(state=state)
        ResponseVersionFactory(response=row, number=1)
        scene.where["response_id"] = row.id

    return begin
