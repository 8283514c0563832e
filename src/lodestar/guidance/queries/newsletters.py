"""Newsletters, what changed since the last one, and who wants them by e-mail."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from lodestar.accounts.models import Membership, User
from lodestar.guidance.models.library import Document, Passage, Version
from lodestar.guidance.models.newsletters import TOPIC, Mailing, NewsletterReader
from lodestar.guidance.queries.facts import facts
from lodestar.guidance.rules.newsletter import Item

FIRST = timedelta(days=30)  # how far back the first newsletter looks


def newsletters(most: int) -> list[Version]:
    """The newsletters of the force that are published, the latest first."""
    rows = Version.objects.filter(state="published", document__topics__contains=[TOPIC]).select_related("document")
    return list(rows.order_by("-published_at", "id")[:most])


def since(now: datetime) -> datetime:
    """From when on what changed is news: since the last newsletter that the force published was written. What came while it
    waited for its second person is not in it."""
    own = Version.objects.filter(document__topics__contains=[TOPIC], document__origin="force", published_at__isnull=False)
    last = own.order_by("-added_at").values_list("added_at", flat=True).first()
    return last or now - FIRST


def changed(begin: datetime, most: int) -> list[tuple[str, Item]]:
    """What changed in the library since a moment, each with the id of its version: published or withdrawn, the latest first.
    What the regional co-ordinator sent is among it; Lodestar's own pages and newsletters of the force are not."""
    own = Q(document__topics__contains=[TOPIC], document__origin="force") | Q(document__is_own=True)
    came = Q(state="published", published_at__gt=begin) | Q(state="withdrawn", withdrawn_at__gt=begin)
    rows = Version.objects.filter(came).exclude(own).select_related("document")
    return [(str(row.id), _item(row)) for row in rows.order_by("-published_at", "id")[:most]]


def _item(row: Version) -> Item:
    path = f"/guidance/documents/{row.document_id}"
    if row.state == "withdrawn":
        return Item(row.document.title, "Withdrawn: no longer in use.", path)
    if row.document.origin == "regional":
        return Item(row.document.title, "From the regional co-ordinator.", path)
    return Item(row.document.title, "New in the library." if row.number == 1 else f"A new version, number {row.number}.", path)


def reader(user: UUID) -> NewsletterReader | None:
    """What somebody said about newsletters by e-mail; None where they said nothing."""
    return NewsletterReader.objects.filter(user_id=user).first()


def address_of(user: UUID) -> str:
    """The e-mail address that somebody has with the force; empty for none."""
    return User.objects.values_list("email", flat=True).get(id=user)


def addresses(today: date) -> list[str]:
    """The addresses of those who want newsletters, sign in still, and have a place in the force today."""
    here = Membership.objects.filter(user=OuterRef("user"), from_date__lte=today)
    here = here.filter(Q(to_date__isnull=True) | Q(to_date__gte=today))
    rows = NewsletterReader.objects.filter(Exists(here), is_wanted=True, user__is_active=True).exclude(user__email="")
    return sorted(set(rows.values_list("user__email", flat=True)))


def mailing_of(version: Version) -> Mailing | None:
    """Whether a newsletter was asked to be sent, and what became of it."""
    return Mailing.objects.filter(version=version).first()


def waiting_mailings() -> list[Mailing]:
    """The newsletters that wait to be sent, each locked for whoever sends it. A withdrawn one is sent no more."""
    rows = Mailing.objects.filter(went_at__isnull=True, version__state="published").select_for_update(of=("self",))
    return list(rows.select_related("version__document").order_by(F("asked_at").asc()))


def text_of(version: Version) -> str:
    """The words of a version, one passage after another, each with what no longer holds of it."""
    parts = []
    for text, stale in Passage.objects.filter(version=version).order_by("number").values_list("text", "stale"):
        parts.append(text)
        parts += [f"This {fact.warning()}." for fact in (facts() if stale else ()) if fact.code in stale]
    return "\n\n".join(parts)


def is_newsletter(document: Document) -> bool:
    """Whether a document is a newsletter of the force."""
    return TOPIC in document.topics and document.origin == "force"
