"""Makes the demo force whole: its own people, a user of each role, with their units, skills and duty; concerns, answers, the
ledger, the log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.db import connection

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.ledger import ledger
from lodestar.demo import answers
from lodestar.demo.histories import MONTHS, invent
from lodestar.demo.showcase import (
    add_retention_examples,
    earlier_records,
    kieran_and_jaz,
    the_night_handed_on,
    the_packing_shed,
)
from lodestar.directory.contacts.actions import check_contacts
from lodestar.directory.contacts.contact_files import read_in, rows_of
from lodestar.directory.contacts.queries import contact_book
from lodestar.intelligence.identities.actions.matching import mark_everybody
from lodestar.knowledge.publishing.actions.stock import stock as stock_the_library
from lodestar.platform.accounts.access import Member, member_from
from lodestar.platform.accounts.models import Accreditation, Membership, RotaEntry, Unit, User
from lodestar.platform.audit.models import Event, Operation
from lodestar.platform.settings.actions import propose_setting
from lodestar.platform.settings.rules import REFUSED
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import current_tenant, within
from lodestar.platform.text.ids import new_id
from lodestar.platform.time.days import london_date

SINCE = date(2024, 1, 1)
FIRST_COLLAR = 4101


@dataclass(frozen=True)
class Colleague:
    """One invented colleague: how they sign in, their name, their role, unit and skills."""

    username: str
    name: str
    role: str
    unit: str
    rank: str = ""
    skills: tuple[str, ...] = ()


UNITS = ("Marlsea response", "Eldham response", "Custody", "Modern slavery team", "Crime allocation", "Headquarters")
COLLEAGUES = (
    Colleague("officer", "PC Hanna Brandreth", "frontline", "Marlsea response", "constable"),
    Colleague("officer2", "PC Inês Ferreira", "frontline", "Eldham response", "constable", ("speaks_portuguese",)),
    Colleague("supervisor", "Sgt Dev Solanki", "supervisor", "Marlsea response", "sergeant"),
    Colleague("supervisor2", "Sgt Aoife Tierney", "supervisor", "Eldham response", "sergeant"),
    Colleague("custody", "Sgt Marian Eze-Porter", "custody", "Custody", "sergeant"),
    Colleague("investigator", "DC Leah Marchetti", "investigator", "Modern slavery team", "constable", ("pip2",)),
    Colleague("investigator2", "DC Tobias Wren", "investigator", "Modern slavery team", "constable", ("pip2", "abe")),
    Colleague("trainee", "T/DC Priya Nandakumar", "investigator", "Modern slavery team", "constable", ("trainee_detective",)),
    Colleague("allocation", "Gwen Abara", "crime_allocation", "Crime allocation"),
    Colleague("inspector", "DI Callum Haldane", "detective_inspector", "Modern slavery team", "detective_inspector",
              ("pip2", "pip3")),
    Colleague("coordinator", "Farida Quist", "coordinator", "Modern slavery team"),
    Colleague("advisor", "Bronagh Sellers", "advisor", "Modern slavery team"),
    Colleague("liaison", "PC Marek Dunne", "victim_liaison", "Modern slavery team", "constable"),
    Colleague("registrar", "Adaeze Pryor", "crime_registrar", "Headquarters"),
    Colleague("analyst", "Solveig Marchbanks", "analyst", "Modern slavery team"),
    Colleague("dataprotection", "Tomasz Birch", "data_protection", "Headquarters"),
    Colleague("dataprotection2", "Ingrid Mbeki", "data_protection", "Headquarters"),
    Colleague("standards", "Ch Insp Orla Penhallow", "professional_standards", "Headquarters", "chief_inspector"),
    Colleague("policy", "Supt Niamh Okafor-Lund", "policy_owner", "Headquarters", "superintendent"),
    Colleague("policy2", "Ravi Teesdale", "policy_owner", "Headquarters"),
    Colleague("editor", "Maeve Lindqvist", "guidance_editor", "Modern slavery team"),
    Colleague("editor2", "Jonah Achebe", "guidance_editor", "Headquarters"),
    Colleague("admin", "Robin Achterberg", "administrator", "Headquarters"),
    Colleague("admin2", "Nadia Whitlock", "administrator", "Headquarters"),
)  # fmt: skip
ON_DUTY = (("supervisor", "Marlsea response", "supervisor"), ("supervisor2", "Eldham response", "supervisor"),
           ("coordinator", "Modern slavery team", "coordinator"), ("inspector", "Modern slavery team", "inspector"))  # fmt: skip


def make_colleagues(password: str, now: datetime) -> dict[str, Member]:
    """Makes the units and colleagues within the demo tenant and returns who each is at work."""
    units = {name: Unit.objects.create(name=name) for name in UNITS}
    members = _made(COLLEAGUES, units, password)
    for username, unit, post in ON_DUTY:
        RotaEntry.objects.create(
            user_id=members[username].user, unit=units[unit], post=post, from_at=now - timedelta(hours=4),
            to_at=now + timedelta(days=365),
        )  # fmt: skip
    return members


def there() -> list[Colleague]:
    """The colleagues whom this database has, in their order: one that was made before a role came has not all."""
    usernames = set(User.objects.filter(made_by_demo=True).values_list("username", flat=True))
    return [colleague for colleague in COLLEAGUES if colleague.username in usernames]


def add_colleagues(password: str) -> list[Colleague]:
    """Makes the colleagues whom a demo force made before they were thought of has not, and returns them. A name that somebody
    else signs in with is left to them."""
    taken = set(User.objects.values_list("username", flat=True))
    missing = [colleague for colleague in COLLEAGUES if colleague.username not in taken]
    names, here = {colleague.unit for colleague in missing}, current_tenant()  # the owner sees other forces' units too
    units = {name: Unit.objects.get_or_create(tenant=here, name=name)[0] for name in names}
    _made(missing, units, password)
    return missing


def _made(colleagues: Iterable[Colleague], units: Mapping[str, Unit], password: str) -> dict[str, Member]:
    hashed = make_password(password)
    members: dict[str, Member] = {}
    for colleague in colleagues:
        user = User.objects.create(username=colleague.username, name=colleague.name, password=hashed, made_by_demo=True)
        TOTP.activate(user, generate_totp_secret())
        membership = Membership.objects.create(
            user=user, unit=units[colleague.unit], roles=[colleague.role], rank=colleague.rank, from_date=SINCE,
            collar_number=str(FIRST_COLLAR + COLLEAGUES.index(colleague)) if colleague.rank else "",
        )  # fmt: skip
        for skill in colleague.skills:
            Accreditation.objects.create(user=user, code=skill, from_date=SINCE)
        members[colleague.username] = member_from(membership)
    return members


SLUG = "fenmarch"
CONCERNS = 300
AT_ONCE = 100


def is_there() -> bool:
    """Whether any tenant is: the demo force is made in an empty database only."""
    return Tenant.objects.exists()


def add_missing(password: str) -> list[Colleague]:
    """Makes the colleagues whom a demo force of an older release has not. Of a force that is no demo nothing is touched."""
    if not Tenant.objects.filter(slug=SLUG, made_by_demo=True).exists():
        return []
    with within(SLUG):
        return add_colleagues(password)


def make(password: str, now: datetime) -> dict[str, Member]:
    """Makes the demo force of 300 concerns. The caller is the database's owner, who may date what it writes."""
    Tenant.objects.create(slug=SLUG, name="Fenmarch Police", reference_prefix="FM", made_by_demo=True)
    _months_of_the_log(now)
    with within(SLUG):
        members = make_colleagues(password, now)
        stock_the_library(by=members["editor"], at=now)
        rows = invent(members, CONCERNS, now)
        rows.store()
        cases = list(Case.objects.order_by("encountered_at", "id"))
        for start in range(0, len(cases), AT_ONCE):
            some = cases[start : start + AT_ONCE]
            answers.answer(rows, some, members, now)
            answers.came(some, members, now)
            answers.answer(rows, some, members, now, only=answers.FOLLOWED)
            answers.stand(some, members["coordinator"].user, now)
            ledger.recalculate([case.id for case in some], ledger.Cause(by=some[0].opened_by_id, at=now, code="cases.opened"))
            answers.name_who_closed(some)
        _date_the_ledger()
        _write_the_log(cases)
        mark_everybody()
        the_packing_shed(members, now)
        kieran_and_jaz(members, now)
        the_night_handed_on(members, now)
        _a_change_waits(members, now)
        earlier_records(members, now)
        numbers_to_ring(members["coordinator"], now)
        add_retention_examples(members, now)
    return members


