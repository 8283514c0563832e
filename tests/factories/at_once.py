"""Deeds at the same moment, each on a connection of its own."""

import threading
from collections.abc import Callable

from django.db import connection

from lodestar.tenancy.within import within


def at_once(*deeds: Callable[[], object]) -> list[BaseException]:
    """Does all of these at the same moment, each in a transaction of its own; the faults that came of it."""
    ready, faults = threading.Barrier(len(deeds)), []

    def one(deed):
        try:
            with within("fenmarch"):
                ready.wait()
                deed()
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults
