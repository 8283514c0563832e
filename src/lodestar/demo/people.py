"""The demo force's own people: a user of each role, their units, skills and duty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password

from lodestar.accounts.access import Member, member_from
from lodestar.accounts.models import Accreditation, Duty, Membership, Unit, User
from lodestar.tenancy.within import current_tenant

SINCE = date(2024, 1, 1)


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
    Colleague("officer2", "PC Inês Ferreira", "frontline", "Eldham response", "constable"),
    Colleague("supervisor", "Sgt Dev Solanki", "supervisor", "Marlsea response", "sergeant"),
    Colleague("supervisor2", "Sgt Aoife Tierney", "supervisor", "Eldham response", "sergeant"),
    Colleague("custody", "Sgt Marian Eze-Porter", "custody", "Custody", "sergeant"),
    Colleague("investigator", "DC Leah Marchetti", "investigator", "Modern slavery team", "constable", ("pip2",)),
    Colleague("investigator2", "DC Tobias Wren", "investigator", "Modern slavery team", "constable", ("pip2",)),
    Colleague("trainee", "T/DC Priya Nandakumar", "investigator", "Modern slavery team", "constable", ("trainee_detective",)),
    Colleague("allocation", "Gwen Abara", "crime_allocation", "Crime allocation"),
    Colleague("inspector", "DI Callum Haldane", "detective_inspector", "Modern slavery team", "detective_inspector",
              ("pip2", "pip3")),
    Colleague("coordinator", "Farida Quist", "coordinator", "Modern slavery team"),
    Colleague("analyst", "Solveig Marchbanks", "analyst", "Modern slavery team"),
    Colleague("dataprotection", "Tomasz Birch", "data_protection", "Headquarters"),
    Colleague("dataprotection2", "Ingrid Mbeki", "data_protection", "Headquarters"),
    Colleague("standards", "Ch Insp Orla Penhallow", "professional_standards", "Headquarters", "chief_inspector"),
    Colleague("policy", "Supt Niamh Okafor-Lund", "policy_owner", "Headquarters", "superintendent"),
    Colleague("policy2", "Ravi Teesdale", "policy_owner", "Headquarters"),
    Colleague("editor", "Maeve Lindqvist", "guidance_editor", "Modern slavery team"),
    Colleague("editor2", "Jonah Achebe", "guidance_editor", "Headquarters"),
    Colleague("admin", "Robin Achterberg", "administrator", "Headquarters"),
)  # fmt: skip
ON_DUTY = (("supervisor", "Marlsea response", "supervisor"), ("supervisor2", "Eldham response", "supervisor"),
           ("coordinator", "Modern slavery team", "coordinator"), ("inspector", "Modern slavery team", "inspector"))  # fmt: skip


def make_colleagues(password: str, now: datetime) -> dict[str, Member]:
    """Makes the units and colleagues within the demo tenant and returns who each is at work."""
    units = {name: Unit.objects.create(name=name) for name in UNITS}
    members = _made(COLLEAGUES, units, password)
    for username, unit, post in ON_DUTY:
        Duty.objects.create(
            user_id=members[username].user, unit=units[unit], post=post, from_at=now - timedelta(hours=4),
            to_at=now + timedelta(days=365),
        )  # fmt: skip
    return members


def there() -> list[Colleague]:
    """The colleagues whom this database has, in their order: one that was made before a role came has not all."""
    known = set(User.objects.filter(made_by_demo=True).values_list("username", flat=True))
    return [colleague for colleague in COLLEAGUES if colleague.username in known]


def add_missing(password: str) -> list[Colleague]:
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
        user = User.objects.create(
            username=colleague.username, name=colleague.name, password=hashed, made_by_demo=True
        )
        TOTP.activate(user, generate_totp_secret())
        membership = Membership.objects.create(
            user=user, unit=units[colleague.unit], roles=[colleague.role], rank=colleague.rank, from_date=SINCE
        )
        for skill in colleague.skills:
            Accreditation.objects.create(user=user, code=skill, from_date=SINCE)
        members[colleague.username] = member_from(membership)
    return members