def numbers_to_ring(by: Member, now: datetime) -> None:
    """Ofcom's numbers for drama, read in from a file as a coordinator would. One is left unchecked, and one is not set."""
    rows = rows_of((Path(__file__).parent / "contacts.csv").read_bytes())
    lines = list(read_in(by, now, ((f"Line {number}", cells) for number, cells in rows), applies=True))
    if any(line.outcome == REFUSED for line in lines):
        raise ValueError(lines)
    checked = [(one.kind, one.district, one.telephone) for one in contact_book(now).contacts if one.kind != "regional_unit"]
    check_contacts(by=by, at=now, contacts=checked)


def _a_change_waits(members: dict[str, Member], now: datetime) -> None:
    """One policy owner has proposed a change of a setting; the other has yet to decide."""
    propose_setting(
        by=members["policy"], at=now, key="tasking_decision_victims", value="2",
        from_date=london_date(now) + timedelta(days=30),
        reason="In the car washes two in one place were enough for a tasking decision each time.",
    )  # fmt: skip


def _months_of_the_log(now: datetime) -> None:
    with connection.cursor() as cursor:
        for month in range(MONTHS + 1):
            cursor.execute("select audit_make_month(%s)", [(now - timedelta(days=30 * month)).date()])


def _date_the_ledger() -> None:
    """The ledger was reckoned in one go; its rows are dated as if each had been reckoned when it happened."""
    with connection.cursor() as cursor:
        cursor.execute("analyze cases_case, ledger_obligation, ledger_obligationevent")  # else planned as if they were empty
        cursor.execute(
            "update ledger_obligationevent e set happened_at = c.encountered_at, recorded_at = c.recorded_at"
            " from ledger_obligation o join cases_case c on (c.tenant, c.id) = (o.tenant, o.case_id)"
            " where (o.tenant, o.id) = (e.tenant, e.obligation_id) and e.kind = 'opened'"
        )
        cursor.execute(
            "update ledger_obligationevent e set recorded_at = e.happened_at + interval '10 minutes'"
            " where e.kind = 'closed'"
        )
        cursor.execute(
            "update ledger_obligation o set opened_at = c.recorded_at,"
            " closed_at = case when o.state = 'open' then null else coalesce((select max(e.recorded_at)"
            " from ledger_obligationevent e where (e.tenant, e.obligation_id) = (o.tenant, o.id) and e.kind = 'closed'),"
            " o.closed_at) end from cases_case c where (c.tenant, c.id) = (o.tenant, o.case_id)"
        )


def _write_the_log(cases: Sequence[Case]) -> None:
    people: dict[UUID, list[UUID]] = {}
    for case_id, person in Person.objects.values_list("case_id", "id"):
        people.setdefault(case_id, []).append(person)
    events = []
    for case in cases:
        for code, operation in (("cases.opened", Operation.COLLECTION), ("cases.person_recorded", Operation.COLLECTION),
                                ("cases.viewed", Operation.CONSULTATION)):  # fmt: skip
            events.append(
                Event(
                    id=new_id(), recorded_at=case.recorded_at, happened_at=case.encountered_at, operation=operation,
                    code=code, by=case.opened_by_id, role="frontline", case=case.id,
                    people=people.get(case.id, []) if code == "cases.person_recorded" else [],
                )
            )  # fmt: skip
    Event.objects.bulk_create(events, batch_size=1000)
