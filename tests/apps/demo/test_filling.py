"""The demo force made step by step: what is interrupted is made again, and after each step all that is there is whole."""

import json

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from lxml import html

from lodestar.platform.accounts import queries
from tests.apps.demo.test_demo_force import command

# Two months of few cases and one part besides: each step as a line of JSON.
STEPS = """
import json
import django
django.setup()
from django.utils import timezone
from lodestar.casework.cases.models import Case
from lodestar.casework.ledger.jobs import check_tenant
from lodestar.demo import filling, force
from lodestar.platform.accounts.queries import demo_filling
from lodestar.platform.tenancy.models import Tenant
from lodestar.platform.tenancy.tenant_transaction import within

whole, notices = filling.planned, filling._open_earlier_notices

def some(now, few=False):
    ordinary = [concern for concern in whole(now) if not filling.is_of_today(concern)]
    months = sorted({filling.month_of(concern) for concern in ordinary})[-2:]
    lately = [concern for concern in whole(now) if concern.key.startswith("lately")]
    return [concern for concern in ordinary if filling.month_of(concern) in months] + lately

def interrupted(*_):
    filling._open_earlier_notices = notices
    raise KeyboardInterrupt

def say():
    different = sum(len(found) for _, found in check_tenant(force.SLUG))
    with within(force.SLUG):
        references = list(Case.objects.order_by("encountered_at").values_list("reference", flat=True))
    state = Tenant.objects.get().demo_filling or {"before": [], "months": [], "after": []}
    left = len(state["before"] + state["months"] + state["after"])
    print(json.dumps([left, references, different, demo_filling()]), flush=True)

filling.planned = some
filling.sort_parts = lambda parts: (
    [part for part in parts if part.before_sign_in or part.begin], [part for part in parts if part.name == "needs"]
)
filling.make_today("a-password-of-this-test", timezone.now())
say()
filling._open_earlier_notices = interrupted
try:
    filling.fill()
except KeyboardInterrupt:
    say()
while filling.fill():
    say()
"""


def test_a_step_that_was_interrupted_is_made_again_and_after_each_the_ledger_is_right(altered_database):
    told = command(connection.settings_dict["NAME"], "-c", STEPS)
    assert told.returncode == 0, told.stderr
    left, references, different, months = zip(*map(json.loads, told.stdout.splitlines()), strict=True)
    assert left == (3, 3, 2, 1, 0)
    assert set(different) == {0}
    in_all = months[0][1]
    assert months == ([in_all - 2, in_all], [in_all - 2, in_all], [in_all - 1, in_all], [in_all, in_all], None)
    assert references[0] == references[1]
    assert len(references[0]) < len(references[2]) < len(references[3])
    assert references[-1] == sorted(references[-1])


@pytest.mark.django_db
@pytest.mark.parametrize(("production", "shown"), [(False, ["9"]), (True, [])])
def test_the_sign_in_page_says_how_far_the_demo_is_and_a_production_does_not(monkeypatch, production, shown):
    monkeypatch.setattr(queries, "demo_filling", lambda: (9, 24))
    monkeypatch.setattr(settings, "PRODUCTION", production)
    page = html.fromstring(Client().get("/sign-in").content)
    assert page.xpath("//*[@data-filling]/@data-filling") == shown
