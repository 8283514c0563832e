"""The pages of the figure and its files: what stands on them, where each number leads, and what they cost."""

import csv
import io
import json
from datetime import UTC, timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from lodestar.casework.ledger.models import Obligation
from lodestar.oversight.measures.access import scope_for
from lodestar.oversight.measures.presenters.figure import IN_THE_CASE
from lodestar.oversight.measures.queries.open_items import figure_context
from lodestar.platform.audit.models import Event
from tests.factories.accounts import a_member
from tests.factories.cases import MET, a_case, a_person
from tests.factories.figures import HOUR, MARCH, QUERY, answered, met, sealed_by
from tests.factories.investigations import CrimeFactory
from tests.factories.referrals import ReferralFactory
from tests.factories.signed_in import form, signed_in
from tests.factories.statements import at_most
from tests.offenders import each

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def coordinator():
    return a_member("coordinator")


def test_the_page_says_what_it_counts_and_every_number_opens(client, coordinator):
    case, _ = met(coordinator)
    answered(coordinator, case, "make_safe", MET + 2 * HOUR)
    signed_in(client, coordinator)
    page = client.get("/figures", QUERY)
    words = unescape(page.content.decode())
    assert page.status_code == 200
    assert len(page.content) <= 30_000
    for said in ("1 to 31 March 2026", "Cannot tell", "is never counted as", "may mean better recognition", "the whole force"):
        assert said in words
    for href in {part.partition('"')[0] for part in words.split('href="')[1:] if part.startswith("/figures/")}:
        assert client.get(href).status_code == 200, href
    found = client.get("/figures/no-immediate-safety/happened", QUERY)
    assert case.reference in found.content.decode()
    assert "Done later than it was due: dealing with danger (3 March 2026, 01:40)" in found.content.decode()
    assert Event.objects.filter(code="analysis.cases_listed", subject="no-immediate-safety happened").exists()


@each(
    ("asked", "words"),
    [
        ({"first": "March", "last": "31 March 2026"}, "is not a day"),
        ({"first": "1 March 2026"}, "Write both dates"),
        ({"first": "2 March 2026", "last": "1 March 2026"}, "is before the first"),
        ({"first": "2 March 1999", "last": "1 March 2026"}, "ten years at most"),
        ({"known": "1 March 2099"}, "has not come yet"),
    ],
)
def test_days_that_make_no_period_are_told(client, coordinator, asked, words):
    signed_in(client, coordinator)
    page = client.get("/figures", asked)
    assert page.status_code == 422
    assert words in unescape(page.content.decode())


def test_what_is_no_failing_or_no_verdict_is_not_there(client, coordinator):
    signed_in(client, coordinator)
    for address in ("/figures/no-such/happened", "/figures/not-trained/no-such", "/figures/take?failing=no&verdict=happened",
                    "/figures/take?failing=not-trained&verdict=no"):  # fmt: skip
        assert client.get(address).status_code == 404, address


def test_a_list_goes_on_after_its_last_case(client, coordinator):
    references = [met(coordinator, at=MET + timedelta(minutes=minute))[0].reference for minute in range(30)]
    signed_in(client, coordinator)
    first = client.get("/figures/not-trained/cannot-tell", QUERY).content.decode()
    assert "30 cases" in first
    href = unescape(first.partition("Show the next")[0].rpartition('href="')[2].partition('"')[0])
    rest = client.get(href).content.decode()
    assert [one in first for one in references] == [True] * 25 + [False] * 5
    assert [one in rest for one in references] == [False] * 25 + [True] * 5


# --- taking along ---------------------------------------------------------------------------------------------------------

HOSTILE = ("=1+1", "+44 20", "-2+3", "@SUM(A1)", "\t=cmd", "＝1+1", " =2+2")


def taken(client, reason="The monthly meeting", **asked):
    return client.post(f"/figures/take?{urlencode(QUERY | asked)}", form(reason=reason))


def cells_of(answer):
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_file_is_taken_with_a_reason_and_no_cell_of_it_runs(client, coordinator):
    for words in HOSTILE:
        case = a_case(coordinator, what=words)
        a_person(coordinator, case)
    signed_in(client, coordinator)
    rows = cells_of(taken(client, failing="not-trained", verdict="cannot-tell"))
    assert len(rows) == 1 + len(HOSTILE)
    assert not [cell for row in rows for cell in row if cell.lstrip()[:1] in ("=", "+", "-", "@", "\t", "＝")]
    assert {row[2] for row in rows[1:]} == {IN_THE_CASE}, "no free text goes along in a file"
    event = Event.objects.get(code="analysis.figure_taken")
    assert (event.reason, event.fields) == ("The monthly meeting", ["csv"])
    assert Event.objects.filter(code="analysis.file_taken", subject=str(event.id)).count() == 1


def test_the_figure_as_a_file_has_all_four_and_what_would_tell(client, coordinator):
    case, _ = met(coordinator)
    hidden, _ = met(coordinator)
    sealed_by(coordinator, hidden)
    signed_in(client, coordinator)
    head, *rows = cells_of(taken(client))
    found = [dict(zip(head, row, strict=True)) for row in rows]
    assert [row["number"] for row in found] == ["1", "2", "3", "4", "5", "6", *[""] * 9]
    for row in found[:6]:
        assert int(row["all_cases"]) == sum(int(row[one]) for one in ("happened", "did_not", "cannot_tell", "could_not")) == 1
        assert row["would_tell"]
        assert row["version"] == "1"
        assert "better recognition" in row["marking"]
    listed = cells_of(taken(client, failing="not-trained", verdict="cannot-tell"))
    assert [row[0] for row in listed[1:]] == [case.reference]


