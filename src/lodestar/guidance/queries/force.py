"""Which force a command is for and who acts in it; what a force keeps: its thesaurus and facts that no longer hold."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.db.models import Count, Max

from lodestar.accounts.access import Member, member_from
from lodestar.accounts.models import Membership, User
from lodestar.accounts.permissions import Permission
from lodestar.accounts.queries import memberships_today
from lodestar.guidance.models import StaleFact, ThesaurusEntry
from lodestar.guidance.rules.asking import Situation, Thesaurus, situation
from lodestar.guidance.rules.documents import publisher_name
from lodestar.guidance.rules.superseded import Fact
from lodestar.kernel.reference_lists import PACKAGE, reference_list
from lodestar.tenancy.models import Tenant
from lodestar.tenancy.request_cache import read_once
from lodestar.tenancy.tenant_transaction import as_user, current_tenant, within

_KEPT: dict[str | None, tuple[tuple[object, ...], Thesaurus]] = {}  # one a force, with what it was made from


def topic_files() -> list[Path]:
    """The files of the topic pages, by name."""
    return sorted((PACKAGE / "guidance" / "reference" / "topics").glob("*.md"))


def film_files() -> list[Path]:
    """The films that come with Lodestar, by name: beside each lie its captions and what is said of it."""
    return sorted((PACKAGE / "guidance" / "reference" / "films").glob("*.webm"))


def thesaurus() -> Thesaurus:
    """The thesaurus of the force, as it is used now. It is read anew when an entry has changed, and kept by the process."""
    return read_once("guidance.thesaurus", _thesaurus)


def _thesaurus() -> Thesaurus:
    used = ThesaurusEntry.objects.filter(is_used=True)
    stamp = (current_tenant(), *used.aggregate(last=Max("changed_at"), entries=Count("id")).values())
    cached = _KEPT.get(current_tenant())
    if cached is None or cached[0] != stamp:
        cached = (stamp, Thesaurus.of(used.values_list("says", "means", "both_ways")))
        _KEPT[current_tenant()] = cached
    return cached[1]


@cache
def situations() -> tuple[Situation, ...]:
    """What several words of a question mean together, as it ships."""
    rows = reference_list("guidance", "situations").rows
    lists = {row["code"]: row["any"] for row in rows if "any" in row}
    return tuple(
        situation(
            row["code"],
            [[phrase for entry in side for phrase in lists.get(entry, [entry])] for side in row["sides"]],
            row["means"],
        )
        for row in rows
        if "sides" in row
    )


@cache
def publishers() -> Mapping[str, str]:
    """Of each publisher who writes for one nation alone, by name, that nation."""
    rows = reference_list("guidance", "publishers").rows
    return {publisher_name(name): row["nation"] for row in rows for name in row["names"]}


def facts() -> list[Fact]:
    """The facts that no longer hold, as the force keeps them."""
    return read_once("guidance.facts", _facts)


def _facts() -> list[Fact]:
    return [fact_of(row) for row in StaleFact.objects.filter(is_used=True).order_by("code")]


def fact_of(row: StaleFact) -> Fact:
    """A kept fact as its rule reads it."""
    return Fact(row.code, row.called, tuple(row.says), row.replaced_by, row.from_date)


class NoForce(ValueError):
    """The force, or who acts in it, is not clear; the words say what to name."""


def force_named(slug: str) -> str:
    """The force of this slug; without one the only force there is, or the demo's. Raises NoForce."""
    forces = {tenant.slug: tenant for tenant in Tenant.objects.all()}
    if slug and slug not in forces:
        raise NoForce(f"There is no force {slug!r}: {', '.join(sorted(forces)) or 'none is made yet'}.")
    ours = [slug] if slug else [force.slug for force in forces.values() if len(forces) == 1 or force.made_by_demo]
    if len(ours) != 1:
        raise NoForce(
            "Name the force with --force SLUG." if forces else "There is no force yet: ./lodestar demo makes one."
        )
    return ours[0]


def name_of(slug: str) -> str:
    """What the force of this slug is called."""
    return Tenant.objects.values_list("name", flat=True).get(slug=slug)


def editor_named(username: str, slug: str) -> Member:
    """Who takes guidance in: the user named, who must be a guidance editor there; without one the demo's. Raises NoForce."""
    tenant = force_named(slug)
    if not username:
        return _demo_editor(tenant)
    user = User.objects.filter(username=username.lower(), is_active=True).first()
    if user is None:
        raise NoForce(f"No user has the name {username!r}.")
    with as_user(user.id):
        places = [place for place in memberships_today(user.id) if place.tenant == tenant]
    member = next((editor for editor in map(member_from, places) if editor.may(Permission.GUIDANCE_EDIT)), None)
    if member is None:
        raise NoForce(f"{username} is no guidance editor in {tenant}.")
    return member


def _demo_editor(tenant: str) -> Member:
    if not Tenant.objects.get(slug=tenant).made_by_demo:
        raise NoForce("Say who is importing it: --as USER.")
    with within(tenant):
        rows = Membership.objects.select_related("user").filter(user__made_by_demo=True, to_date__isnull=True)
        editors = [
            editor for editor in map(member_from, rows.order_by("user__username")) if editor.may(Permission.GUIDANCE_EDIT)
        ]
    if not editors:
        raise NoForce("The demo has no guidance editor: ./lodestar demo --reset makes it anew.")
    return next((editor for editor in editors if "guidance_editor" in editor.roles), editors[0])
