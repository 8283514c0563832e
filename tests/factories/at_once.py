"""Deeds at the same moment, each on a connection of its own."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import connection

from lodestar.platform.tenancy.tenant_transaction import within

PATIENCE = 30  # seconds


def answers_at_once(*sends: Callable[[], Any]) -> list[Any]:
    """What each of these gives when all are done at the same moment."""
    ready, answers = threading.Barrier(len(sends), timeout=PATIENCE), [None] * len(sends)

    def one(place, send):
        ready.wait()
        try:
            answers[place] = send()
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(sends)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def at_once(*deeds: Callable[[], object]) -> list[BaseException]:
    """Does all of these at the same moment, each in a transaction of its own; the faults that came of it."""
    ready = threading.Barrier(len(deeds))

    def fault_of(deed):
        try:
            with within("fenmarch"):
                ready.wait()
                deed()
        except Exception as fault:
            return fault

    return [fault for fault in answers_at_once(*[partial(fault_of, deed) for deed in deeds]) if fault]
