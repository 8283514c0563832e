"""A force whose people record and answer by pages alone: scenes that open what is owed, and the pages that close each code."""

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from itertools import count
from typing import Any
from uuid import UUID

from django.db.models import F
from django.test import Client

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.closures.queries import crimes_of
from lodestar.casework.disclosures.models import ImmigrationDisclosure
from lodestar.casework.ledger.models import Handover, Obligation
from lodestar.casework.referrals.models import Referral
from lodestar.casework.section45.rules.record import LIMBS
from lodestar.platform.accounts.models import User
from lodestar.platform.accounts.permissions import DUTY_INSPECTOR, ROLES, Reach
from lodestar.platform.obligations.closing_records import KINDS, closing_of
from lodestar.platform.text.ids import new_id
from tests.apps.casework.concerns.filled import fields
from tests.factories.accounts import AccreditationFactory, UnitFactory, a_member
from tests.factories.signed_in import form, signed_in

SEEING_NO_CASE = [code for code, role in ROLES.items() if role.reach is Reach.NOTHING]
AN_ID = re.compile("[0-9a-f]{8}-[0-9a-f-]{27}|FM-[0-9-]+")
GIVEN = [code for code, role in ROLES.items() if role.reach in (Reach.GIVEN, Reach.HELD)]
NUMBERS = count(1)


class Force:
    """Somebody of each role that sees cases, each with a browser of their own. `clock` is the time that all have; `refused`
    lists each page that was not there and each form that was not taken."""

    def __init__(self, clock: Any) -> None:
        self.clock, self.clients, self.refused, self.drawn = clock, {}, [], set()
        unit = UnitFactory()
        self.members = {
            code: a_member(code, unit=unit, rank=code if code == "detective_inspector" else "")
            for code in ROLES
            if code not in SEEING_NO_CASE
        }
        self.members[DUTY_INSPECTOR] = self.members["detective_inspector"]
        AccreditationFactory(user_id=self.members["investigator"].user, code="pip2")

    def user(self, role: str) -> str:
        """The id under which a form names somebody."""
        return str(self.members[role].user)

    def named(self, role: str) -> str:
        """The user name that somebody writes of a colleague."""
        return User.objects.get(id=self.members[role].user).username

    def later(self, **time: int) -> None:
        """Lets time pass. Whoever worked signs in again."""
        self.clock.shift(timedelta(**time))
        self.clients.clear()

    def client(self, role: str) -> Client:
        """The browser of whoever has the role."""
        if role not in self.clients:
            self.clients[role] = signed_in(Client(), self.members[role])
        return self.clients[role]

    def reads(self, role: str, path: str) -> str:
        """A page that is there."""
        page = self.client(role).get(path)
        if page.status_code != 200:
            self.refused.append((role, path, page.status_code))
        return unescape(page.content.decode())

    def sends(self, role: str, path: str, **typed: Any) -> None:
        """Sends a form that must be taken. Each box is looked for once on the page of that kind: nobody types into another."""
        kind = AN_ID.sub("*", path)
        unseen = {name for name in typed if (kind, name) not in self.drawn}
        if unseen:
            html = self.reads(role, path)
            self.drawn |= {(kind, name) for name in typed}
            self.refused += [(kind, "has no box", name) for name in sorted(unseen) if f'name="{name}"' not in html]
        answer = self.client(role).post(path, {**typed, **form()})
        if answer.status_code != 302:
            faults = re.findall('<a href="#[^"]+">([^<]+)', answer.content.decode().partition("error-summary")[2])
            self.refused.append((role, path, answer.status_code, *faults))

    def insists(self, role: str, path: str, box: str, **typed: Any) -> None:
        """The same of a form that is questioned once, and taken with the box that the question brings."""
        questioned = self.client(role).post(path, {**typed, **form()}).content.decode()
        if f'name="{box}"' not in questioned:
            self.refused.append((role, path, "does not ask", box))
        self.drawn.add((AN_ID.sub("*", path), box))
        self.sends(role, path, **typed, **{box: "on"})

    def fills(self, role: str, path: str, **typed: Any) -> None:
        """The same of a form that carries what stood on its page, with what is typed over it."""
        _, _, page_form = self.reads(role, path).partition('<form id="f"')
        standing = fields(page_form.partition("</form>")[0])
        self.sends(role, path, **{**standing, **typed})


