"""Two systems that hand the same over at the same moment, and one that comes while others keep the database busy."""

import json
import threading
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client

from lodestar.casework.cases.models import Case, CaseNumber
from lodestar.exchange.imports.actions import concern_import, encounter_import
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.tenancy.tenant_transaction import within
from tests.factories.accounts import MembershipFactory, TenantFactory, UserFactory, a_member, a_token
from tests.factories.at_once import answers_at_once

SAMPLE = json.loads((Path(__file__).parents[3] / "rules" / "data" / "encounters-sample.jsonl").read_text().splitlines()[0])
ROW = {"incident_ref": "INC 1", "happened_at": "03/11/2026 02:25", "name": "Ana", "role": "victim"}


@pytest.fixture
def send(own_database):
    TenantFactory()
    with within("fenmarch"):
        MembershipFactory(user=UserFactory(username="brandreth"), roles=["frontline"])
        token = a_token(a_member("administrator"), Permission.CONCERN_BY_TOKEN)
    headers = {"Authorization": f"Bearer {token}", "Lodestar-As": "brandreth"}

    def sent(told):
        body = json.dumps(told)
        return Client().generic("POST", "/api/v1/concerns", body, headers=headers, content_type="application/json")

    return sent


@pytest.mark.parametrize("told", [SAMPLE, ROW], ids=["an encounter", "a row"])
def test_two_that_say_the_same_at_once_are_made_and_stood(send, told, monkeypatch):
    """Both have looked and found nothing before either writes."""
    send({"name": "Bea"})  # the token was used within the minute: its row is not written again
    both = threading.Barrier(2, timeout=20)
    real = encounter_import.existing_concern
    looked = threading.local()

    def found_by_both(*arguments):
        found = real(*arguments)
        if not getattr(looked, "once", False):
            looked.once = True
            both.wait()
        return found

    monkeypatch.setattr(encounter_import, "existing_concern", found_by_both)
    monkeypatch.setattr(concern_import, "existing_concern", found_by_both)

    answers = answers_at_once(*[lambda: send(told)] * 2)
    assert sorted(answer.status_code for answer in answers) == [200, 201]
    assert {answer.json()["became"] for answer in answers} == {"made", "stood"}
    assert len({answer.json()["case"] for answer in answers}) == 1
    with within("fenmarch"):
        assert Case.objects.count() == 2


def test_while_others_keep_it_busy_it_is_to_be_sent_again(send, monkeypatch):
    """Somebody holds the number of the next case, as a large import does; nobody waits for as long as the settings say."""
    send(SAMPLE)
    held, done = threading.Event(), threading.Event()

    def holds():
        try:
            with within("fenmarch"), transaction.atomic():
                list(CaseNumber.objects.select_for_update())
                held.set()
                done.wait(60)
        finally:
            connection.close()

    thread = threading.Thread(target=holds)
    thread.start()
    assert held.wait(20)
    real = encounter_import.existing_concern

    def impatient(*arguments):
        with connection.cursor() as cursor:
            cursor.execute("set local lock_timeout = '10ms'")
        return real(*arguments)

    monkeypatch.setattr(encounter_import, "existing_concern", impatient)
    try:
        answer = send(SAMPLE | {"reference": "another"})
    finally:
        done.set()
        thread.join()
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert answer.json()["errors"] == [{"path": "", "message": "nothing was kept, because others keep this busy: send it again"}]
    monkeypatch.undo()
    assert send(SAMPLE | {"reference": "another"}).status_code == 201
