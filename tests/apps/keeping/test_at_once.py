"""What two people of data protection do at the same moment."""

import threading

import pytest
from django.db import connection
from django.test import Client

from lodestar.keeping.models import SubjectRequest
from lodestar.tenancy.within import within
from tests.factories.accounts import TenantFactory, a_member
from tests.factories.signed_in import form, signed_in

PATIENCE = 30  # seconds
AT_ONCE = 5


@pytest.mark.usefixtures("own_database")
def test_requests_that_are_written_down_at_once_have_a_number_each():
    TenantFactory()
    with within("fenmarch"):
        keeper = a_member("data_protection")
    clients = [signed_in(Client(raise_request_exception=False), keeper) for _ in range(AT_ONCE)]
    start, answers = threading.Barrier(AT_ONCE, timeout=PATIENCE), []

    def write(client):
        start.wait()
        try:
            answers.append(client.post("/requests/new", form(kind="copy", came="letter", who="By letter")).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=[client]) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    assert answers == [302] * AT_ONCE
    with within("fenmarch"):
        assert sorted(SubjectRequest.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
