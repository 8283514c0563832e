"""Named reads of the library for its pages: documents by topic and by letter, versions, passages, who has read what."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.management.base import CommandError
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from lodestar.knowledge.library.models import Document, Passage, Reading, StaleFact, Version
from lodestar.knowledge.library.queries.documents import document_of, has_begun, in_force, in_use
from lodestar.knowledge.library.rules.documents import Fact
from lodestar.platform.accounts.access import Member, member_from
from lodestar.platform.accounts.models import Membership, User
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import in_force as memberships_in_force
from lodestar.platform.accounts.queries import memberships_today
from lodestar.platform.audit import queries as record
from lodestar.platform.audit.models import Event
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.request_cache import read_once
from lodestar.platform.tenancy.tenant_transaction import as_user, current_tenant, within

PUBLISHED = Version.objects.filter(state="published", document=OuterRef("id"))


def own_nation(tenant: str) -> str:
    """The nation of a force, which its officers' searches begin with."""
    return Tenant.objects.values_list("nation", flat=True).get(slug=tenant)


def published() -> QuerySet[Document]:
    """The documents that have a published version."""
    return Document.objects.filter(Exists(PUBLISHED))


def topics() -> Counter[str]:
    """How many published documents each topic has."""
    return Counter(topic for listed in published().values_list("topics", flat=True) for topic in listed)


def of_topics(topic_names: Iterable[str], most: int) -> list[Document]:
    """The published documents of any of these topics: the force's own first, then by title."""
    rows = published().filter(topics__overlap=list(topic_names))
    return list(rows.order_by(F("origin").asc(), "title", "id")[:most])


def letters() -> list[str]:
    """The letters with which titles begin, in the order of the alphabet."""
    return sorted({title.strip()[:1].upper() for title in published().values_list("title", flat=True) if title.strip()})


def by_letter(letter: str, start: int, most: int) -> list[Document]:
    """Published documents whose title begins with the letter, after so many of them."""
    rows = published().filter(title__istartswith=letter).order_by("title", "id")
    return list(rows[start : start + most])


def holds(document: Document, on: date) -> bool:
    """Whether a published document is in force on a day, and no other published one replaces it."""
    return in_force(document, on, is_replaced=replaced_by(document, on) is not None)


def replaced_by(document: Document, on: date) -> Document | None:
    """The published document that says it replaces this one, and has begun to hold by a day."""
    return _replacing(on).filter(supersedes=document).order_by("title", "id").first()


def _replacing(on: date) -> QuerySet[Document]:
    return Document.objects.filter(Exists(PUBLISHED.filter(has_begun(on))))


def passages(version: Version, start: int, most: int) -> list[Passage]:
    """Passages of a version in their order, from a number on."""
    return list(Passage.objects.filter(version=version, number__gte=start).order_by("number")[:most])


def texts(version: Version) -> list[str]:
    """The texts of all passages of a version in their order."""
    return list(Passage.objects.filter(version=version).order_by("number").values_list("text", flat=True))


def stale_in(version: Version) -> int:
    """How many passages of a version quote a fact that no longer holds."""
    return Passage.objects.filter(version=version).exclude(stale=[]).count()


# --- who has read what ------------------------------------------------------------------------------------------------


def find_reading(user: UUID, version: Version) -> Reading | None:
    """What somebody did with a version: when they opened it, and whether they said that they have understood it."""
    return Reading.objects.filter(user_id=user, version=version).first()


def read_before(user: UUID, version: Version) -> Version | None:
    """The latest version of the same document, older than this one, that somebody opened; None where they opened none."""
    rows = Reading.objects.filter(user_id=user, version__document=version.document_id, version__number__lt=version.number)
    row = rows.select_related("version__document").order_by("-version__number").first()
    return row.version if row else None


def changed_since_read(user: UUID, on: date, most: int) -> list[Version]:
    """Versions in use on a day of documents of which somebody opened an older version and has not opened this one."""
    own = Reading.objects.filter(user_id=user)
    older = own.filter(version__document=OuterRef("document"), version__number__lt=OuterRef("number"))
    rows = in_use(on).filter(Exists(older), ~Exists(own.filter(version=OuterRef("id"))))
    return list(rows.select_related("document").order_by("-published_at", "id")[:most])


def readable(documents: Sequence[Document], on: date) -> list[tuple[Document, bool]]:
    """Documents, each with whether it is in force on a day."""
    replaced = set(_replacing(on).filter(supersedes__in=documents).values_list("supersedes", flat=True))
    return [(document, in_force(document, on, is_replaced=document.id in replaced)) for document in documents]


def letter_text(version: Version) -> str:
    """The text of a letter as `edit_letter` takes it."""
    rows = Passage.objects.filter(version=version).order_by("number").values_list("heading", "text")
    marked = (f"# {text}" if heading and text.startswith(heading) else text for heading, text in rows)
    return "\n".join(text.replace("\n\n", "\n\n# ") for text in marked)


FEW = 3  # people: of a smaller team a number would say who


@dataclass(frozen=True)
class Team:
    """One team: how many serve in it today, how many of those opened the version, and how many say that they have
    understood it. Of a team of fewer than three people the two are None."""

    name: str
    people: int
    opened: int | None
    understood: int | None


