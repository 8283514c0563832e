"""The demo force with the cases that are told of it, twice as large: whole, its ledger right, as docs/demo.md says."""

import os
import re
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import F, Min, Q
from django.test import Client
from lxml import html

from bench import scale
from lodestar.casework.allocation.queries import caseloads
from lodestar.casework.cases.models import Case, Person
from lodestar.casework.contact_promises.models import Promise
from lodestar.casework.court_orders.models import CourtOrder
from lodestar.casework.disclosures.models import PurposeChange
from lodestar.casework.enquiries.models import LineOfEnquiry
from lodestar.casework.enquiries.rules import LINES
from lodestar.casework.investigations.models import Crime
from lodestar.casework.ledger.jobs import check_tenant
from lodestar.casework.ledger.models import Obligation, ObligationEvent
from lodestar.casework.ledger.presenters import title_of
from lodestar.casework.person_plans.models import PersonPlan
from lodestar.casework.referrals.models import Referral
from lodestar.casework.safe_addresses.models import SafeAddress
from lodestar.casework.safe_addresses.queries import rules_of
from lodestar.casework.section45.models import FullRecord
from lodestar.casework.service_referrals.queries import phone_of
from lodestar.casework.suspects.models import Suspect
from lodestar.demo.concerns import listed, planned
from lodestar.demo.filling import members_of_demo
from lodestar.demo.force import COLLEAGUES, SLUG
from lodestar.demo.parts.safe_addresses import CANARY
from lodestar.information_governance.retention.models import Breach, Hold, SubjectRequest
from lodestar.intelligence.identities.models import PersonIndexKey
from lodestar.intelligence.identities.queries import who_is_like
from lodestar.intelligence.identities.rules.match_reasons import Described
from lodestar.oversight.measures.access import whole_force
from lodestar.oversight.measures.rules.facts import HAPPENED, Period
from lodestar.platform.accounts.access import member_from
from lodestar.platform.accounts.models import Membership, User
from lodestar.platform.accounts.permissions import ROLES
from lodestar.platform.audit.models import Event
from lodestar.platform.notices.due_items import due_items
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.tenancy.models import TenantModel
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.time.days import LONDON
from tests.databases import TEMPLATE, copied
from tests.factories.pure_figure import RecalculatedFigure
from tests.factories.signed_in import signed_in

TIMES = 2
SHOWN_FIRST = ("Kieran and Jaz",)
TOLD = listed("scripted")["case"]
PAGE = Path(__file__).parents[3] / "docs" / "demo.md"


@dataclass(frozen=True)
class Made:
    """What making the force said, and which keys and indexes there were before."""

    said: str
    keys_and_indexes: set[str]
    at: datetime


def keys_and_indexes() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint"
            " union select indexdef from pg_indexes where schemaname = 'public'"
        )
        return {definition for (definition,) in cursor.fetchall()}


def command(database: str, *python: str) -> "subprocess.CompletedProcess[str]":
    """Runs Python as the owner of the database called `database`, who alone may make the force."""
    as_owner = {"LODESTAR_DATABASE_ROLE": "owner", "LODESTAR_OWNER_URL": owners(database)}
    environment = {**os.environ, **as_owner, "LODESTAR_DEMO_PASSWORD": "a-password-of-this-test"}
    return subprocess.run([sys.executable, *python], env=environment, capture_output=True, text=True, check=False)


def owners(name: str) -> str:
    """The owner's address of the database called `name`."""
    return urlsplit(os.environ["LODESTAR_OWNER_URL"])._replace(path=f"/{name}").geturl()


MADE_LARGER = f"""
import django
django.setup()
from django.core.management import call_command
from bench.scale import multiply

call_command("seed_demo", few=True)
multiply({TIMES})
"""


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker) -> Iterator[Made]:
    """The force in a database which the tests of this file read and none changes."""
    name = f"{TEMPLATE}_demo_{uuid.uuid4().hex[:12]}"
    with copied(name) as url, pytest.MonkeyPatch.context() as patched, django_db_blocker.unblock():
        connection.close()
        patched.setitem(connection.settings_dict, "NAME", name)
        patched.setenv("DATABASE_URL", url)
        before = keys_and_indexes()
        connection.close()
        told = command(name, "-c", MADE_LARGER)
        assert told.returncode == 0, told.stderr
        yield Made(told.stderr, before, datetime.now(UTC))
        connection.close()


