"""The short question of section 45 of the Modern Slavery Act 2015 on the first screen: its app stands above this one, and
registers how an answer is stored and what was answered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lodestar.casework.cases.models import Case


@dataclass(frozen=True)
class QuestionAnswer:
    """What was answered of one person at one stage, why, by whom and when."""

    answer: str
    why: str
    by: UUID
    by_name: str
    at: datetime


Answers = Mapping[tuple[UUID, str], QuestionAnswer]  # by person and stage


@dataclass(frozen=True)
class ShortQuestion:
    """`answer` stores one answer (by, at, person, answer, why), `answers` reads the last ones of a case."""

    answer: Callable[..., Any]
    answers: Callable[[Case], Answers]


_registered: list[ShortQuestion] = []


def register(question: ShortQuestion) -> None:
    """Called once, as the app of section 45 starts."""
    _registered[:] = [question]


def short_question() -> ShortQuestion:
    """What was registered."""
    return _registered[0]
