"""A file of another body's system."""

import hashlib
from datetime import datetime
from typing import Any

from django import forms

from lodestar.exchange.exports.rules.files import LARGEST, Refused, read
from lodestar.exchange.imports.forms.files import LookedAt
from lodestar.exchange.imports.rules.htcds import Incoming, cases_in
from lodestar.platform.text.text_normalise import one_line

MOST_CASES = 20
FILE_WANTED = "Choose the file"
TOO_MANY = (
    f"The file holds {{}} cases, and a page takes {MOST_CASES} at a time."
    " Split it, or ask your force’s IT team to import it by command"
)


class TakeIn(LookedAt):
    """A file of another body's system."""

    file = forms.FileField(
        label="The file",
        help_text=f"HTCDS 2.0, JSON or CSV, of at most {MOST_CASES} cases",
        error_messages={"required": FILE_WANTED, "empty": FILE_WANTED},
    )

    def __init__(self, *arguments: Any, now: datetime, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.now = now
        self.found: list[Incoming] = []

    def clean_file(self) -> Any:
        """The file, read whole: what is wrong with it is said in one sentence, and nothing of it is kept."""
        upload = self.cleaned_data["file"]
        try:
            if upload.size > LARGEST:
                raise Refused(f"the file is larger than {LARGEST // 1_000_000} MB")
            content = upload.read()
            self.found = cases_in(read(content), self.now.isoformat())
        except Refused as refusal:
            raise forms.ValidationError(f"Nothing can be imported: {one_line(str(refusal))[:400]}") from None
        if len(self.found) > MOST_CASES:
            raise forms.ValidationError(TOO_MANY.format(len(self.found)))
        self.mark = hashlib.sha256(content).hexdigest()
        return upload