INTERRUPTED = """
import django
django.setup()
from django.core.management import call_command
from lodestar.demo import force
from lodestar.platform.tenancy.models import Tenant

def interrupted(*_):
    assert force.is_there()
    raise KeyboardInterrupt

force.make_colleagues = interrupted
try:
    call_command("seed_demo")
except KeyboardInterrupt:
    print(Tenant.objects.count())
Tenant.objects.create(slug=force.SLUG, name="Fenmarch Police", reference_prefix="FM", made_by_demo=False)
call_command("seed_demo")
"""


def test_what_was_interrupted_left_nothing_and_nobody_is_put_into_a_force_that_is_no_demo(altered_database):
    told = command(connection.settings_dict["NAME"], "-c", INTERRUPTED)
    assert (told.returncode, told.stdout) == (0, "0\nNobody of the demo is in this database.\n"), told.stderr
    assert not User.objects.exists()


def test_it_is_as_large_as_was_asked_and_says_how_long_it_took(made):
    with within(SLUG):
        people, cases = Person.objects.count(), Case.objects.count()
        references = Case.objects.values("reference").distinct().count()
    assert cases == references == TIMES * (len(planned(made.at, few=True)) + len(SHOWN_FIRST))
    assert re.search(rf"Made {people // TIMES} people in [\d.]+ s, \d+ a second\.", made.said)


@pytest.mark.django_db
def test_the_database_is_told_what_it_holds_however_little_that_is():
    asked = []

    def noted(execute, sql, params, many, context):
        asked.append(sql)
        return None if sql == "analyze" else execute(sql, params, many, context)

    with connection.execute_wrapper(noted):
        scale.multiply(1)
    assert "analyze" in asked, "or the first pages hang, by plans made for empty tables"


def test_everybody_with_a_name_is_filed_under_what_they_are_called_also_in_a_copy(made):
    with within(SLUG):
        named = Person.objects.exclude(name="").exclude(belief="none").order_by("-id")
        filed = set(PersonIndexKey.objects.values_list("person", flat=True))
        assert not {row.id for row in named} - filed
        # The rarest name: of one that half the invented force has only those are read who share more than it.
        rarest = min(Counter(row.name for row in named if " " in row.name).items(), key=lambda pair: (pair[1], pair[0]))[0]
        assert rarest in {Person.objects.get(id=like.person_id).name for like in who_is_like(Described((rarest,)))}


def test_there_is_somebody_of_each_role(made):
    with within(SLUG):
        held = {role for roles in Membership.objects.values_list("roles", flat=True) for role in roles}
    assert held == set(ROLES)
    assert set(User.objects.values_list("username", flat=True)) >= {one.username for one in COLLEAGUES}


def test_what_was_sent_points_at_the_answer_it_rests_on_and_the_crime_of_the_same_person(made):
    with within(SLUG):
        rows = list(Referral.objects.select_related("consent").prefetch_related("person"))
        crimes = set(Crime.objects.filter(kind="recorded").values_list("person", "number"))
    copies, first = [[row for row in rows if (row.id.version > 7) is told] for told in (True, False)]
    for part in (copies, first):
        assert {row.no_consent for row in part} >= {"", "child"}
        assert any(row.crime_reference for row in part)
    for row in rows:
        assert (row.consent is None) == bool(row.no_consent)
        if row.consent is not None:
            assert row.consent.person_id == row.person_id
            assert row.consent.asked_at <= row.sent_at
        assert all((row.person_id, number) in crimes for number in filter(None, row.crime_reference.split(", ")))


def test_the_ledger_of_a_copy_is_what_its_own_facts_owe(made):
    reckoned, different = 0, []
    for many, found in check_tenant(SLUG):
        reckoned += many
        different += found
    assert reckoned >= len(TOLD) * TIMES
    assert different == []


