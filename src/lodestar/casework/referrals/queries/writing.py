"""A referral while it is written: what the case holds of it, what was written, and what of it would go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet, Subquery, Value
from django.utils import timezone

from lodestar.casework.case_files.models import CaseFile
from lodestar.casework.cases.models import ConsentAnswer, FirstAccount, Person
from lodestar.casework.cases.queries import as_accounts, first_accounts_subquery
from lodestar.casework.concerns.queries import signs_subquery
from lodestar.casework.consent.rules import notice_words
from lodestar.casework.ledger.queries.facts import parts_of
from lodestar.casework.referral_forms.queries import read_now
from lodestar.casework.referral_forms.rules import form as national_form
from lodestar.casework.referral_forms.rules.known import OWN, known
from lodestar.casework.referral_forms.rules.made import EXPLOITERS, Linked, made
from lodestar.casework.referral_forms.rules.sections import Ask, Section, asks, collapsed, expanded, lists
from lodestar.casework.referrals.models import Answer, Referral, ReferralDraft, ReferralReference, SupplementaryInformation
from lodestar.casework.referrals.queries.prefilled import Already, of_the_case, of_whoever_began
from lodestar.platform.names.reported import is_of_a_system
from lodestar.platform.obligations.encounter_reading import PersonReading
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.text.fingerprint import fingerprint
from lodestar.platform.time.days import london_date

FILES = 100  # papers that the form takes
CONFIRMED = "text-confirmed-"  # before the code of a section: what its writer ticked of its text, kept among the answers


@dataclass(frozen=True)
class Sheet:
    """A referral as it stands: `held` are the answers that the case gives and what is known of its writer, `of_writer` which
    of them are the latter, `written` the latest of each that was written here, `rows` how many were ever written; `people`
    and `talks` are those of the case, `others` the answers of other referrals that were asked for with it,
    `ticked` what the writer confirmed of each section's text. What is written
    here counts for this referral only; what the case alone may say is never taken from here."""

    writing: ReferralDraft
    read: PersonReading
    prefilled: Mapping[str, str]
    written: Mapping[str, Answer]
    rows: int
    of_writer: frozenset[str] = frozenset()
    people: tuple[Person, ...] = ()
    talks: Sequence[ConsentAnswer] = ()
    others: tuple[Answer, ...] = ()
    ticked: Mapping[str, str] = field(default_factory=dict)

    @property
    def person(self) -> Person:
        """Whom it is about."""
        return self.writing.person

    @property
    def first_accounts(self) -> list[FirstAccount]:
        """The videos that hold the person's first account, as much as finds them again."""
        return [row for person in self.people if person.id == self.writing.person_id for row in as_accounts(person.videos_told)]  # type: ignore[attr-defined]  # annotated

    @property
    def version(self) -> str:
        """The version of the form that it is written for."""
        return self.writing.form_version

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The names of the case's papers, each once, read where they are shown."""
        rows = CaseFile.objects.filter(case=self.person.case).order_by("added_at", "id")[:FILES]
        return tuple(dict.fromkeys(" ".join(str(row.name).split()) for row in rows))

    @cached_property
    def form(self) -> national_form.Form:
        """The form that it is written for."""
        return national_form.form(self.version)

    @cached_property
    def own(self) -> Mapping[str, str]:
        """What was written here, by question; empty where an answer was taken back."""
        return {code: str(row.words) for code, row in self.written.items() if not asks(self.version)[code].source}

    @cached_property
    def exploiters(self) -> tuple[Person, ...]:
        """The people of the case who can be said to have done it: recorded as such, or said so here."""
        chosen = self.own.get(EXPLOITERS, "").split("\n")
        roles = {"exploiter", "suspect"}
        ids = [subject.id for subject in self.read.of.people if roles & set(subject.facts.roles) or subject.id in chosen]
        wanted = [person_id for person_id in ids if person_id != str(self.writing.person_id)]
        return tuple(person for person in self.people if str(person.id) in wanted)

    @cached_property
    def made(self) -> Mapping[str, str]:
        """Text made from what is listed here, by question: what is proposed where nobody wrote anything else."""
        if not any(self.own.get(ask.code) for ask in lists(self.version)):
            return {}
        linked = self.exploiters if self.own.get(EXPLOITERS) else ()
        described = {person.id: "" if is_of_a_system(person.description) else person.description.strip() for person in linked}
        people = [Linked(str(person.id), person.name.strip(), described[person.id], person.language.strip()) for person in linked]
        return made(self.own, people, self.prefilled, self.version)

    @cached_property
    def given_answers(self) -> Mapping[str, str]:
        """The answer to each question that has one, as it stands."""
        return {code: words for code, words in {**self.prefilled, **self.made, **self.own}.items() if words}

    def text_mark(self, section: Section, changed: Mapping[str, str]) -> str:
        """What tells the long answers of a section, with those that are `changed`, from any other; empty where there are none."""
        codes = [ask.code for ask in section.asks if ask.kind == "long_text"]
        texts = [changed.get(code, self.given_answers.get(code, "")) for code in codes]
        return fingerprint(*texts) if any(texts) else ""

    def confirmed_in(self, section: Section) -> frozenset[str]:
        """The checks whose question the writer ticked for the text of a section as it is now."""
        mark, *codes = self.ticked.get(section.code, "").split() or [""]
        return frozenset(codes) if mark and mark == self.text_mark(section, {}) else frozenset()

    def written_at(self, code: str) -> datetime:
        """When an answer was last written; of one that is proposed, the lists that it is made from."""
        rows = [self.written[code]] if code in self.written else []
        if not rows:
            rows = [self.written[ask.code] for ask in lists(self.version) if code in ask.feeds and ask.code in self.written]
        return max(row.written_at for row in rows)

    def is_proposed(self, code: str) -> bool:
        """Whether an answer is made from what is listed, and nobody wrote another."""
        return code in self.made and code not in self.own

    @cached_property
    def answers(self) -> national_form.Answers:
        """The same by field of the form."""
        return expanded(self.version, self.given_answers)

    @cached_property
    def interpreter_answers(self) -> Mapping[str, bool]:
        """Whether an interpreter is needed, as it was answered in each place that says: `form`, `talk`, `case`."""
        talk = next((talk.interpreter for talk in reversed(self.own_talks) if talk.interpreter), "")
        in_form = self.given_answers.get("pv-interpreter-requirements")
        return {
            **({"form": in_form == "yes"} if in_form else {}),
            **({"talk": talk != "not_needed"} if talk else {}),
            **({"case": True} if "interpreter" in self.read.facts.needs else {}),
        }

    @property
    def may_be_named(self) -> bool:
        """The adult's own answer to being named; what was not asked is no."""
        return self.read.facts.consent.may_be_named is True

    @cached_property
    def unsettled(self) -> tuple[str, ...]:
        """What has to be known before somebody is named, and is not: of an adult a yes, and that they are one at all."""
        if self.given_answers.get("pv-under-age") in ("yes", "not-sure") or self.given_answers.get("pv-want-to-submit-nrm"):
            return ()
        return tuple(code for code in ("pv-under-age", "pv-want-to-submit-nrm") if code not in self.given_answers)

    @property
    def is_anonymous(self) -> bool:
        """Whether what goes may not show who it is about: unless they are referred, or agreed to be named."""
        return not self.may_be_named and national_form.is_notification({**self.answers, **dict.fromkeys(self.unsettled, "no")})

    def drawn(self, section: Section) -> tuple[Ask, ...]:
        """The questions of a section that are asked: of a notification without a name those whose answers go alone."""
        return tuple(ask for ask in section.drawn(self.form, self.answers) if self.is_asked(ask))

    def missing(self, section: Section) -> tuple[Ask, ...]:
        """Those of them that the form wants an answer to and that have none."""
        return tuple(ask for ask in section.missing(self.form, self.answers) if self.is_asked(ask))

    def is_asked(self, ask: Ask) -> bool:
        """Whether an answer to it could go, as far as it is known whether they may be named."""
        if self.unsettled or not self.is_anonymous or ask.source:
            return True
        day = london_date(timezone.now())
        fed = [field for code in ask.feeds for field in asks(self.version)[code].fields]
        return any(national_form.goes_anonymously(field.name, day) for field in (*ask.fields, *fed))

    def form_pages(self, day: date) -> tuple[national_form.FormPage, ...]:
        """Everything that would go on a day, page by page, before anything is left out of a text.

        While it is not known whether they may be named, only what may go without a name would.
        """
        answers = {**self.answers, **dict.fromkeys(self.unsettled, "no")}
        instead = national_form.NOT_KNOWN_YET if self.unsettled else national_form.NOT_GIVEN
        leaves = national_form.outgoing(self.form, answers, day=day, may_be_named=self.may_be_named, instead=instead)
        return tuple(replace(leaf, lines=tuple(self._known(line) for line in leaf.lines)) for leaf in leaves)

    def _known(self, line: national_form.Line) -> national_form.Line:
        if line.field.name in self.unsettled:
            return national_form.Line(line.field, "missing")
        notice = next((talk for talk in reversed(self.own_talks) if talk.privacy_notice), None)
        if not line.remark or notice is None:
            return line
        return replace(line, remark=notice_words(notice.privacy_notice, notice.privacy_notice_language, notice.language))

    @property
    def own_talks(self) -> list[ConsentAnswer]:
        """The talks with the person, the latest last."""
        return [talk for talk in self.talks if talk.person_id == self.writing.person_id]

    def is_from_the_case(self, code: str) -> bool:
        """Whether an answer is the case's, and nothing else was written here."""
        return (
            code in self.prefilled
            and code not in self.made
            and (code not in self.written or bool(asks(self.version)[code].source))
        )


