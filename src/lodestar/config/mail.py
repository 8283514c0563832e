"""E-mails of a force without a mail server: files that any mail program opens."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from lodestar.platform.text.ids import new_id


class EmailBackend(BaseEmailBackend):
    """Writes each message to `EMAIL_FILE_PATH` as an .eml file, with those it was for, whom a mail server would not name."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Writes the messages, and returns how many. Raises OSError where the folder cannot be written."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            content = message.message()
            if message.bcc:
                content["Bcc"] = ", ".join(message.bcc)
            (folder / f"{new_id()}.eml").write_bytes(content.as_bytes())
        return len(email_messages)
