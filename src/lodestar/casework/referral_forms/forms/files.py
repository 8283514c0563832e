"""What commands read: the answers to the Home Office's form in a JSON file, and a referral in a text file."""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from lodestar.casework.referral_forms.rules.coach import NARRATIVE, Referral, is_looked_at
from lodestar.casework.referral_forms.rules.form import (
    TEXTS,
    Answers,
    Form,
    FormPage,
    form,
    is_notification,
    outgoing,
    own_values,
    version_on,
)
from lodestar.platform.files.text_of_pages import decoded
from lodestar.platform.names.highlighting import ANONYMOUS, KnownValue, highlight, may_keep
from lodestar.platform.text.reference_lists import rows_on
from lodestar.platform.text.strict_json import read_json

LONGEST = 4_000_000  # bytes: more than the whole form with every answer as long as the form allows
_KEYS = ("answers", "day", "version", "may_be_named", "confirmed_texts")


class NotRead(ValueError):
    """The file holds no answers, or no text; `str` says why in one sentence."""


def content_of(file: str) -> bytes:
    """The bytes of a file, or of what is piped in (`-`); of a longer one than is read, no more than shows it."""
    try:
        with sys.stdin.buffer if file == "-" else Path(file).open("rb") as opened:
            return opened.read(LONGEST + 1)
    except OSError as error:
        raise NotRead(f"{error.strerror}.") from None


@dataclass(frozen=True)
class Confirmed:
    """That a named person confirmed one text for a notification without a name: `not_them` are the words of it that are somebody
    or something else, each with the reason."""

    by: str
    at: datetime
    sha256: str
    not_them: Mapping[str, str]


@dataclass(frozen=True)
class PackFile:
    """What a pack is made from."""

    form: Form
    answers: Answers
    day: date
    may_be_named: bool
    confirmed: Mapping[str, "Confirmed"] = field(default_factory=dict)

    def open_texts(self) -> list[str]:
        """Of a notification without a name each text that may not leave, in a sentence: one that nobody confirmed as it is, or
        that holds a value of the person concerned. Their own values are never kept as theirs (docs/adr/0045)."""
        if not is_notification(self.answers) or self.may_be_named:
            return []
        personal_values = list(own_values(self.answers))
        lines = [line for leaf in self.form_pages() for line in leaf.lines if line.state == "filled" and line.field.kind in TEXTS]
        return [words for line in lines for words in self._open(line.field.name, line.text, personal_values)]

    def _open(self, name: str, text: str, personal_values: Sequence[KnownValue]) -> Iterator[str]:
        confirmed = self.confirmed.get(name)
        matches = highlight(text, personal_values)
        if confirmed is None or confirmed.sha256.lower() != sha256(text.encode()).hexdigest():
            holds = "; ".join(dict.fromkeys(f"{match.kind} {match.typed!r}" for match in matches)) or "nothing that is marked"
            yield f"“{name}” is not confirmed as it is, in “confirmed_texts”. It holds {holds}"
        other = confirmed.not_them if confirmed else {}
        for match in matches:
            how = may_keep(match, ANONYMOUS)
            if how == "never" or (how == "not_them" and not other.get(match.typed, "").strip()):
                yield f"“{name}” holds the {match.kind} {match.typed!r} of the person concerned: take it out"

    def form_pages(self) -> tuple[FormPage, ...]:
        """What would go, page by page."""
        return outgoing(self.form, self.answers, day=self.day, may_be_named=self.may_be_named)


