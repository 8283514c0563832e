"""Numbers that leave the force: of a period that is over, made once, small ones hidden, by the schema that is published."""

import io
import json
import re
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from lodestar.casework.case_files.actions.case import name_operation, seal_case
from lodestar.casework.case_files.actions.people import record_exploitation
from lodestar.oversight.releases.models import Release
from lodestar.oversight.releases.queries import by_kind_and_age, counts_of
from lodestar.oversight.releases.rules.releases import COUNTS, monthly_return, period
from lodestar.platform.accounts.models import Membership
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.referrals import DecisionFactory, ReferralFactory
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most

pytestmark = pytest.mark.usefixtures("fenmarch")

SCHEMA = json.loads((Path(__file__).parents[4] / "docs" / "schemas" / "monthly_return.schema.json").read_text())
TO = {"recipient": "The regional coordinator", "reason": "Monthly return"}
MARCH, QUARTER = period("return", "2026-03"), period("aggregate", "2026-Q1")


def met(by, how_many, at=MET, kind="labour", **facts):
    case = a_case(by, at=at)
    for _ in range(how_many):
        person = a_person(by, case, at=at, **facts)
        if kind:
            record_exploitation(by=by, at=at, person=person, facts={"type": kind})
    return case


def test_people_are_counted_once_by_kind_and_age_in_london_and_none_of_a_sealed_case():
    by = a_member("coordinator")
    met(by, 6)
    met(by, 2, kind="sexual", age_min=15, age_max=15)
    met(by, 1, kind="")
    met(by, 1, roles=["witness"], belief="none")
    met(by, 5, at=datetime(2026, 3, 31, 23, 30, tzinfo=UTC))  # 1 April in London
    two = met(by, 1)
    record_exploitation(by=by, at=MET, person=two.people.get(), facts={"type": "criminal"})
    sealed = met(by, 7)
    seal_case(by=by, at=MET, case=sealed, reason="A relative.", owners=[by.user, a_member("supervisor").user])
    rows = {kind: ages for kind, ages in by_kind_and_age(QUARTER).items() if ages}
    assert rows == {
        "labour": {"adult": 6}, "sexual exploitation": {"child": 2}, "kind not known": {"adult": 1},
        "several kinds": {"adult": 1},
    }  # fmt: skip


def test_the_counts_of_a_month():
    by = a_member("coordinator")
    case = met(by, 2)
    met(by, 1, age_min=15, age_max=15)
    name_operation(by=by, at=MET, case=case, name="Operation Heron")
    person = case.people.first()
    sent = ReferralFactory(person=person, route="nrm", sent_at=MET)
    ReferralFactory(person=person, route="dtn", sent_at=MET, direction="received_for_investigation", number=2)
    wrong = DecisionFactory(referral=sent, kind="rg_negative", decided_on=date(2026, 3, 9))
    DecisionFactory(referral=sent, kind="rg_positive", decided_on=date(2026, 3, 9), replaces=wrong, number=2)
    found = counts_of(MARCH)
    assert set(found) == set(COUNTS)
    assert {name: number for name, number in found.items() if number and name not in ("owed_late", "live_operations")} == {
        "first_reports": 2, "possible_victims": 3, "children": 1, "nrm_sent": 1, "received": 1, "reasonable_positive": 1,
    }  # fmt: skip
    assert counts_of(period("return", "2026-02")) == dict.fromkeys(COUNTS, 0)


def test_a_return_is_as_its_schema_says():
    assert list(SCHEMA["properties"]["counts"]["properties"]) == list(COUNTS)
    assert {name: one["description"] for name, one in SCHEMA["properties"]["counts"]["properties"].items()} == COUNTS
    made = monthly_return("fenmarch", MARCH, date(2026, 4, 10), dict.fromkeys(COUNTS, 4) | {"crimes_recorded": 0})
    assert list(made) == SCHEMA["required"] == list(SCHEMA["properties"])
    assert (made["late"], made["due_on"], made["counts"]["crimes_recorded"]) == (False, "2026-04-10", 0)
    assert made["hidden"] == sorted(set(COUNTS) - {"crimes_recorded"})
    assert monthly_return("fenmarch", MARCH, date(2026, 4, 11), dict.fromkeys(COUNTS, 9))["late"] is True
    for name, told in SCHEMA["properties"].items():
        if "const" in told:
            assert made[name] == told["const"]
        if "pattern" in told:
            assert re.fullmatch(told["pattern"], made[name])


def test_a_page_shows_it_hides_what_is_small_and_makes_it_once(client):
    by = a_member("coordinator", name="F. Quist")
    met(by, 3)
    signed_in(client, by)
    page = client.post("/exports/numbers", form(kind="return", period="2026-03", **TO))
    assert page.status_code == 302
    shown = unescape(client.get(page.url).content.decode())
    assert "not shown" in shown
    met(by, 9)
    again = client.post("/exports/numbers", form(kind="return", period="2026-03", **TO))
    assert again.url == page.url
    told = json.loads(client.get(f"{page.url}?as=json").content)
    assert told["counts"]["possible_victims"] is None
    assert list(told["counts"]) == list(COUNTS)
    assert "Monthly return, March 2026" in shown
    assert "possible_victims" in client.get(f"{page.url}?as=csv").content.decode()
    assert Release.objects.count() == 1
    events = Event.objects.filter(code="exchange.released")
    assert {(one.recipient, one.reason) for one in events} == {(TO["recipient"], TO["reason"])}
    assert events.count() == 2


