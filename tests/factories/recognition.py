"""Signs, words and beliefs."""

from datetime import date

import factory

from lodestar.casework.concerns.models import Note, SignSeen, SuppressedImport
from lodestar.intelligence.earlier_records import models
from tests.factories.accounts import Somebody
from tests.factories.cases import MET, CaseFactory


class SignSeenFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SignSeen

    case = factory.SubFactory(CaseFactory)
    code = factory.Sequence(lambda n: f"sign_{n}")
    list_date = date(2026, 11, 24)
    seen_at = MET
    recorded_at = MET
    recorded_by = Somebody()


class NoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Note

    case = factory.SubFactory(CaseFactory)
    kind = "own_words"
    words = "He looked at the driver first."
    recorded_at = MET
    recorded_by = Somebody()


class FileTakenInFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ImportedFile

    kind = "concerns"
    told = '[["line 2", "refused", "", ["it says nothing"]]]'
    rejected = '"name"\r\n""\r\n'
    ending = ".csv"
    taken_at = MET
    taken_by = Somebody()


class LetGoFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SuppressedImport

    mark = factory.Sequence(lambda n: n + 1)
    gone_on = date(2026, 3, 2)
    by_two = True
    until = date(2036, 3, 2)
