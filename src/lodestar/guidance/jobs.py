"""What runs by itself: newsletters to send, next versions that are due, and what passages mean where there is a model."""

import logging
import time

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from lodestar.guidance.actions.meanings import forget_vectors, keep_vectors, vectors_of
from lodestar.guidance.actions.newsletters import send_waiting
from lodestar.guidance.actions.stages import take_turns
from lodestar.guidance.queries import meaning
from lodestar.tenancy.models import Tenant
from lodestar.tenancy.tenant_transaction import within

_LOG = logging.getLogger(__name__)
RECKONS_FOR = 20.0  # seconds of a minute: other jobs come in between


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="send_newsletters", pass_context=False)
def send_newsletters(timestamp: int) -> None:
    """Every five minutes. A mail server that is away is asked again the next time."""
    for tenant in Tenant.objects.values_list("slug", flat=True):
        with within(tenant):
            send_waiting(timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="take_turns", pass_context=False)
def bring_in_next_versions(timestamp: int) -> None:
    """Every five minutes. Which version is in use goes by the day alone: titles, topics and history follow it here. Fails, and
    so is seen, where a force's could not take their turns, after those of every other force have."""
    failed = []
    for tenant in Tenant.objects.values_list("slug", flat=True):
        try:
            with within(tenant):
                take_turns(timezone.localdate())
        except Exception:  # whatever is wrong in the library of one force is no reason to leave those of the others behind
            _LOG.exception("Next versions of %s could not take their turns.", tenant)
            failed.append(tenant)
    if failed:
        raise RuntimeError(f"Next versions could not take their turns in {', '.join(failed)}")


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
