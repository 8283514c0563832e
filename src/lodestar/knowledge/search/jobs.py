"""Vectors of the library's passages, calculated in the background."""

import time

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from lodestar.knowledge.search.actions import forget_vectors, keep_vectors, vectors_of
from lodestar.knowledge.search.queries import meaning
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within

RECKONS_FOR = 20.0  # seconds of a minute: other jobs come in between


def calculate_vectors(tenant: str, until: float) -> int:
    """Reckons what passages of a force's library mean that were not reckoned yet, until that moment of `time.monotonic`; how
    many. Nothing is held while the model works. Raises ImproperlyConfigured."""
    used, number = meaning.model(), 0
    while used is not None and time.monotonic() < until:
        with within(tenant):
            some = meaning.without(used.name)
            if some is None:
                forget_vectors(but=used.name)
                break
        version, start, texts = some
        vectors = vectors_of(used, texts)
        with within(tenant):
            keep_vectors(at=timezone.now(), model=used.name, version=version, start=start, vectors=vectors)
        number += len(texts)
    return number


_each_minute = app.periodic(cron="* * * * *") if settings.EMBEDDINGS else lambda task: task


@_each_minute
@app.task(queueing_lock="calculate_all_vectors", pass_context=False)
def calculate_all_vectors(timestamp: int) -> None:
    """Force by force, as far as the time goes; the next minute goes on."""
    until = time.monotonic() + RECKONS_FOR
    for tenant in Tenant.objects.values_list("slug", flat=True):
        calculate_vectors(tenant, until)
