"""A newsletter: written as a draft of the library, sent by the worker once a second person has approved it."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from lodestar.directory.contacts.queries import known_numbers
from lodestar.knowledge.library.models import Version
from lodestar.knowledge.library.queries.library import document_of
from lodestar.knowledge.publishing.actions.intake import About, TakenIn, take_in
from lodestar.knowledge.publishing.models import TOPIC, Mailing, NewsletterReader
from lodestar.knowledge.publishing.queries import addresses, mailing_of, text_of, waiting_mailings
from lodestar.knowledge.publishing.rules import personal
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.files.text_alone import read
from lodestar.platform.text.ids import new_id

AT_ONCE = 50  # addresses of one message: nobody sees another's


def compose(*, by: Member, at: datetime, title: str, text: str, publisher: str) -> TakenIn:
    """A newsletter as a draft, which a second person approves like any other document. Raises OSError."""
    content = text.encode()
    day = timezone.localdate(at)
    about = About(title=title, publisher=publisher, origin="force", topics=[TOPIC], published_on=day.isoformat())
    name = f"newsletter-{day}-{new_id().hex[-6:]}.md"
    return take_in(by=by, at=at, file_name=name, content=content, read=read(content, "md"), about=about)


def want(*, by: Member, at: datetime, is_wanted: bool) -> NewsletterReader:
    """Somebody says whether they want newsletters by e-mail."""
    row, _ = NewsletterReader.objects.update_or_create(
        user_id=by.user, defaults={"is_wanted": is_wanted, "said_at": timezone.now()}
    )
    audit("guidance.newsletter_wanted", by=by, at=at, subject=str(row.id))
    return row


def may_be_about(version: Version, now: datetime) -> str:
    """What in a newsletter may be about one person, in its title or its words, as it stands; empty where nothing is. The
    numbers of services and posts as at `now` are nobody's."""
    numbers = known_numbers(now)
    return next(iter(personal(f"{document_of(version).title}\n\n{text_of(version)}", numbers)), "")[:60]


def ask_to_send(*, by: Member, at: datetime, version: Version) -> Mailing | None:
    """Has a newsletter sent that a second person approved; once. None where nobody did, where it is not published, and where
    something in it may be about one person, however it came into the library."""
    if version.state != "published" or version.approved_at is None:
        return None
    if may_be_about(version, at):
        return None
    standing = mailing_of(version)
    if standing is not None:
        return standing
    row = Mailing.objects.create(version=version, asked_by_id=by.user, asked_at=timezone.now())
    audit("guidance.newsletter_sent", by=by, at=at, subject=str(version.id))
    return row


def send_waiting(now: datetime) -> int:
    """Sends what waits in this force, and returns to how many. Raises what the mail server raises; then all wait on."""
    sent = 0
    for row in waiting_mailings():
        to = addresses(timezone.localdate(now))
        get_connection().send_messages(_messages(row.version, to))
        row.went_at, row.readers = timezone.now(), len(to)
        row.save(update_fields=["went_at", "readers"])
        sent += len(to)
    return sent


def _messages(version: Version, to: list[str]) -> list[EmailMessage]:
    site = settings.SITE_ADDRESS
    words = (
        text_of(version),
        f"Read it in Lodestar: {site}/guidance/documents/{version.document_id}",
        f"To stop receiving these: {site}/guidance/newsletters\n",
    )
    body, own = "\n\n".join(words), settings.MAIL_FROM
    return [
        EmailMessage(version.document.title, body, own, to=[own], bcc=to[start : start + AT_ONCE])
        for start in range(0, len(to), AT_ONCE)
    ]
