"""What would go to the Home Office of a referral as it stands, what the coach reads of it, what others share; and what went."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from lodestar.casework.concerns.queries import signs_on_person
from lodestar.casework.redaction.access import CheckedText, LeavingText, Subject, check_texts
from lodestar.casework.referral_forms.forms.files import pages_of
from lodestar.casework.referral_forms.rules import coach
from lodestar.casework.referral_forms.rules.form import TEXTS, FormPage, Line, own_values
from lodestar.casework.referral_forms.rules.made import EXPLOITERS, CaseFact, InCase, case_facts
from lodestar.casework.referral_forms.rules.sections import Ask, asks, lists, sections
from lodestar.casework.referrals.models import Answer, Referral, ReferralReference
from lodestar.casework.referrals.queries.writing import Sheet
from lodestar.platform.names.highlighting import ANONYMOUS
from lodestar.platform.text.fingerprint import fingerprint


@dataclass(frozen=True)
class Submission:
    """What would go: `leaves`, the form's pages in their order. Of an anonymous notification a text that is not clear is not in
    them, and `checked` are its texts as they were checked."""

    leaves: tuple[FormPage, ...]
    is_anonymous: bool = False
    checked: Sequence[CheckedText] = ()

    @property
    def is_clear(self) -> bool:
        """Whether nothing waits to be checked before it leaves."""
        return all(text.is_clear for text in self.checked)


def submission_on(sheet: Sheet, day: date) -> Submission:
    """What would go on a day. On a notification without a name no text goes that shows who it is about, or that no named person
    wrote or confirmed for it (Modern Slavery Act 2015 s52(3))."""
    leaves = sheet.form_pages(day)
    if not sheet.is_anonymous:
        return Submission(leaves)
    checked = check_texts(subject_of(sheet), ANONYMOUS, _texts(sheet, leaves))
    clear = {checked_text.leaving.field: checked_text for checked_text in checked}
    return Submission(
        tuple(replace(leaf, lines=tuple(_checked(line, clear) for line in leaf.lines)) for leaf in leaves), True, checked
    )


def subject_of(sheet: Sheet) -> Subject:
    """Whom the texts are about, with what was answered of them here."""
    return Subject(sheet.person.case, sheet.person, sheet.people, list(own_values(sheet.answers, str(sheet.person.id))))


def _texts(sheet: Sheet, leaves: Sequence[FormPage]) -> Iterator[LeavingText]:
    """Each text that is typed, by its field: one that is proposed or the case's, nobody wrote for this."""
    codes = {field.name: ask for ask in asks(sheet.version).values() for field in ask.fields}
    for leaf in leaves:
        for line in leaf.lines:
            if line.state == "filled" and line.field.kind in TEXTS:
                ask = codes[line.field.name]
                yield LeavingText(line.field.name, ask.label, line.text, is_written=bool(sheet.own.get(ask.code)))


def _checked(line: Line, checked: Mapping[str, CheckedText]) -> Line:
    checked_text = checked.get(line.field.name)
    if checked_text is None or line.state != "filled":
        return line
    return replace(line, values=(checked_text.text,)) if checked_text.is_clear else Line(line.field, "unchecked")


COMPARED = 40  # other referrals with which a text is compared: the latest, so that a page stays quick


def for_the_coach(sheet: Sheet, day: date) -> coach.Referral:
    """A referral as the coach reads it on a day, beside the other referrals of its sheet, which the reader may see."""
    written = sheet.given_answers.get("what-evidence-you-will-submit", "")
    papers = asks(sheet.version)["upload-file"].values(sheet.given_answers.get("upload-file", ""))
    name_parts = [sheet.given_answers.get(code, "") for code in ("pv-name-first-name", "pv-name-last-name")]
    of_sections = sections(sheet.version)
    return coach.Referral(
        pages=pages_of(sheet.form_pages(day)),
        day=day,
        treat_as=sheet.read.age.treat_as or "not_known",
        lists={ask.code: sheet.own[ask.code] for ask in lists(sheet.version) if sheet.own.get(ask.code)},
        seen=tuple(signs_on_person(sheet.person)),
        names=tuple(name for name in (sheet.person.name, *name_parts) if name),
        files=tuple(coach.File(name, written) for name in papers),
        others=_other_texts(sheet),
        confirmed=frozenset(code for section in of_sections for code in sheet.confirmed_in(section)),
        begun=frozenset(section.code for section in of_sections if any(sheet.own.get(ask.code) for ask in section.asks)),
    )