def due_in(case: Case, now: datetime) -> list[tuple[datetime, str]]:
    """What tasks, plan, bail, orders and promises make due in a case, by time, with the last part of the page's link."""
    tasks = Obligation.objects.filter(case=case, state="open", opens_at__lte=now, due_at__isnull=False)
    same = {(row.code, row.due_at, row.with_role, row.holder_id, row.not_possible): row for row in tasks.order_by("due_at", "id")}
    rows = [(row.due_at, title_of(row)) for row in same.values()]
    plan = LineOfEnquiry.objects.filter(case=case, due_at__isnull=False)
    rows += [(row.due_at, LINES[row.code]["name"]) for row in plan]
    of_people = (Suspect.objects, CourtOrder.objects, Promise.objects.filter(state="open"))
    rows += [(row.due_at, str(row.id)) for kind in of_people for row in kind.filter(person__case=case, due_at__isnull=False)]
    return sorted(rows)


def test_the_first_three_lines_of_a_case_are_what_its_plan_and_clocks_make_due(made):
    with within(SLUG):
        coordinator = member_from(Membership.objects.select_related("user", "unit").get(user__username="coordinator"))
        client, now = signed_in(Client(), coordinator), datetime.now(UTC)
        cases = Case.objects.filter(sealed=False, id__in=LineOfEnquiry.objects.values("case")).order_by("-encountered_at")
        seen = 0
        for case in cases[:30]:
            page = html.fromstring(client.get(f"/cases/{case.reference}").content)
            lines = page.xpath("//section[@aria-labelledby='panel-owed']//li")
            shown = [line.text_content() + "".join(line.xpath(".//a/@href")) for line in lines]
            expected = due_in(case, now)
            third = expected[: len(shown)][-1][0] if expected else now
            assert len(shown) >= min(3, len(expected))
            missing = [words for at, words in expected if at < third and not any(words in line for line in shown)]
            assert missing == [], (case.reference, shown)
            seen += len(shown)
        assert seen > len(cases[:30])


def test_what_was_taken_off_for_speed_is_put_back(made):
    assert made.keys_and_indexes - keys_and_indexes() == set()


def test_the_safe_address_is_nowhere_in_clear(made):
    with within(SLUG):
        assert CANARY in {one.address for one in SafeAddress.objects.all()}
        with connection.cursor() as cursor:
            for model in apps.get_models():
                if issubclass(model, TenantModel):
                    table = model._meta.db_table
                    cursor.execute(f"select count(*) from {table} t where t::text ilike %s", ["%Canary Wharfinger%"])
                    assert cursor.fetchone()[0] == 0, table


def references(now: datetime, prefix: str = "FM") -> dict[str, str]:
    """The reference that each concern has in a force that is made now, by its key."""
    numbers: dict[int, int] = {}
    by_key = {}
    for concern in planned(now):
        year = concern.met.astimezone(LONDON).year
        numbers[year] = numbers.get(year, 0) + 1
        by_key[concern.key] = f"{prefix}-{year % 100:02d}-{numbers[year]:04d}"
    return by_key


def test_plans_are_of_people_met_long_ago_who_agreed_since_how_they_are_contacted(made):
    with within(SLUG):
        plans = list(PersonPlan.objects.select_related("person__case"))
        assert plans
        for plan in plans:
            met, rule = plan.person.case.encountered_at, rules_of(plan.person)[0]
            assert met < made.at - timedelta(days=60)
            assert met < rule.recorded_at
            assert (rule.language, phone_of(plan.to_ring_id)) == (plan.person.language, "01632 960 412")


