"""What passages mean, kept as rows: reckoned by the operator's sentence model behind, some passages at a time."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from lodestar.guidance.models.library import Version
from lodestar.guidance.models.search import Meaning
from lodestar.kernel.sentence_model import Model

MOST_TEXTS = 8  # passages that the model is given together: more take memory and no less time on one thread


def vectors_of(used: Model, texts: list[str]) -> list[bytes]:
    """Of each text its vector, a few at a time."""
    return [vector for start in range(0, len(texts), MOST_TEXTS) for vector in used.vectors(texts[start : start + MOST_TEXTS])]


def keep_vectors(*, at: datetime, model: str, version: UUID, start: int, vectors: list[bytes]) -> None:
    """Keeps the vectors of passages of a version, from a number on, once."""
    row = Meaning(
        version_id=version, model=model, start=start, passages=len(vectors), vectors=b"".join(vectors), made_at=at
    )
    Meaning.objects.bulk_create([row], ignore_conflicts=True)


def forget_vectors(*, but: str) -> None:
    """Takes away the vectors of other models, and of versions that are no longer published."""
    published = Version.objects.filter(id=OuterRef("version"), state="published")
    Meaning.objects.filter(~Q(model=but) | ~Exists(published)).delete()
