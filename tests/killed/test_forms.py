"""Every form there is, well filled in, is done: what the tests of killing stand on."""

import pytest
from django.db import connection, transaction
from django.test import Client

from tests.factories.signed_in import signed_in
from tests.killed.sending import ENTRIES, fill_in, takes_a_form
from tests.killed.sent import FORMS


def test_every_address_that_takes_a_form_has_one_filled_in():
    assert sorted(FORMS) == sorted(name for name, entry in ENTRIES.items() if takes_a_form(entry))


@pytest.mark.parametrize("name", FORMS)
def test_a_form_well_filled_in_is_done(prepared, django_db_blocker, name):
    _, scenes = prepared
    with django_db_blocker.unblock(), transaction.atomic():
        client = signed_in(Client(), scenes[name].member)
        form = fill_in(name, scenes[name], client)
        response = client.post(form.address, form.values)
        if response.status_code == 422:
            print(response.content.decode())
        assert response.status_code in (302, 303)
        transaction.set_rollback(True)
    connection.close()
