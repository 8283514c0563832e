"""The file that is taken in by a page, what it holds, and which columns its headings are."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django import forms

from lodestar.exchange.imports.import_files import ImportFile
from lodestar.exchange.imports.import_run import LARGEST, MOST_RECORDS, MOST_ROWS, may_take_in, uploaded_file
from lodestar.platform.accounts.access import Member
from lodestar.platform.tables.mappings import decided_headings
from lodestar.platform.tables.rules import KINDS, OWN, Template
from lodestar.platform.tables.table_files import IGNORED, NotRead
from lodestar.platform.text.text_normalise import one_line

FILE_WANTED = "Choose the file"
KIND_WANTED = "Say what is in the file"
LONGEST_TOLD = 400
IGNORE = "ignore"  # what is typed for a heading that is not read
TWICE = "Another heading has this column too. Keep one, and write ignore for the other"
COLUMN_WANTED = "Write the column that it is, or ignore"
NOT_HERE = tuple(kind for kind in OWN if kind != "concerns")  # by command or a page of their own


class TakeIn(forms.Form):
    """A file and what it holds, taken in only after it was looked at: `looked_at` is the mark of that one. The mark says too
    which columns its headings were when it was read."""

    looked_at = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    mark = ""  # of the file that was sent

    kind = forms.ChoiceField(
        label="What is in the file?", widget=forms.RadioSelect,
        error_messages={"required": KIND_WANTED, "invalid_choice": KIND_WANTED},
    )  # fmt: skip
    file = forms.FileField(
        label="The file",
        help_text=f"CSV, .xlsx or JSON lines, of at most {MOST_ROWS} first reports or {MOST_RECORDS} records, and 2 MB",
        error_messages={"required": FILE_WANTED, "empty": FILE_WANTED},
    )

    def __init__(self, *arguments: Any, by: Member, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.found: ImportFile | None = None
        self.file_name = ""
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [(code, words) for code, words in kinds_for(by)]

    def clean(self) -> dict[str, Any]:
        """The file, read whole as what it is said to hold: what is wrong with it is one sentence, and nothing of it is kept."""
        answers = self.cleaned_data
        if self.errors:
            return answers
        upload = answers["file"]
        if upload.size > LARGEST:
            self.add_error("file", f"The file is larger than {LARGEST // 1_000_000} MB. Split it, or ask your force’s IT team")
            return answers
        content, self.file_name = upload.read(), one_line(upload.name)[:200]
        try:
            self.found = uploaded_file(content, answers["kind"])
        except NotRead as fault:
            self.add_error("file", f"Nothing can be imported: {one_line(str(fault))[:LONGEST_TOLD]}")
        fingerprint = hashlib.sha256(answers["kind"].encode() + b"\n" + content).hexdigest()
        decided = decided_headings(answers["kind"])
        with_headings = f"{fingerprint}{json.dumps(decided, sort_keys=True)}".encode()
        self.mark = hashlib.sha256(with_headings).hexdigest() if decided else fingerprint
        return answers


def kinds_for(by: Member) -> list[tuple[str, str]]:
    """The kinds of file that a member takes in by a page, each with its words."""
    return [(kind, words) for kind, words in KINDS.items() if kind not in NOT_HERE and may_take_in(by, kind)]


class MapHeadings(forms.Form):
    """Which column of a template each heading is: the column's name, or `ignore`. `headings` holds what is proposed for each."""

    def __init__(self, *arguments: Any, template: Template, headings: Mapping[str, str], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.template, self.headings = template, list(headings)
        for place, (heading, column) in enumerate(headings.items()):
            self.fields[f"column_{place}"] = forms.CharField(
                label=heading,
                initial=column,
                widget=forms.TextInput(attrs={"list": "columns"}),
                error_messages={"required": COLUMN_WANTED},
            )

    def clean(self) -> dict[str, Any]:
        """Each heading is a column of the template, and no two are one column that has room for one."""
        for name, typed in list(self.cleaned_data.items()):
            if typed not in (*self.template.columns, IGNORE):
                self.add_error(name, COLUMN_WANTED)
        typed = [column for column in self.columns().values() if column and column not in self.template.several]
        for place, heading in enumerate(self.headings):
            if typed.count(self.columns()[heading]) > 1:
                self.add_error(f"column_{place}", TWICE)
        return self.cleaned_data

    def columns(self) -> dict[str, str]:
        """The column of each heading, empty where it is not read."""
        typed = {heading: self.cleaned_data.get(f"column_{place}", IGNORE) for place, heading in enumerate(self.headings)}
        return {heading: IGNORED if column == IGNORE else column for heading, column in typed.items()}
