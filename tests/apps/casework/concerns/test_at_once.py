"""The same page, open twice, saved at the same moment."""

from functools import partial

import pytest
from django.test import Client

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.concerns import views
from lodestar.casework.concerns.access import saved_concern
from lodestar.platform.tenancy.tenant_transaction import within
from tests.apps.casework.concerns.filled import sent
from tests.factories.accounts import TenantFactory, a_member
from tests.factories.at_once import answers_at_once
from tests.factories.signed_in import signed_in


@pytest.mark.usefixtures("own_database")
def test_two_first_saves_at_once_are_one_case_and_both_are_kept():
    TenantFactory()
    with within("fenmarch"):
        officer = a_member("frontline")
    clients = [signed_in(Client(raise_request_exception=False), officer) for _ in range(2)]
    address = clients[0].get("/record").url
    pages = [client.get(address) for client in clients]

    def save(client, page, name):
        return client.post(address, sent(page, p1__name=name)).status_code

    sends = [partial(save, *each) for each in zip(clients, pages, ("Kieran", "Jaz"), strict=True)]
    assert answers_at_once(*sends) == [302, 302]
    with within("fenmarch"):
        assert Case.objects.count() == 1
        assert set(Person.objects.values_list("number", "name")) in ({(1, "Kieran"), (2, "Jaz")}, {(1, "Jaz"), (2, "Kieran")})


@pytest.mark.django_db
def test_a_first_save_that_is_read_before_and_checked_after_another_one_is_kept_too(monkeypatch):
    TenantFactory()
    with within("fenmarch"):
        client = signed_in(Client(), a_member("frontline"))
    address = client.get("/record").url
    pages = [client.get(address) for _ in range(2)]
    assert client.post(address, sent(pages[0], p1__name="Kieran")).status_code == 302
    reads = []

    def read(member, case_id):
        reads.append(case_id)
        return None if len(reads) == 1 else saved_concern(member, case_id)

    monkeypatch.setattr(views, "saved_concern", read)
    assert client.post(address, sent(pages[1], p1__name="Jaz")).status_code == 302
    with within("fenmarch"):
        assert sorted(Person.objects.values_list("name", flat=True)) == ["Jaz", "Kieran"]
