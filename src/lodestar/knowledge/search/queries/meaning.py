"""What passages mean, where an operator supplies a sentence model: the vectors of a force's library, and those near a question.

A question is reckoned in this process and its vector is kept nowhere. A force's vectors are rows that its own connection reads.
"""

import logging
from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Exists, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from lodestar.knowledge.library.models import Passage, Version
from lodestar.knowledge.search import sentence_model
from lodestar.knowledge.search.models import Meaning
from lodestar.knowledge.search.rules.ranking import Near
from lodestar.knowledge.search.sentence_model import Model

PASSAGES_OF_A_ROW = 64
MOST_READ = 100_000  # vectors of a force's library, the latest first: 38 MB of a model of 384 parts
log = logging.getLogger(__name__)
_failed: set[str] = set()  # models that have failed in this process, which is told once


def model() -> Model | None:
    """The operator's sentence model, opened once in a process; None where there is none. Raises ImproperlyConfigured."""
    try:
        return sentence_model.open_model(*settings.EMBEDDINGS) if settings.EMBEDDINGS else None
    except sentence_model.Unfit as error:
        raise ImproperlyConfigured(str(error)) from None


def nearest(question: str) -> Mapping[UUID, Near]:
    """Of each version in the library that has vectors the passage nearest to the question. Nothing where there is no model, or
    where it fails: that is logged once, without a word of the question."""
    used = model()
    if used is None:
        return {}
    rows = Meaning.objects.filter(model=used.name).order_by("-version", "start").values_list("version", "passages", "vectors")
    groups: dict[UUID, list[bytes]] = {}
    for version, count, packed in rows[: MOST_READ // PASSAGES_OF_A_ROW]:
        groups.setdefault(version, []).extend(_cut(bytes(packed), count))
    if not groups:
        return {}
    try:
        neighbours = used.nearest(question, list(groups.values()))
    except Exception as error:  # whatever its packages raise: a search without it is better than none
        if used.name not in _failed:
            _failed.add(used.name)
            log.error("The sentence model fails (%s): guidance is searched by words alone.", type(error).__name__)
        return {}
    return {version: Near(*near) for version, near in zip(groups, neighbours, strict=True)}


def _cut(packed: bytes, count: int) -> list[bytes]:
    each = len(packed) // count
    return [packed[start : start + each] for start in range(0, each * count, each)]


def without(name: str) -> tuple[UUID, int, list[str]] | None:
    """The next passages of a published version that have no vectors of the model of this name: the version, the number of
    the first, and what of each is to be reckoned. None when all have them."""
    done = Meaning.objects.filter(version=OuterRef("id"), model=name).values("version")
    counted = Coalesce(Subquery(done.annotate(all=Sum("passages")).values("all")), 0)
    more = Passage.objects.filter(version=OuterRef("id"), number__gte=OuterRef("done"))
    rows = Version.objects.filter(state="published").annotate(done=counted).filter(Exists(more))
    unfinished = rows.order_by("id").values_list("id", "done").first()
    if unfinished is None:
        return None
    version, start = unfinished
    some = Passage.objects.filter(version=version, number__gte=start).order_by("number")
    return version, start, list(some.values_list("text", flat=True)[:PASSAGES_OF_A_ROW])
