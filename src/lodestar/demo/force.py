"""The people of the demo force: a user of each role, with their units and skills."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password

from lodestar.demo.concerns import listed
from lodestar.platform.accounts.access import Member, member_from
from lodestar.platform.accounts.models import Accreditation, Membership, Unit, User
from lodestar.platform.tenancy.models import Tenant

SINCE, FIRST_COLLAR = date(2024, 1, 1), 4101


@dataclass(frozen=True)
class Colleague:
    """One invented colleague: how they sign in, their name, their role, unit, skills and work telephone."""

    username: str
    name: str
    role: str
    unit: str
    rank: str = ""
    skills: Sequence[str] = ()
    phone: str = ""


UNITS = ("Marlsea response", "Eldham response", "Custody", "Modern slavery team", "Crime allocation", "Headquarters")
COLLEAGUES = [Colleague(**row) for row in listed("colleagues")["colleague"]]


def there() -> list[Colleague]:
    """The colleagues whom this database has, in their order."""
    usernames = set(User.objects.filter(made_by_demo=True).values_list("username", flat=True))
    return [colleague for colleague in COLLEAGUES if colleague.username in usernames]


def make_colleagues(password: str) -> dict[str, Member]:
    """Makes the units and colleagues within the demo tenant and returns who each is at work."""
    units = {name: Unit.objects.create(name=name) for name in UNITS}
    hashed = make_password(password)
    members: dict[str, Member] = {}
    for number, colleague in enumerate(COLLEAGUES, FIRST_COLLAR):
        user = User.objects.create(username=colleague.username, name=colleague.name, password=hashed, made_by_demo=True)
        TOTP.activate(user, generate_totp_secret())
        membership = Membership.objects.create(
            user=user, unit=units[colleague.unit], roles=[colleague.role], rank=colleague.rank, from_date=SINCE,
            collar_number=str(number) if colleague.rank else "", phone=colleague.phone,
        )  # fmt: skip
        for skill in colleague.skills:
            Accreditation.objects.create(user=user, code=skill, from_date=SINCE)
        members[colleague.username] = member_from(membership)
    return members


SLUG = "fenmarch"


def is_there() -> bool:
    """Whether any tenant is: the demo force is made in an empty database only."""
    return Tenant.objects.exists()