class Scene:
    """One case, from its first screens on. `people` are the answers of the first screen for each person in turn; `signs` those
    of the screen of signs; numbers in both name the people."""

    def __init__(self, force: Force, met: str, *people: dict[str, Any], **signs: str) -> None:
        self.force, self.given, self.ruled = force, set[str](), set[UUID]()
        case_id, self.ids = new_id(), [str(new_id()) for _ in people]
        typed = {f"p{number}-{name}": value for number, of in enumerate(people, 1) for name, value in of.items()}
        concern = {"case": str(case_id), "person": self.ids, "what": "As seen", "where": "Marlsea", "met": met}
        force.sends("frontline", f"/record?case={case_id}", **concern, **typed)
        self.case = Case.objects.get(id=case_id)
        force.sends("frontline", f"/record/{case_id}/safe", **{"p1-danger": "no", "p1-needs": ["medical"]})
        ticks = {"z-phone": self.ids[0]} | {name.replace("_", "-"): value for name, value in signs.items()}
        force.sends("frontline", f"/record/{case_id}/signs/labour", **ticks)

    def of_person(self, page: str, number: int = 1, by: str = "frontline", **typed: Any) -> None:
        """Sends a page of a person."""
        sends = self.force.fills if page == "more" else self.force.sends
        sends(by, f"/people/{self.ids[number - 1]}/{page}", **typed)

    def of_case(self, page: str, by: str = "frontline", **typed: Any) -> None:
        """Sends a page of the case."""
        sends = self.force.fills if page == "more" else self.force.sends
        sends(by, f"/cases/{self.case.reference}/{page}", **typed)

    def happened(self, kind: str, number: int = 1, **typed: str) -> None:
        """Records one thing that happened."""
        self.of_case("what-happened", kind=kind, person=self.ids[number - 1], **typed)

    def decided(self, kind: str) -> None:
        """Files what came of the latest referral of the case."""
        row = Referral.objects.filter(person__case=self.case, route="nrm").latest("sent_at")
        self.force.fills("coordinator", f"/referrals/{row.id}/decision", kind=kind)

    def rows(self) -> list[Obligation]:
        """What the ledger has of the case, the soonest due first."""
        rows = Obligation.objects.select_related("person").filter(case=self.case)
        return list(rows.order_by(F("due_at").asc(nulls_last=True), "id"))

    def gives_to(self, role: str) -> None:
        """The coordinator gives the case to a colleague who would not see it."""
        if role in GIVEN and role != "frontline" and role not in self.given:
            self.given.add(role)
            self.of_case("give", "coordinator", colleague=self.force.named(role))

    def agrees_contact(self, person: Person) -> None:
        """How the person may be contacted."""
        if person.id not in self.ruled:
            self.ruled.add(person.id)
            self.force.sends("frontline", f"/people/{person.id}/contact", channel="ring", to_use="07700 900111")


def talks(scene: Scene, row: Obligation, answer: str = "no") -> None:
    """The whole talk about referral, alone."""
    said = ["home_office_decides", "police_are_told", "need_not_talk", "if_no_note_goes", "adviser_offered"]
    scene.force.sends(
        "frontline", f"/people/{row.person_id}/consent", said=said, alone="yes", interpreter="not_needed", answer=answer,
        capacity="true", notice="read_out", contact="yes",
    )  # fmt: skip


def refers(route: str) -> Callable[[Scene, Obligation], None]:
    """What was sent to the Home Office; with gaps, where it may have some."""

    def send(scene: Scene, row: Obligation) -> None:
        more = {"gaps": "on", "reference": f"NRM {next(NUMBERS)}"} if route == "nrm" else {"identity_checked": "on"}
        scene.force.sends("frontline", f"/people/{row.person_id}/referral", route=route, direction="made_by_us", **more)

    return send


def crime(scene: Scene, row: Obligation) -> None:
    """A crime number of their own; the second one is the crime apart."""
    for _ in range(2 if row.code == "record_each_crime_apart" else 1):
        path = f"/people/{row.person_id}/crime"
        scene.force.sends("frontline", path, number=f"37/{next(NUMBERS)}/26")


def believes(scene: Scene, row: Obligation) -> None:
    """The supervisor's decision on the signs."""
    belief = "none" if row.code == "record_reason_no_grounds" else "reasonable_grounds"
    scene.force.fills("supervisor", f"/people/{row.person_id}/belief", belief=belief, because="What they said")


def full_record(scene: Scene, row: Obligation) -> None:
    """The record of one act, with all that its page asks for."""
    path = f"/people/{row.person_id}/section-45/{row.subject}"
    scene.gives_to("investigator")
    html = scene.force.reads("investigator", path)
    readings = {f"{limb.name}_reading": "cannot_tell" for limb in LIMBS}
    chosen = readings | {"settled": "not_excluded", "before": "charge", "conclusion": "cannot_tell"}
    words = [f"{limb.name}_{way}" for limb in LIMBS for way in ("for", "against")]
    words += ["settled_why", "duress", "self_defence", "public_interest", "abuse_of_process"]
    words += ["law_note", "asked_whom", "their_answer", "missing", "reason"]
    typed = dict.fromkeys(words, "So it was") | chosen
    drawn = {name: value for name, value in typed.items() if f'name="{name}"' in html}
    scene.force.fills("investigator", path, **drawn)


