"""Gaps in support: what is counted and published, questions, and that the local policing body's pages read nothing else."""

from datetime import date, datetime, timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.utils import timezone

from lodestar.casework.needs.models import Need, NeedMove
from lodestar.partnership.commissioning import actions, queries, rules
from lodestar.partnership.commissioning.models import Publication, QuestionStep
from lodestar.platform.audit.models import Event
from lodestar.platform.notices.due_items import due_items
from lodestar.platform.tenancy.roles import AGGREGATE
from lodestar.platform.tenancy.tenant_transaction import RoleKept, confined
from tests.factories.accounts import UnitFactory, a_member
from tests.factories.cases import CaseFactory, PersonFactory
from tests.factories.commissioning import UnitDistrictFactory
from tests.factories.needs import NeedFactory
from tests.factories.signed_in import html_of, sent, signed_in
from tests.factories.statements import at_most

LAST = rules.quarter_of(rules.quarter_of(timezone.localdate()).first - timedelta(days=1))
DAY = timedelta(days=1)
EARLY = LAST.begins + DAY


@pytest.fixture
def body(fenmarch):
    """A commissioning officer of the local policing body."""
    return a_member("commissioning")


@pytest.fixture
def coordinator(fenmarch):
    return a_member("coordinator")


def a_need(person, *, at: datetime = EARLY, reason: str = "", met: datetime | None = None, **facts):
    """A need as it was recorded at a moment, with why it is not met from the next day on."""
    row = NeedFactory(
        person=person, since=at, recorded_at=at, unmet_reason=reason, met_at=met, state="met" if met else "unmet",
        **{"domain": "legal", "stage": "before"} | facts,
    )  # fmt: skip
    if reason:
        NeedMove.objects.create(row=row, before="unmet", after="unmet", reason=reason, moved_at=at, recorded_at=at + DAY)
    return row


def people(number: int, unit=None) -> list:
    case = CaseFactory(unit=unit) if unit else CaseFactory()
    return [PersonFactory(case=case) for _ in range(number)]


def counted(table: str) -> dict[str, int | None]:
    return dict(Publication.objects.latest("quarter").content["tables"][table])


def test_a_gap_counts_in_the_quarter_in_which_it_arose(fenmarch):
    (person,) = people(1)
    a_need(person, at=LAST.ends - 10 * DAY)  # a fortnight is over in the next quarter
    a_need(person, at=EARLY, met=EARLY + 13 * DAY, domain="money")  # met in time
    late = a_need(person, at=EARLY, met=EARLY + 15 * DAY, domain="work_education")
    told = a_need(person, at=LAST.ends - 3 * DAY, reason="full", domain="social")
    sealed = PersonFactory(case__sealed=True)
    a_need(sealed)
    a_need(person, at=EARLY, domain="safety", wish="does_not_want")
    found = queries.gaps_of(LAST)
    assert {gap.cells["domain"] for gap in found} == {late.domain, told.domain}
    Need.objects.filter(id=told.id).update(state="met", met_at=LAST.ends, unmet_reason="")
    assert {gap.cells["reason"] for gap in queries.gaps_of(LAST)} == {"", "full"}, "met since, and it was full"
    assert {gap.cells["domain"] for gap in queries.gaps_of(rules.quarter_of(LAST.after))} == {"legal"}


def test_a_quarter_is_published_once_and_stays_as_it_was(client, coordinator, body):
    unit = UnitFactory()
    UnitDistrictFactory(unit=unit, code="X07000001", name="Marlsea")
    some = people(8, unit)
    for person in some:
        a_need(person, reason="full")
    web = signed_in(client, coordinator)
    assert sent(coordinator, "/commissioning/cost", domain="legal").status_code == 404
    assert sent(coordinator, "/commissioning/basis/cost", domain="legal", pounds="400", source="Tender").status_code == 302
    with at_most(15):
        assert "Marlsea" in html_of(web, "/commissioning/publish")
    with at_most(40):
        assert sent(coordinator, "/commissioning/publish").status_code == 302
    assert (counted("district")["X07000001"], counted("domain")["legal"], counted("reason")["full"]) == (8, 8, 8)
    Need.objects.filter(person=some[0]).update(domain="money")
    some[1].case.__class__.objects.filter(id=some[1].case_id).update(sealed=True)
    assert sent(coordinator, "/commissioning/publish").status_code == 422, "once"
    web = signed_in(Client(), body)
    with at_most(15):
        page = html_of(web, f"/commissioning/quarters/{LAST.name}")
    assert "£3,200" in page
    assert page.count(">8<") >= 3
    for kind in ("csv", "pdf", "docx"):
        assert web.get(f"/commissioning/quarters/{LAST.name}/file/{kind}").status_code == 200
    assert html_of(web, f"/commissioning/years/{LAST.first.year}").count(">8<") >= 3
    assert web.get("/commissioning/quarters/2015-Q1").status_code == 404
    assert Event.objects.filter(code="commissioning.viewed", by=body.user).count() == 2
    with pytest.raises(actions.NotPublished):
        actions.publish_quarter(by=coordinator, at=timezone.now(), quarter=rules.quarter_of(date.today()))