def writing_of(person: Person, version: str) -> ReferralDraft | None:
    """What is written about a person on a version of the form, if anything was begun."""
    return ReferralDraft.objects.filter(person=person, form_version=version).first()


def last_written(person: Person) -> ReferralDraft | None:
    """What was last begun about a person, on whatever version of the form, if anything was."""
    return ReferralDraft.objects.select_related("person__case").filter(person=person).order_by("begun_at", "id").last()


def went(writing: ReferralDraft) -> list[Referral]:
    """What was recorded as sent of what is written here, the earliest first; each with when it was last completed (`rest_at`)."""
    rest = SupplementaryInformation.objects.filter(referral=OuterRef("pk")).order_by("-sent_at").values("sent_at")[:1]
    rows = Referral.objects.filter(writing=writing).annotate(rest_at=Subquery(rest))
    return list(rows.order_by("sent_at", "number"))


def written_since(sheet: Sheet, referrals: Sequence[Referral]) -> tuple[str, ...]:
    """The questions answered here after what was last sent of it, the referral or what completed it. `gone` as `went` gives
    it, and not empty."""
    rests = [getattr(row, "rest_at", None) for row in referrals]
    last = max([referrals[-1].sent_at, *filter(None, rests)])
    since = [code for code, row in sheet.written.items() if row.written_at > last]
    fed = [code for ask in lists(sheet.version) if ask.code in since for code in ask.feeds if sheet.is_proposed(code)]
    return tuple(dict.fromkeys([*since, *fed]))