def test_the_register_says_to_whom_a_table_went_and_that_a_figure_of_today_may_be_another(client):
    by = a_member("coordinator", name="F. Quist")
    met(by, 6)
    signed_in(client, by)
    page = client.post("/exports/numbers", form(kind="return", period="2026-03", **TO))
    met(by, 5)  # recorded after the table was made
    client.post("/exports/numbers", form(kind="return", period="2026-03", recipient="The inspectorate", reason="Visit"))
    shown = unescape(client.get(page.url).content.decode())
    for words in ("The regional coordinator", "The inspectorate", "Visit", "F. Quist", "so today’s figure can differ"):
        assert words in shown
    assert shown.index("The inspectorate") < shown.index("The regional coordinator")
    assert json.loads(client.get(f"{page.url}?as=json").content)["counts"]["possible_victims"] == 6
    assert counts_of(MARCH)["possible_victims"] == 11
    with at_most(15):
        client.get(page.url)


def test_numbers_for_partners_hide_what_could_be_reckoned(client):
    by = a_member("coordinator")
    met(by, 9)
    met(by, 6, kind="sexual")
    met(by, 1, age_min=15, age_max=15)
    signed_in(client, by)
    page = client.post("/exports/numbers", form(kind="aggregate", period="2026-Q1", **TO))
    told = json.loads(client.get(f"{page.url}?as=json").content)
    rows = {row["kind"]: row["sum"] for row in told["rows"]}
    assert (rows["labour"], rows["sexual exploitation"]) == (10, 6)
    assert told["sums"][:2] == [None, None], "one child, and who would tell of them"
    assert client.get(page.url).status_code == 200
    assert "sexual exploitation" in client.get(f"{page.url}?as=csv").content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"kind": "return", "period": "2099-01"}, "is not over yet"),
        ({"kind": "return", "period": "March"}, "Write a month like"),
        ({"kind": "aggregate", "period": "2026-03"}, "Write a quarter like"),
        ({"period": "2026-03"}, "Choose what to share"),
        ({"kind": "return", "period": "2026-03", "reason": ""}, "Write why you are sharing it"),
    ],
)
def test_a_form_says_what_is_missing(client, typed, words):
    signed_in(client, a_member("coordinator"))
    page = client.post("/exports/numbers", form(**(TO | typed)))
    assert page.status_code == 422
    assert words in unescape(page.content.decode())
    assert Release.objects.count() == 0


def test_the_command_gives_the_same():
    by = a_member("coordinator")
    met(by, 6)
    who = Membership.objects.select_related("user").get(id=by.membership).user.username
    out = io.StringIO()
    call_command("export_numbers", "return", "2026-03", user=who, recipient="R", reason="W", format="json", tenant="", stdout=out)
    assert json.loads(out.getvalue())["counts"]["possible_victims"] == 6
    for wrong in ("2099-01", "x"):
        with pytest.raises(CommandError, match="that is over"):
            call_command("export_numbers", "return", wrong, user=who, recipient="R", reason="W", tenant="", stdout=out)
    officer = Membership.objects.select_related("user").get(id=a_member("frontline").membership).user.username
    with pytest.raises(CommandError, match="may not do that"):
        call_command("export_numbers", "return", "2026-03", user=officer, recipient="R", reason="W", tenant="", stdout=out)


def test_the_six_failings_leave_with_small_numbers_hidden_and_once(client):
    by = a_member("coordinator")
    for _ in range(9):
        met(by, 1)
    met(by, 1, roles=["witness"], belief="none", kind="")
    signed_in(client, by)
    page = client.post("/exports/numbers", form(kind="figure", period="2026-Q1", **TO))
    told = json.loads(client.get(f"{page.url}?as=json").content)
    assert [row["number"] for row in told["rows"]] == [1, 2, 3, 4, 5, 6]
    assert [row["did_not"] for row in told["rows"] if row["number"] == 6] == [0]
    assert {row["could_not"] for row in told["rows"]} == {None}  # one case, and whatever would tell of it
    assert told["total"] == 10
    words = unescape(client.get(page.url).content.decode())
    assert "is never counted as “did not”" in words
    assert "better recognition" in words
    met(by, 1)
    again = client.post("/exports/numbers", form(kind="figure", period="2026-Q1", **TO))
    assert again.url == page.url
    assert "would_tell" in client.get(f"{page.url}?as=csv").content.decode()


def test_beside_months_that_were_shown_a_quarter_hides_its_sum(client):
    by = a_member("coordinator")
    for day, many in ((datetime(2026, 1, 5, tzinfo=UTC), 10), (datetime(2026, 2, 5, tzinfo=UTC), 12), (MET, 3)):
        met(by, many, at=day)
    signed_in(client, by)
    for month in ("2026-01", "2026-02"):
        assert client.post("/exports/numbers", form(kind="return", period=month, **TO)).status_code == 302
    page = client.post("/exports/numbers", form(kind="aggregate", period="2026-Q1", **TO))
    told = json.loads(client.get(f"{page.url}?as=json").content)
    assert told["total"] is None
    assert [row["sum"] for row in told["rows"] if row["kind"] == "labour"] == [None]
    page = client.post("/exports/numbers", form(kind="return", period="2026-03", **TO))
    assert json.loads(client.get(f"{page.url}?as=json").content)["counts"]["possible_victims"] is None


def test_a_table_and_its_file_read_no_more_for_more_people(client):
    by, asked = a_member("coordinator"), []
    signed_in(client, by)
    for many in (6, 12):
        for _ in range(many):
            met(by, 2)
        for kind, name in (("aggregate", "2026-Q1"), ("figure", "2026-Q1"), ("return", "2026-03")):
            with transaction.atomic(), CaptureQueriesContext(connection) as found:
                made = client.post("/exports/numbers", form(kind=kind, period=name, **TO))
                assert client.get(f"{made.url}?as=csv").status_code == 200
                transaction.set_rollback(True)
            asked.append((kind, len(found)))
    assert asked[:3] == asked[3:]
