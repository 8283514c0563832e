"""What two people of data protection do at the same moment."""

from functools import partial

import pytest
from django.test import Client

from lodestar.information_governance.retention.models import SubjectRequest
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import TenantFactory, a_member
from tests.factories.at_once import answers_at_once
from tests.factories.signed_in import form, signed_in


@pytest.mark.usefixtures("own_database")
def test_requests_that_are_written_down_at_once_have_a_number_each():
    TenantFactory()
    with within("fenmarch"):
        keeper = a_member("data_protection")
    clients = [signed_in(Client(raise_request_exception=False), keeper) for _ in range(5)]

    def write(client):
        return client.post("/requests/new", form(kind="copy", came="letter", who="By letter")).status_code

    assert answers_at_once(*[partial(write, client) for client in clients]) == [302] * 5
    with within("fenmarch"):
        assert sorted(SubjectRequest.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