def pack_from(content: bytes, today: date) -> PackFile:
    """The answers of a file `{"answers": {field: text or list of texts}, "day", "version", "may_be_named"}`.

    `confirmed_texts` says of each text of a notification without a name `{field: {"by": name, "at": instant, "sha256": of the
    text}}`; with `"not_them": {words: reason}` for words that are like a value of the person concerned and are not. Without a
    day it is today, without a version that of the day, and nobody who declined is named unless it says so. Raises NotRead.
    """
    data = _object(content)
    day = _day(data.get("day"), today)
    may_be_named = data.get("may_be_named", False)
    if not isinstance(may_be_named, bool):
        raise NotRead("“may_be_named” is true or false.")
    national_form = _form(data.get("version", version_on(day)))
    confirmed = data.get("confirmed_texts", {})
    if not isinstance(confirmed, dict):
        raise NotRead("“confirmed_texts” is an object of the form's fields.")
    marked = {name: _confirmed(name, confirmation) for name, confirmation in confirmed.items()}
    return PackFile(national_form, _answers(data.get("answers"), national_form), day, may_be_named, marked)


def _confirmed(name: str, confirmation: object) -> Confirmed:
    try:
        if not isinstance(confirmation, dict):
            raise ValueError
        at = datetime.fromisoformat(confirmation["at"])
        by, digest, not_them = confirmation["by"].strip(), confirmation["sha256"], confirmation.get("not_them", {})
        if not by or at.tzinfo is None or not all(isinstance(text, str) for text in (digest, *not_them.values())):
            raise ValueError
    except (AttributeError, KeyError, TypeError, ValueError):
        raise NotRead(f"“confirmed_texts” says of “{name[:60]}” by who, at which instant with a zone, and its sha256.") from None
    return Confirmed(by, at, digest, not_them)


def _object(content: bytes) -> Mapping[str, object]:
    if len(content) > LONGEST:
        raise NotRead(f"It is longer than the whole form can be ({LONGEST // 1_000_000} MB).")
    try:
        data = read_json(content)
    except ValueError as error:
        raise NotRead(f"It is no JSON that can be read: {error}.") from None
    if not isinstance(data, dict):
        raise NotRead("It is no JSON object.")
    odd = next((key for key in data if key not in _KEYS), None)
    if odd is not None:
        raise NotRead(f"“{odd[:40]}” is not known here; {', '.join(_KEYS)} are.")
    return data


def _day(value: object, today: date) -> date:
    if value is None:
        return today
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise NotRead("“day” is a day like 2026-11-25.") from None


def _form(version: object) -> Form:
    try:
        return form(str(version))
    except FileNotFoundError:
        raise NotRead("That version of the form is known by its name alone; no pack can be made on it.") from None


def _answers(answers: object, national_form: Form) -> Answers:
    if not isinstance(answers, dict):
        raise NotRead("“answers” is missing: an object of the form's fields.")
    fields = {field.name for page in national_form.pages.values() for field in page.fields}
    for name, answer in answers.items():
        if name not in fields:
            raise NotRead(f"“{name[:60]}” is no field of the form.")
        if not isinstance(answer, str) and not (isinstance(answer, list) and all(isinstance(text, str) for text in answer)):
            raise NotRead(f"“{name}” is neither a text nor a list of texts.")
    return answers


LONGEST_TEXT = 2_000_000  # bytes: more than the whole form with every answer as long as the form allows

_LETTERS = re.compile(r"\w")
_BEFORE, _AFTER = " \t#>*_.)(-0123456789", " \t#*_:?."
_SAYS = {"yes": "child", "no": "adult"}
_NAME_PAGE = "pv-name-referral"
_AGE_PAGE = "pv-under-age"


def referral_from(content: bytes, day: date) -> Referral:
    """The referral that a file holds, with the pages of the form as they are on a day. Raises NotRead.

    Answers to the form as `pack_from` reads them, or a text: a heading is a title of the form alone on its line, or any line that
    ends in a colon or begins with `#`; one that is not of the form is narrative. A title may be followed by a colon and its
    answer on the same line.
    """
    if content.lstrip()[:1] == b"{":
        return _referral_of(pack_from(content, day))
    pages = _pages(_text(content), day)
    if not any(_LETTERS.search(text) for text in pages.values()):
        raise NotRead("There is no text in it.")
    names = tuple(name for name in pages.get(_NAME_PAGE, "").splitlines() if name.strip())
    return Referral(pages=pages, day=day, treat_as=_treat_as(pages), names=names)


