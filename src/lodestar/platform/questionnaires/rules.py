"""Sets of questions as dated lists: what is asked on a day, on which condition, and what an answer says in words. Pure.

A set is a reference list of the app that asks it: a row for each question, with `from` and `to`. Its version is the day of its
last change, which finds the same questions again. Whose answers they are, the app's own table says: where two people answer
the same set, they are two rows there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from lodestar.platform.text.reference_lists import reference_list, rows_on

Answers = Mapping[str, str | Sequence[str]]  # by the code of the question; what was not answered is left out or empty
KINDS = ("choice", "radios", "several", "yes_no", "text", "number", "date", "day", "when")  # `date` is not to come, `day` may be
YES_NO = (("yes", "Yes"), ("no", "No"), ("not_known", "Not known"))
ANY = "any"  # a condition that holds on whatever answer
LONGEST = 500  # characters of a text, where the question says no other


@dataclass(frozen=True)
class Condition:
    """Holds while the answer to `field` is one of `values`."""

    field: str
    values: frozenset[str]

    def holds(self, answers: Answers) -> bool:
        """Whether it holds for these answers."""
        answer = answers.get(self.field) or ()
        given = {answer} if isinstance(answer, str) else set(answer)
        return bool(given) if ANY in self.values else bool(given & self.values)


def condition(row: Mapping[str, Any]) -> Condition:
    """A condition as a list writes it: `{ field = "code", is = ["value"] }`."""
    return Condition(row["field"], frozenset(row["is"]))


@dataclass(frozen=True)
class Question:
    """One question. `section` is the heading above it or its code, `blank` what is said where it was not answered."""

    code: str
    words: str
    kind: str
    section: str
    options: tuple[tuple[str, str], ...]
    help: str
    blank: str
    limit: int
    is_required: bool
    when: Condition | None

    def is_asked(self, answers: Answers) -> bool:
        """Whether it is asked, the other answers being these."""
        return self.when is None or self.when.holds(answers)

    def in_words(self, answers: Answers) -> str:
        """What was answered, an option by its words, a day as it is written; empty where nothing was."""
        value = answers.get(self.code) or ()
        given, labels = [value] if isinstance(value, str) else value, dict(self.options)
        return ", ".join(labels.get(each, each) for each in given)


@dataclass(frozen=True)
class QuestionSet:
    """The questions of a day, in their order. `version` is the day since which they are these; empty before the first."""

    app: str
    name: str
    title: str
    version: str
    questions: tuple[Question, ...]

    def sections(self) -> Mapping[str, tuple[Question, ...]]:
        """The questions under each heading, in their order."""
        headings = dict.fromkeys(question.section for question in self.questions)
        return {each: tuple(question for question in self.questions if question.section == each) for each in headings}


@lru_cache(maxsize=256)  # days of facts may be any
def question_set(app: str, name: str, day: date) -> QuestionSet:
    """The set that is asked on a day; of a day that is a version the questions of that version. Raises FileNotFoundError for a
    list that is not there and ValueError for a question of no kind, or whose condition names no question before it."""
    reference = reference_list(app, name)
    changes = {row["from"] for row in reference.rows} | {row["to"] + timedelta(days=1) for row in reference.rows if "to" in row}
    version = max((change for change in changes if change <= day), default=None)
    shared, questions = reference.header.get("options", {}), list[Question]()
    for row in rows_on(app, name, day):
        asked = _question(row, shared)
        if asked.kind not in KINDS or (asked.when and asked.when.field not in {before.code for before in questions}):
            raise ValueError(f"{app}/{name}: {asked.code}")
        questions.append(asked)
    return QuestionSet(app, name, reference.header["title"], version.isoformat() if version else "", tuple(questions))


def _question(row: Mapping[str, Any], shared: Mapping[str, Any]) -> Question:
    options = row.get("options", ())
    pairs = shared[options] if isinstance(options, str) else options
    return Question(
        code=row["code"], words=row["words"], kind=row["kind"], section=row.get("section", ""), help=row.get("help", ""),
        options=YES_NO if row["kind"] == "yes_no" else tuple((value, label) for value, label in pairs),
        blank=row.get("blank", "Not answered"), limit=row.get("limit", LONGEST), is_required=row.get("required", False),
        when=condition(row["when"]) if "when" in row else None,
    )  # fmt: skip
