"""What runs by itself: the digest, and deleting notices that are old."""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils import timezone

from lodestar.platform.notices.actions import claim_digest, release_digest
from lodestar.platform.notices.models import Notice
from lodestar.platform.notices.queries import Digest, digests_due
from lodestar.platform.tenancy.jobs import in_every_force
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.time.days import london

MOST = 500  # e-mails of a force in one run
SECONDS = 20  # that the mail server is waited for
KEPT_FOR = timedelta(days=90)
NIGHT_FROM, NIGHT_TO = 22, 7  # hours in London in which nobody is sent a digest
_LOG = logging.getLogger(__name__)


def is_night(now: datetime) -> bool:
    """Whether it is between 22:00 and 07:00 in London."""
    hour = london(now).hour
    return hour >= NIGHT_FROM or hour < NIGHT_TO


def digest_words(number: int) -> str:
    """All that an e-mail says: it passes through systems that are not the force's."""
    return f"You have {number} new {'item' if number == 1 else 'items'} in Lodestar"


@in_every_force("*/15 * * * *", lock="send_digests")
def send_digests(tenant: str) -> None:
    """Every quarter of an hour, where a mail server is set up: the e-mails that are due in a force. An e-mail is written down
    before it goes and taken back when it could not go, so that no two go for one; the next run tries again, as the same
    message."""
    now = timezone.now()
    if not settings.MAIL_HOST or is_night(now):
        return
    with within(tenant):
        due = list(digests_due(now, MOST))
    connection = get_connection(timeout=SECONDS)
    for digest in due:
        with within(tenant):
            is_mine = claim_digest(digest, now)
        if not is_mine:
            continue
        try:
            connection.send_messages([_message(digest)])
        except SMTPRecipientsRefused:
            _LOG.warning("The mail server refuses the address of a user of %s.", tenant)  # asked again with the next digest
        except OSError as error:
            with within(tenant):
                release_digest(digest, now)
            _LOG.warning("Digests of %s wait: the mail server gave %s.", tenant, type(error).__name__)
            return


def _message(digest: Digest) -> EmailMessage:
    words = digest_words(digest.number)
    began = int(digest.previous.timestamp()) if digest.previous else 0
    name = f"<{digest.user.hex}.{began}@{settings.MAIL_FROM.rpartition('@')[2]}>"
    body = f"{words}.\n\nYou can switch these e-mails off under “Your account”.\n"
    return EmailMessage(words, body, settings.MAIL_FROM, [digest.email], headers={"Message-ID": name})


@in_every_force("50 1 * * *", lock="delete_old_notices")
def delete_old_notices(tenant: str) -> None:
    """Every night: what was told long ago is in the case, the list or the log that it was about."""
    with within(tenant):
        Notice.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()
