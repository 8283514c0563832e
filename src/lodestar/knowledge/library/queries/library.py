"""Named reads of the library: documents and their versions, which is in use and what is said with it, by topic and by letter,
passages, who has read what, and the files as they came."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import CommandError
from django.db.models import Count, Exists, F, Field, OuterRef, Q, QuerySet
from django.utils import timezone

from lodestar.knowledge.library.models import Document, Passage, Reading, StaleFact, Version
from lodestar.knowledge.library.rules.documents import Fact, clean_file_name, holds_on, publisher_name
from lodestar.platform.accounts.access import Member, member_from
from lodestar.platform.accounts.models import Membership, User
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.queries import in_force as memberships_in_force
from lodestar.platform.accounts.queries import memberships_today
from lodestar.platform.audit import queries as record
from lodestar.platform.audit.models import Event
from lodestar.platform.files.filestore import FileStore
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.request_cache import read_once
from lodestar.platform.tenancy.tenant_transaction import as_user, current_tenant, within
from lodestar.platform.text.reference_lists import reference_list

SAID = (
    "title", "publisher", "origin", "nation", "audience", "topics", "exploitation", "owner", "published_on", "valid_from",
    "valid_to", "review_by", "classification", "licence",
)  # fmt: skip
BEFORE = ("draft", "approved", "refused")  # what is said with those is not said of the document


def in_use() -> QuerySet[Version]:
    """The published versions, one of each document."""
    return Version.objects.filter(state="published")


def has_begun(on: date) -> Q:
    """Of versions: that their document has begun to hold by a day, so that it replaces what it says it replaces."""
    return Q(document__valid_from__isnull=True) | Q(document__valid_from__lte=on)


def with_said(document: Document, fields: Mapping[str, Any]) -> Document:
    """A copy of a document as it is with what is said; it is not to be saved."""
    updated = copy(document)
    for name, value in fields.items():
        kept_as: Field[Any, Any] = Document._meta.get_field(name)  # type: ignore[assignment]  # no relation is said
        setattr(updated, name, kept_as.to_python(value))
    return updated


def document_of(version: Version) -> Document:
    """The document of a version as it is said with that one: what is to be said of it with one on its way, and what was said of
    it last with one that is history. It is not to be saved."""
    if version.state in BEFORE:
        return with_said(version.document, version.said)
    return with_said(version.document, version.about) if version.state != "published" else version.document


def differing_fields(version: Version, fields: Mapping[str, Any]) -> list[str]:
    """The fields of which `said` says otherwise than is said of the document with a version."""
    document = document_of(version)
    return sorted(name for name, value in fields.items() if getattr(document, name) != value)


def said_now(document: Document) -> dict[str, Any]:
    """What is said of a document now, by the names of its fields."""
    return {name: getattr(document, name) for name in SAID}


def document_called(name: str) -> Document | None:
    """The document of a file of this name."""
    return Document.objects.filter(file_name=clean_file_name(name)).first()


def hold_document(document: Document) -> None:
    """Holds a document until the transaction ends, and brings the row to what it is now."""
    document.refresh_from_db(from_queryset=Document.objects.select_for_update())


def hold(version: Version) -> Document:
    """Holds a version and before it its document until the transaction ends, brings the row to what it is now, and returns the
    document. Whoever else does something with the document waits."""
    document = Document.objects.select_for_update().get(id=version.document_id)
    version.refresh_from_db(from_queryset=Version.objects.select_for_update())
    version.document = document
    return document


def in_force(document: Document, on: date, *, is_replaced: bool) -> bool:
    """Whether a published document holds on a day."""
    return holds_on(on, document.valid_from, document.valid_to, is_replaced=is_replaced)


@cache
def publishers() -> Mapping[str, str]:
    """Of each publisher who writes for one nation alone, by name, that nation."""
    rows = reference_list("library", "publishers").rows
    return {publisher_name(name): row["nation"] for row in rows for name in row["names"]}


def originals() -> FileStore:
    """Where the bytes lie as they came."""
    return FileStore(settings.VAR / "guidance", settings.FILE_KEYS)


def original(version: Version) -> bytes:
    """The bytes of a version as they came. Raises FileNotFoundError, or CannotUnseal when they were changed."""
    return originals().get(version.tenant, version.digest)


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


def changed_since_read(user: UUID, most: int) -> list[Version]:
    """Versions in use of documents of which somebody opened an older version and has not opened this one."""
    own = Reading.objects.filter(user_id=user)
    older = own.filter(version__document=OuterRef("document"), version__number__lt=OuterRef("number"))
    rows = in_use().filter(Exists(older), ~Exists(own.filter(version=OuterRef("id"))))
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


def coverage(version: Version, units: Iterable[UUID] | None, today: date) -> list[dict[str, Any]]:
    """Every team in which somebody serves today, by name: of these units, or of the whole force where they are None. Who has
    moved counts where they serve now. How many people they are, and how many of those opened the version and say that they
    have understood it: None of a team of fewer than three."""
    here = Membership.objects.filter(from_date__lte=today, user__is_active=True).exclude(to_date__lt=today)
    if units is not None:
        here = here.filter(unit__in=list(units))
    read = Reading.objects.filter(user=OuterRef("user"), version=version)
    counts = here.values("unit", "unit__name").annotate(
        people=Count("user", distinct=True),
        opened=Count("user", distinct=True, filter=Q(Exists(read))),
        understood=Count("user", distinct=True, filter=Q(Exists(read.filter(understood_at__isnull=False)))),
    )
    rows = counts.order_by("unit__name", "unit")
    return [{**row, **({"opened": None, "understood": None} if row["people"] < FEW else {})} for row in rows]


SHOWN_FOR = timedelta(days=90)  # how long whoever was only shown a version at a step is told of it


def withdrawn_since(user: UUID, now: datetime, on: date, most: int) -> list[dict[str, Any]]:
    """The versions, latest first, that were withdrawn after somebody opened them or had them beside what is owed in a case, or
    whose document has nothing in use any more of which they opened an older one. Whoever opened it since, with the reason, or a
    newer version, is told no more. Each with its title as it was, and the document that holds `instead`: its own where another
    version is in use, or the one that replaces it; None where nothing does."""
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
    return [{"version": row, "title": document_of(row).title, "instead": _instead(row, on)} for row in withdrawn]


def _instead(version: Version, on: date) -> Document | None:
    used = in_use().filter(document=version.document_id).select_related("document").first()
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