def test_the_file_has_what_stands_beside_the_failings_each_kind_by_itself(client, coordinator):
    case, person = met(coordinator)
    ReferralFactory(person=person, route="nrm", sent_at=MET)
    ReferralFactory(person=person, route="dtn", direction="received_for_investigation", number=2, sent_at=MET)
    CrimeFactory(person=person)
    Obligation.objects.filter(case=case).update(opened_at=MET)
    signed_in(client, coordinator)
    head, *rows = cells_of(taken(client))
    found = [dict(zip(head, row, strict=True)) for row in rows]
    assert {row["beside"] for row in found[:6]} == {""}
    columns = ("all", "both_recorded", "without_explained", "without_open")
    told = {row["beside"]: tuple(row[one] for one in columns) for row in found[6:]}
    assert told.pop("Made by us: National Referral Mechanism") == ("1", "0", "0", "1")
    assert told.pop("Made by us: Duty to Notify") == ("0", "0", "0", "0")
    assert told.pop("Received to investigate") == ("1", "0", "0", "1")
    assert told.pop("Crimes recorded") == ("1", "0", "0", "1")
    left = figure_context(scope_for(coordinator), MARCH, timezone.now()).still
    assert left.open > left.late > 0
    assert told == {
        "Tasks open at 2026-04-01T00:00:00+01:00": (str(left.open), "", "", ""),
        "Of them late at 2026-04-01T00:00:00+01:00": (str(left.late), "", "", ""),
        "Tasks closed, by a record": ("0", "", "", ""),
        "Tasks closed, on an officer’s word": ("0", "", "", ""),
        "Tasks closed, not needed": ("0", "", "", ""),
    }
    for row in found[6:]:
        assert (row["happened"], row["cannot_tell"], row["all_cases"]) == ("", "", "")
        assert (row["from"], row["counted"]) == ("2026-03-01", "the whole force")
        assert "As at" in row["marking"]


def test_the_file_is_what_was_known_when_its_page_was_drawn(client, coordinator):
    met(coordinator)
    signed_in(client, coordinator)
    at = timezone.now().astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    first = taken(client, at=at).content
    met(coordinator)
    rows = [csv.DictReader(io.StringIO(content.decode("utf-8-sig"))) for content in (first, taken(client, at=at).content)]
    assert [[row["all_cases"] for row in each] for each in rows] == [["1"] * 6 + [""] * 9] * 2


def test_no_file_without_a_reason(client, coordinator):
    signed_in(client, coordinator)
    refused = taken(client, reason=" ")
    assert refused.status_code == 422
    assert "Write why you are downloading it" in refused.content.decode()
    assert not Event.objects.filter(code="analysis.figure_taken").exists()


def test_pages_stay_within_their_budgets(client):
    supervisor = a_member("supervisor")
    for _ in range(30):
        case, _ = met(supervisor, british=False)
        answered(supervisor, case, "make_safe", MET + 2 * HOUR)
    at = timezone.now().astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    lists = ("", "/no-immediate-safety/happened", "/definitions", "/take")
    for member in (supervisor, a_member("coordinator")):
        signed_in(client, member)
        for address in (f"/figures{one}" for one in lists):
            with at_most(18):
                page = client.get(address, QUERY | {"at": at})
            assert len(page.content) <= 30_000, address
        with at_most(15):
            taken(client, failing="not-trained", verdict="cannot-tell")


def by_command(who, **options):
    out = io.StringIO()
    told = {"first": "2026-03-01", "last": "31 March 2026", "reason": "A check", "known": "", "json": False} | options
    call_command("figure", user=who.username, tenant="", stdout=out, **told)
    return out.getvalue()


def test_the_command_says_what_the_page_says(coordinator):
    met(coordinator)
    rows = json.loads(by_command(coordinator, json=True))[:6]
    assert [(row["number"], row["all_cases"], row["cannot_tell"]) for row in rows] == [(number, 1, 1) for number in range(1, 7)]
    head, *rest = list(csv.reader(io.StringIO(by_command(coordinator))))
    assert (head[0], len(rest)) == ("number", 15)
    assert json.loads(by_command(coordinator, json=True, known="3 March 2026"))[0]["all_cases"] == 0  # recorded today
    assert Event.objects.filter(code="analysis.figure_taken", reason="A check").count() == 3


@each(
    ("options", "words"),
    [
        ({"first": "March"}, "is not a day"),
        ({"last": "2026-02-01"}, "is before the first"),
        ({"known": "2099-01-01"}, "has not come yet"),
        ({"reason": " "}, "Say why"),
    ],
)
def test_the_command_says_what_it_cannot_read(coordinator, options, words):
    with pytest.raises(CommandError, match=words):
        by_command(coordinator, **options)
    with pytest.raises(CommandError, match="may not do that"):
        by_command(a_member("frontline"))
