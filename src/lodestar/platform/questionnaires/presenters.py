"""Answers to a set of questions for reading, and the set on paper, with its answers or blank."""

from collections.abc import Iterator, Mapping

from lodestar.platform.documents.description import Block, Entry, Heading
from lodestar.platform.questionnaires.rules import Answers, QuestionSet

ROOM = "\n\n"  # lines to write on


def printed(asked: QuestionSet, answers: Answers | None, headings: Mapping[str, str]) -> Iterator[Block]:
    """The set for a document: each question with its answer, or that there is none; without answers with room to write one.
    `headings` has the words of sections that are codes."""
    for section, questions in asked.sections().items():
        if section:
            yield Heading(headings.get(section, section))
        for question in questions:
            if answers is None:
                choices = " / ".join(label for _, label in question.options)
                yield Entry(f"{question.words}: {choices}" if choices else question.words, ROOM, is_remark=True)
            elif question.is_asked(answers):
                said = question.in_words(answers)
                yield Entry(question.words, said or question.blank, is_remark=not said)