def _other_texts(sheet: Sheet) -> tuple[str, ...]:
    """What each of the others tells at length, as it stands."""
    texts_by_draft: dict[UUID, list[str]] = {}
    for row in sorted(sheet.others, key=lambda row: row.code):
        ask = asks(row.writing.form_version).get(row.code)
        if ask and ask.kind == "long_text" and row.words:
            texts_by_draft.setdefault(row.writing_id, []).append(str(row.words))
    return tuple("\n".join(words) for words in texts_by_draft.values())


def facts_for_the_case(sheet: Sheet) -> tuple[CaseFact, ...]:
    """The answers written here that could become facts of the case, once their writer confirms each."""
    people = [InCase(str(row.id), row.name, row.description, row.roles) for row in sheet.people]
    person = next((row for row in sheet.people if row.id == sheet.writing.person_id), sheet.person)
    return case_facts(sheet.own, sheet.read, people, sheet.version, name=person.name, language=person.language)


MARK = 12  # characters of a fingerprint


@dataclass(frozen=True)
class Offered:
    """One answer of another referral that could hold here too. `mark` is of these very words of that referral."""

    ask: Ask
    row: Answer

    @property
    def mark(self) -> str:
        """What a form carries of it, so that only what was read is taken."""
        return fingerprint(str(self.row.writing_id), self.ask.code, str(self.row.words))[:MARK]


def offered(sheet: Sheet, *, with_papers: bool = True) -> tuple[Offered, ...]:
    """The answers of the other referrals of a sheet that can be common and that have none here, each question's latest, in the
    order of the form. Papers and people are offered only as far as they are this case's; without papers nothing more is read."""
    answered = sheet.given_answers.keys() | sheet.written.keys()
    wanted = {code: ask for code, ask in asks(sheet.version).items() if ask.common and code not in answered}
    rows = [row for row in sheet.others if row.code in wanted and (with_papers or row.code != "upload-file")]
    latest: dict[str, Answer] = {}
    for row in sorted(rows, key=lambda row: (row.written_at, row.id)):
        if row.words and _holds_here(sheet, row):
            latest[row.code] = row
    return tuple(Offered(ask, latest[code]) for code, ask in wanted.items() if code in latest)


def _holds_here(sheet: Sheet, row: Answer) -> bool:
    """Whether what was picked from a case can be picked in this one."""
    picked = set(str(row.words).split("\n"))
    if row.code == EXPLOITERS:
        return picked <= {str(exploiter.id) for exploiter in sheet.exploiters}
    return row.code != "upload-file" or picked <= set(sheet.files)


def latest_answers(people: Collection[UUID], codes: Collection[str]) -> Mapping[UUID, Mapping[str, str]]:
    """What referrals that are written answer to these questions, by person; of several versions of the form what was written
    last."""
    rows = Answer.objects.filter(writing__person__in=people, code__in=codes).order_by("written_at", "number")
    answers_by_person: dict[UUID, dict[str, str]] = {}
    for person, code, words in rows.values_list("writing__person", "code", "words"):
        answers_by_person.setdefault(person, {})[code] = str(words)
    return answers_by_person


def referrals_of(people: Sequence[UUID]) -> list[Referral]:
    """Referrals and notifications about these people, the earliest first, with their references."""
    rows = Referral.objects.select_related("recorded_by", "consent").prefetch_related("references")
    return list(rows.filter(person__in=people).order_by("sent_at", "number"))


def references_in(case: UUID) -> QuerySet[ReferralReference, Any]:
    """Every reference that the Home Office gave of the people of a case, and whose it is."""
    return ReferralReference.objects.filter(referral__person__case=case).values_list("referral__person", "reference")


def reference_of(referral: Referral) -> str:
    """The reference as it was last written; empty when none has come."""
    written = sorted(referral.references.all(), key=lambda row: (row.recorded_at, row.id))
    return written[-1].reference if written else ""


MADE, RECEIVED = "made_by_us", "received_for_investigation"


def sent_in(begins: datetime, ends: datetime) -> QuerySet[Referral]:
    """Those that were sent, by us or by others, from `begins` up to `ends`."""
    return Referral.objects.filter(person__case__sealed=False, sent_at__gte=begins, sent_at__lt=ends)
