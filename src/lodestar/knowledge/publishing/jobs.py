"""What runs by itself: newsletters to send, and the project's own pages for each force."""

import logging

from django.utils import timezone
from procrastinate.contrib.django import app

from lodestar.knowledge.library.queries.library import who_set_it_up
from lodestar.knowledge.publishing.actions.newsletters import send_waiting
from lodestar.knowledge.publishing.actions.stock import stock
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within

_LOG = logging.getLogger(__name__)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="send_newsletters", pass_context=False)
def send_newsletters(timestamp: int) -> None:
    """Every five minutes. A mail server that is away is asked again the next time."""
    for tenant in Tenant.objects.values_list("slug", flat=True):
        with within(tenant):
            send_waiting(timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="stock_libraries", pass_context=False)
def stock_libraries(timestamp: int) -> None:
    """Every five minutes: a new force gets the project's own pages, films and words, in the name of whoever set it up, and every
    force what a new release says. What is there already is passed over, and what the force changed stays."""
    failed = []
    for tenant in Tenant.objects.values_list("slug", flat=True):
        try:
            with within(tenant):
                by = who_set_it_up()
                if by is not None:
                    stock(by=by, at=timezone.now())
        except Exception:  # whatever is wrong in the library of one force is no reason to leave those of the others behind
            _LOG.exception("Lodestar's own pages could not be added: %s", tenant)
            failed.append(tenant)
    if failed:
        raise RuntimeError(f"Lodestar's own pages could not be added in {', '.join(failed)}")