def _referral_of(pack_file: PackFile) -> Referral:
    """The referral that answers to the form make."""
    age = pack_file.answers.get("pv-under-age")
    names = [str(pack_file.answers.get(code) or "") for code in ("pv-name-first-name", "pv-name-last-name")]
    return Referral(
        pages=pages_of(pack_file.form_pages()),
        day=pack_file.day,
        treat_as=_SAYS.get(str(age), "not_known"),
        names=tuple(filter(str.strip, names)),
    )


def pages_of(form_pages: Iterable[FormPage]) -> Mapping[str, str]:
    """The text under each page of the form as the coach reads it; a page that is wanted and has none is there, and blank."""
    text_by_page = {}
    for form_page in form_pages:
        if {line.state for line in form_page.lines} & {"filled", "missing"}:
            filled = [line for line in form_page.lines if line.state == "filled"]
            text_by_page[form_page.page.code] = "\n".join(
                line.field.label if line.field.kind == "tick" else line.text for line in filled
            )
    return text_by_page


def _text(content: bytes) -> str:
    if len(content) > LONGEST_TEXT:
        raise NotRead(f"It is longer than the whole form can be ({LONGEST_TEXT // 1_000_000} MB).")
    text = decoded(content)
    if "\ufffd" in text or any(unicodedata.category(letter) == "Cc" and letter not in "\t\n\f\v\x85" for letter in set(text)):
        raise NotRead("It is no plain text. Save it as UTF-8 text (.txt) first.")
    return "\n".join(text.splitlines())


def _pages(text: str, day: date) -> dict[str, str]:
    """The text under each page of the form; what stands twice is put together."""
    headings = _headings(day)
    lines_by_page: dict[str, list[str]] = {}
    page = NARRATIVE
    for line in text.split("\n"):
        title, colon, rest = line.partition(":")
        if (whole := headings.get(_plain(line))) is not None:
            page = whole
            lines_by_page.setdefault(page, [])
        elif colon and rest.strip() and (begun := headings.get(_plain(title))) is not None:
            page = begun
            lines_by_page.setdefault(page, []).append(rest)
        elif (line.rstrip().endswith(":") or line.lstrip().startswith("#")) and not _is_waiting(lines_by_page, page, day):
            page = NARRATIVE
            lines_by_page.setdefault(page, []).append(line)
        else:
            lines_by_page.setdefault(page, []).append(line)
    return {name: "\n".join(lines).strip() for name, lines in lines_by_page.items() if name or "".join(lines).strip()}


def _is_waiting(lines_by_page: Mapping[str, list[str]], page: str, day: date) -> bool:
    """Whether a page of the account has its heading and no text yet: what follows is a heading within it."""
    return bool(page) and is_looked_at(page, day) and not "".join(lines_by_page[page]).strip()


@cache
def _headings(day: date) -> Mapping[str, str]:
    """Every heading of the form, plainly written, and its page."""
    rows = rows_on("referral_forms", "coach_pages", day)
    return {_plain(head): row["code"] for row in rows for head in (row["title"], *row["headings"])}


def _plain(line: str) -> str:
    """A heading without what editors put around it: numbers, marks, capitals, kinds of apostrophes."""
    bare = line[:300].casefold().replace("’", "'").replace("(optional)", "")
    return " ".join(bare.lstrip(_BEFORE).rstrip(_AFTER).split())


def _treat_as(pages: Mapping[str, str]) -> str:
    """Child or adult as the form says; else not known."""
    first = re.match(r"\W*(\w+)(.*)", pages.get(_AGE_PAGE, ""))
    if first is None or first[2].strip().startswith("sure"):
        return "not_known"
    return _SAYS.get(first[1].casefold(), "not_known")