def coverage(version: Version, units: Iterable[UUID] | None, today: date) -> list[Team]:
    """Every team in which somebody serves today, by name: of these units, or of the whole force where they are None. Who has
    moved counts where they serve now."""
    here = Membership.objects.filter(from_date__lte=today, user__is_active=True).exclude(to_date__lt=today)
    if units is not None:
        here = here.filter(unit__in=list(units))
    read = Reading.objects.filter(user=OuterRef("user"), version=version)
    counts = here.values("unit", "unit__name").annotate(
        people=Count("user", distinct=True),
        opened=Count("user", distinct=True, filter=Q(Exists(read))),
        understood=Count("user", distinct=True, filter=Q(Exists(read.filter(understood_at__isnull=False)))),
    )
    return [
        Team(row["unit__name"], row["people"], *((row["opened"], row["understood"]) if row["people"] >= FEW else (None, None)))
        for row in counts.order_by("unit__name", "unit")
    ]


SHOWN_FOR = timedelta(days=90)  # how long whoever was only shown a version at a step is told of it


@dataclass(frozen=True)
class Withdrawn:
    """A version that was withdrawn, its title as it was, and the document that holds instead: its own where another version of it
    is in use, or the one that replaces it; None where nothing does."""

    version: Version
    title: str
    instead: Document | None


def withdrawn_since(user: UUID, now: datetime, on: date, most: int) -> list[Withdrawn]:
    """The versions, latest first, that were withdrawn after somebody opened them or had them beside what is owed in a case, or
    whose document has nothing in use any more of which they opened an older one. Whoever opened it since, with the reason, or a
    newer version, is told no more."""
    own = Reading.objects.filter(user_id=user)
    of_document = own.filter(version__document=OuterRef("document"))
    seen = own.filter(version=OuterRef("id"), withdrawal_seen_at__isnull=False)
    rows = Version.objects.filter(
        ~Exists(seen), ~Exists(of_document.filter(version__number__gt=OuterRef("number"))), state="withdrawn"
    )
    recent = rows.filter(withdrawn_at__gte=now - SHOWN_FOR).values_list("id", flat=True)
    shown = record.subjects_of(user, "guidance.shown", [str(version_id) for version_id in recent])
    older = Exists(of_document.filter(version__number__lt=OuterRef("number")))
    nothing = ~Exists(Version.objects.filter(state="published", document=OuterRef("document")))
    read = Q(Exists(own.filter(version=OuterRef("id")))) | (Q(older) & Q(nothing)) | Q(id__in=shown)
    withdrawn = rows.filter(read).select_related("document").order_by("-withdrawn_at", "id")[:most]
    return [Withdrawn(row, document_of(row).title, _instead(row, on)) for row in withdrawn]


def _instead(version: Version, on: date) -> Document | None:
    used = in_use(on).filter(document=version.document_id).select_related("document").first()
    return document_of(used) if used is not None else replaced_by(version.document, on)


SHOWN = "guidance.shown"


def versions_shown(events: Iterable[Event]) -> dict[str, Version]:
    """The versions that events of showing are about, by the subject of the event; nothing is asked where there is none."""
    subjects = {event.subject for event in events if event.code == SHOWN}
    rows = Version.objects.filter(id__in=subjects).select_related("document") if subjects else ()
    return {str(row.id): row for row in rows}


def facts() -> list[Fact]:
    """The facts that no longer hold, as the force keeps them."""
    return read_once("guidance.facts", _facts)


def _facts() -> list[Fact]:
    return [fact_of(row) for row in StaleFact.objects.filter(is_used=True).order_by("code")]


def fact_of(row: StaleFact) -> Fact:
    """A kept fact as its rule reads it."""
    return Fact(row.code, row.called, tuple(row.says), row.replaced_by, row.from_date)


class NoForce(CommandError):
    """The force, or who acts in it, is not clear; the words say what to name."""


def force_named(slug: str) -> str:
    """The force of this slug; without one the only force there is, or the demo's. Raises NoForce."""
    forces = {tenant.slug: tenant for tenant in Tenant.objects.all()}
    if slug and slug not in forces:
        raise NoForce(f"There is no force {slug!r}: {', '.join(sorted(forces)) or 'none is made yet'}.")
    ours = [slug] if slug else [force.slug for force in forces.values() if len(forces) == 1 or force.made_by_demo]
    if len(ours) != 1:
        raise NoForce("Name the force with --force SLUG." if forces else "There is no force yet: ./lodestar demo makes one.")
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


def who_set_it_up() -> Member | None:
    """Who has been an administrator of the force of this transaction for longest, and still is: the project's own pages are
    published in their name. None where nobody is."""
    rows = memberships_in_force(timezone.localdate()).filter(tenant=current_tenant(), roles__contains=["administrator"])
    first = rows.filter(user__is_active=True).select_related("user").order_by("from_date", "id").first()
    return member_from(first) if first else None


def _demo_editor(tenant: str) -> Member:
    if not Tenant.objects.get(slug=tenant).made_by_demo:
        raise NoForce("Say who is importing it: --as USER.")
    with within(tenant):
        rows = Membership.objects.select_related("user").filter(user__made_by_demo=True, to_date__isnull=True)
        editors = [editor for editor in map(member_from, rows.order_by("user__username")) if editor.may(Permission.GUIDANCE_EDIT)]
    if not editors:
        raise NoForce("The demo has no guidance editor: ./lodestar demo --reset makes it anew.")
    return next((editor for editor in editors if "guidance_editor" in editor.roles), editors[0])