def test_the_page_about_the_demo_gives_each_told_case_its_number_on_every_day_of_the_year():
    page = PAGE.read_text(encoding="utf-8")
    for now in (datetime(2026, 1, 1, 3, tzinfo=UTC), datetime(2027, 12, 31, 22, tzinfo=UTC), datetime.now(UTC)):
        numbers, year = references(now), f"FM-{(now.year - 1) % 100:02d}-"
        told = [concern for concern in planned(now) if concern.told]
        assert len(told) == len(TOLD)
        for concern in told:
            assert numbers[concern.key].startswith(year)
            names = ", ".join(person.name for person in concern.people)
            row = f"| FM-YY-{numbers[concern.key].removeprefix(year)} | {names} | {concern.told['wrong']} |"
            assert row in page


def test_each_failing_happened_in_the_cases_of_which_it_is_told_and_in_no_other(made):
    today = made.at.date()
    with within(SLUG):
        figure = RecalculatedFigure(whole_force(), Period(today - timedelta(days=800), today), made.at, is_past=False)
        first = dict(Case.objects.filter(id__in=[row.case.id for row in figure.cases]).values_list("id", "what"))
    happened = {
        number: sorted(first[case] for case in figure.of(number, HAPPENED) if case.version == 7) for number in range(1, 6)
    }
    concerns = [concern for concern in planned(made.at, few=True) if concern.told]
    assert happened == {
        number: sorted(concern.what for concern in concerns if concern.told.get("failing") == number) for number in range(1, 6)
    }
    assert all(2 <= len(cases) <= 6 for cases in happened.values())


def test_what_is_concluded_of_section_45_is_what_its_limbs_say(made):
    with within(SLUG):
        records = list(FullRecord.objects.prefetch_related("elements"))
        assert {record.conclusion for record in records} > {"likely"}
        for record in records:
            read = {(limb.test, limb.reading) for limb in record.elements.all()}
            assert record.conclusion != "likely" or {reading for _, reading in read} == {"met"}
            assert record.conclusion != "unlikely" or "not_met" in {reading for _, reading in read}
            assert len({test for test, _ in read}) < 2 or record.conclusion == "cannot_tell"


def test_the_history_of_a_case_begins_when_it_was_recorded_and_nothing_lies_ahead(made):
    with within(SLUG):
        first = dict(Event.objects.exclude(case=None).values_list("case").annotate(Min("recorded_at")))
        for case in Case.objects.filter(encountered_at__lt=made.at - timedelta(days=1)):
            assert timedelta() <= case.recorded_at - case.encountered_at < timedelta(hours=1)
            assert abs(first[case.id] - case.recorded_at) < timedelta(seconds=1)
        assert not ObligationEvent.objects.filter(Q(recorded_at__gt=made.at) | Q(happened_at__gt=made.at)).exists()
        assert not Obligation.objects.filter(closed_at__lt=F("opened_at")).exists()


def test_data_protection_finds_something_of_each_kind_to_look_at(made):
    with within(SLUG):
        assert Hold.objects.filter(lifted_at=None).count() == 1
        assert (SubjectRequest.objects.count(), Breach.objects.count()) == (1, 1)
        assert PurposeChange.objects.count() >= TIMES


LATEST = timedelta(days=60)
OF_FAILINGS = frozenset({"training_due"})  # failing 6 is told of courses that were not attended


def test_nobody_has_what_a_real_force_would_have_done_long_ago(made):
    failing = {concern.what for concern in planned(made.at, few=True) if concern.told.get("failing")}
    with within(SLUG):
        rows = Obligation.objects.filter(state="open", opens_at__lte=made.at, due_at__lt=made.at - LATEST).select_related("case")
        late = [(row.code, row.case.reference) for row in rows if row.case.what not in failing]
        names = dict(User.objects.filter(made_by_demo=True).values_list("id", "username"))
        for name, member in members_of_demo().items():
            items = due_items(member, made.at, made.at)
            items = [item for item in items if item.due_at and item.due_at < made.at - LATEST and item.kind not in OF_FAILINGS]
            late += [(name, item.what, item.href) for item in items]
        most = settings_in_force().on(made.at.date())["allocation_caseload_most"]
        loads = caseloads(names, made.at.date())
        over = [(names[user], *load) for user, load in loads.items() if load[1] > TIMES * int(most)]
    assert (late, over) == ([], [])