def countersigns(scene: Scene, row: Obligation) -> None:
    """A second person agrees."""
    scene.force.fills("supervisor", f"/people/{row.person_id}/section-45/{row.subject}/countersign", kind="agree")


def approves(scene: Scene, row: Obligation) -> None:
    """A detective inspector decides what was proposed."""
    asked = ImmigrationDisclosure.objects.get(person=row.person_id)
    scene.force.sends("detective_inspector", f"/immigration/{asked.id}", approved="yes", because="It is needed")


def closing(scene: Scene, row: Obligation) -> None:
    """An investigator asks for it, and a detective inspector who reviews it says no."""
    scene.gives_to("investigator")
    outcomes = {f"outcome_{number}": "18" for number in range(len(crimes_of(scene.case)) or 1)}
    scene.of_case("closing", "investigator", scope="case", rationale="Nothing left to do", **outcomes)
    scene.of_case("closing", "detective_inspector", approved="no", because="The van is not traced yet")


def offers(scene: Scene, row: Obligation) -> None:
    """Help offered again, on the seventh day."""
    scene.force.later(days=7)
    scene.agrees_contact(row.person)
    scene.force.sends("advisor", f"/people/{row.person_id}/offers", outcome="no", how="met", as_agreed="yes")


def hands_on(scene: Scene, row: Obligation) -> None:
    """What is left goes to the morning list, and the coordinator takes it."""
    scene.force.later(hours=9)
    scene.of_case("hand-on", hand="all")
    waiting = Handover.objects.filter(obligation__case=scene.case).values_list("id", flat=True)
    scene.force.sends("coordinator", "/morning-list", take=",".join(map(str, waiting)))


# The pages that close what has one of its own, in the order in which a force comes to them.
PAGES: dict[str, Callable[[Scene, Obligation], None]] = {
    "agree_safe_contact": lambda scene, row: scene.agrees_contact(row.person),
    "hand_on_what_is_left": hands_on,
    "establish_age": lambda scene, row: scene.force.sends("frontline", f"/people/{row.person_id}/age", birth_date="2001"),
    "section45_first_question": lambda scene, row: scene.force.sends(
        "frontline", f"/people/{row.person_id}/section-45-question", answer="yes"
    ),
    "explain_who_will_know": talks,
    "confirm_consent_conditions": talks,
    "record_crime": crime,
    "record_incident_overseas": crime,
    "record_each_crime_apart": crime,
    "decide_belief": believes,
    "record_reason_no_grounds": believes,
    "refer_nrm": refers("nrm"),
    "reach_nrm_or_dtn": refers("dtn"),
    "notify_home_office_without_identity": refers("dtn"),
    "immigration_disclosure_needs_approval": approves,
    "allocate_pip2_owner": lambda scene, row: scene.of_case(
        "allocate", "crime_allocation", owner=scene.force.user("investigator"), reason="PIP2"
    ),
    "investigation_plan": lambda scene, row: scene.of_case(
        "plan/write", "investigator", aim="Prove control", **{f"l{number}-line": "pursue" for number in range(1, 13)}
    ),
    "supervise_investigation": lambda scene, row: scene.of_case("review", "supervisor", directions="Trace the van by Friday"),
    "di_review_before_no_further_action": closing,
    "section45_countersign": countersigns,  # which closes the full record
    "section45_full_record": full_record,
    "duress_and_public_interest": full_record,
    "schedule4_person_must_look": full_record,
    "law_of_the_time": full_record,
    "ask_the_other_jurisdiction": full_record,
    "answer_further_information": lambda scene, row: scene.decided("info_sent"),
    "watch_reconsideration_reply": lambda scene, row: scene.decided("rec_accepted"),
    "offer_again_later": offers,
    "needs_assessment": lambda scene, row: scene.force.sends(
        "advisor", f"/people/{row.person_id}/needs/assess", legal_level="high", legal_wish="wants"
    ),
}


def answers(scene: Scene, row: Obligation) -> None:
    """The record that closes any one thing owed, or where there is none an officer's word, on its own page by whose it is."""
    role, closing = row.with_role, closing_of(row.code)
    scene.gives_to(role)
    if closing.contacts and row.person:
        scene.agrees_contact(row.person)
    kind = KINDS.get(closing.record)
    record = {f"record_{name}": next(iter(kind.fields[name].choices), words_of(row.code)) for name in closing.needs if kind}
    scene.force.sends(role, f"/owed/{row.id}", kind="done", because="" if record else words_of(row.code), **record)


def words_of(code: str) -> str:
    """What a record of this code says, and no other."""
    return f"Recorded of {code.replace('_', ' ')}"
