"""What runs by itself: the essentials that stand while the database is away, made every hour."""

from django.utils import timezone
from procrastinate.contrib.django import app

from lodestar.directory.contacts.queries import books_as_json, numbers_path
from lodestar.knowledge.library.presenters.essentials import essentials, essentials_path
from lodestar.knowledge.library.queries.essentials import no_longer_shown
from lodestar.platform.files.whole_file import write_whole
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="make_essentials", pass_context=False)
def make_essentials(timestamp: int) -> None:
    """Every hour, and the numbers of each force with them. A topic that any force here has withdrawn or replaced is left out:
    who asks then is not known."""
    withdrawn: set[str] = set()
    now, names = timezone.now(), dict(Tenant.objects.order_by("name").values_list("slug", "name"))
    for tenant in names:
        with within(tenant):
            withdrawn |= no_longer_shown(timezone.localdate())
    write_whole(numbers_path(), books_as_json(names, now))
    write_whole(essentials_path(), essentials(now, withdrawn))