def related_answers(version: str, writings: Iterable[ReferralDraft], *, common: bool) -> Q:
    """The answers of other referrals, got through `access.py`, that may be common, or else what they tell at length."""
    codes = [ask.code for ask in asks(version).values() if (ask.common if common else ask.kind == "long_text")]
    return Q(writing__in=writings, code__in=codes)


def sheet_of(writing: ReferralDraft, already: Already | None = None, along: Q | None = None) -> Sheet:
    """A referral as it stands, of one that was got through `access.py`; with what is read `along`."""
    questions = asks(writing.form_version)
    people = tuple(_people(writing.person.case_id))
    if already is None:
        parts = parts_of([writing.person.case_id])
        already = Already(read_now(writing.person, people=people, parts=parts), parts.talks, None)
    rows, earlier, others = _answers(writing, along)
    own = of_whoever_began(writing, earlier)
    person = next((person for person in people if person.id == writing.person_id), writing.person)
    field_answers = {**own, **of_the_case(person, writing.person.case, already), **known(already.read)}
    return Sheet(
        writing=writing,
        read=already.read,
        prefilled=collapsed(writing.form_version, field_answers),
        written={row.code: row for row in rows if row.code in questions},
        ticked={row.code.removeprefix(CONFIRMED): str(row.words) for row in rows if row.code.startswith(CONFIRMED)},
        rows=sum(row.number for row in rows),  # each question's are numbered from 1
        of_writer=frozenset(own),
        people=people,
        talks=already.talks,
        others=tuple(others),
    )


def _people(case: UUID) -> QuerySet[Person]:
    """The people of a case in their order, each with every reference of what was sent of them (`sent_under`), what finds the
    videos of their first account (`videos_told`) and `signs_seen`."""
    sent = ReferralReference.objects.filter(referral__person=OuterRef("pk")).order_by("id").values("reference")
    rows = Person.objects.filter(case=case).annotate(
        sent_under=ArraySubquery(sent), videos_told=first_accounts_subquery(), signs_seen=signs_subquery()
    )
    return rows.order_by("number")


def _answers(writing: ReferralDraft, along: Q | None) -> tuple[list[Answer], list[Answer], list[Answer]]:
    """The latest of each question, read at once: of this referral, what whoever began it wrote of themselves in theirs, and
    of the others."""
    who, latest = writing.begun_by_id, Answer.objects.select_related("written_by", "writing__person")
    of_writer = latest.filter(written_by=who, writing__begun_by=who, code__in=OWN).exclude(writing=writing)
    parts = [latest.filter(writing=writing), of_writer, *([latest.filter(along)] if along is not None else [])]
    querysets = [
        rows.annotate(part=Value(number)).order_by("writing", "code", "-number").distinct("writing", "code")
        for number, rows in enumerate(parts)
    ]
    answers_by_part: tuple[list[Answer], list[Answer], list[Answer]] = ([], [], [])
    for row in querysets[0].union(*querysets[1:], all=True):
        answers_by_part[row.part].append(row)
    return answers_by_part


def is_review_offered(day: date) -> bool:
    """Whether the force's setting of that day offers it."""
    return settings_in_force().on(day)["gatekeeper_review"] == "offered"
