"""Work that the clock does force by force."""

from collections.abc import Callable

from procrastinate.contrib.django import app

from lodestar.platform.tenancy.models import Tenant

Work = Callable[[str], object]


def in_every_force(cron: str, *, lock: str) -> Callable[[Work], Work]:
    """Has a function done by this clock for every force, whose slug it is given; `lock` is that of its place in the queue."""

    def register(work: Work) -> Work:
        @app.periodic(cron=cron)
        @app.task(name=f"{work.__module__}.{work.__name__}", queueing_lock=lock, pass_context=False)
        def run(timestamp: int) -> None:
            for tenant in Tenant.objects.values_list("slug", flat=True):
                work(tenant)

        return work

    return register