def test_a_question_is_asked_answered_decided_published_and_followed_up(coordinator, body):
    actions.publish_quarter(by=coordinator, at=timezone.now(), quarter=LAST)
    facts = {"quarter": LAST.name, "line": "domain:legal", "asked_words": "What stops it?"}
    with at_most(40):
        asked = sent(body, "/commissioning/questions/new", **facts)
    where = asked.headers["Location"]
    now = timezone.now()
    (item,) = [each for each in due_items(coordinator, now + 30 * DAY, now) if each.kind == "gap_question"]
    assert item.href == where
    assert sent(body, where, answered_words="Nothing", is_checked="yes").status_code == 422, "the force answers"
    assert sent(coordinator, where, answered_words="Ana waits", is_checked="no").status_code == 422
    assert sent(coordinator, where, answered_words="There is no solicitor", is_checked="yes").status_code == 302
    assert sent(coordinator, where, answered_words="Again", is_checked="yes").status_code == 422
    assert sent(body, where, decided_words="We pay for one", weeks="99999999").status_code == 422
    assert sent(body, where, decided_words="We pay for one", weeks="12").status_code == 302
    assert (
        sent(body, where, published_words="Paid for from March", published_where="https://example.org/answers").status_code == 302
    )
    assert sent(body, where, followed_up_words="Eleven people helped").status_code == 302
    assert [row.step for row in QuestionStep.objects.order_by("number")] == [*rules.STEPS]
    page = html_of(signed_in(Client(), coordinator), where)
    assert "There is no solicitor" in page
    assert coordinator.name not in page.split("<main")[1]


def test_pages_of_the_local_policing_body_run_as_its_role_and_cannot_leave_it(client, body, coordinator, monkeypatch):
    seen = []
    real = queries.publications

    def asked(of=""):
        with connection.cursor() as cursor:
            seen.append(cursor.execute("select current_user").fetchone()[0])
            with pytest.raises(RoleKept):
                cursor.execute("reset role")
            with pytest.raises(RoleKept):
                cursor.execute("/* */ SET  LOCAL\nROLE lodestar_app")
        return real(of)

    monkeypatch.setattr(queries, "publications", asked)
    web = signed_in(client, body)
    bar = html_of(web, "/commissioning").split("<main")[0]
    assert 'href="/commissioning"' in bar
    assert 'href="/my-work"' not in bar
    assert seen == [AGGREGATE]
    assert web.get("/my-work")["Location"] == "/commissioning"
    for path in ("/find?q=a", "/cases", "/measures", "/exports", "/guidance", "/rules", "/commissioning/basis"):
        assert web.get(path).status_code == 404, path
    assert web.get("/account").status_code == 200
    monkeypatch.undo()
    with connection.cursor() as cursor:
        assert cursor.execute("select current_user").fetchone()[0] != AGGREGATE


@pytest.mark.parametrize(
    "table", ["cases_case", "cases_person", "needs_need", "accounts_user", "audit_event", "commissioning_costassumption"]
)
def test_the_role_reads_no_person_and_no_writer(fenmarch, table):
    with pytest.raises(ProgrammingError), transaction.atomic(), confined(AGGREGATE), connection.cursor() as cursor:
        cursor.execute(f"select 1 from {table}")


def test_the_role_reads_its_own_force_alone(fenmarch, coordinator):
    actions.publish_quarter(by=coordinator, at=timezone.now(), quarter=LAST)
    for tenant, many in (("eastern", 0), (coordinator.tenant, 1)):
        with connection.cursor() as cursor:
            cursor.execute("select set_config('lodestar.tenant', %s, true)", [tenant])
            with confined(AGGREGATE):
                assert cursor.execute("select count(quarter) from commissioning_publication").fetchone() == (many,)
