"""That with a file all of its kind and of a time are here is said where it is taken in, by a page as by the command."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from lodestar.exchange.imports import import_files, import_run
from lodestar.exchange.imports.import_files import fingerprint_of
from lodestar.exchange.imports.import_run import take_file_in, uploaded_file
from lodestar.exchange.imports.views import files
from lodestar.information_governance.retention import actions as keeping
from lodestar.information_governance.retention import jobs
from lodestar.intelligence.earlier_records.actions.records import say_whole
from lodestar.intelligence.earlier_records.models import CoverageStatement, EarlierRecord, ImportedFile
from lodestar.intelligence.earlier_records.queries.records import read_coverage, said_whole
from lodestar.platform.accounts.models import User
from lodestar.platform.audit.models import Event
from tests.apps.exchange.imports.test_file_upload import BROKEN, CUSTODY, LOOK, TAKE, mark_of, sent, words
from tests.factories.accounts import a_member
from tests.factories.signed_in import form, signed_in

ASKED = "All records are here from which date?"

pytestmark = pytest.mark.usefixtures("fenmarch")


@pytest.fixture
def coordinator():
    return a_member("coordinator")


def test_that_all_of_a_time_are_here_is_said_where_records_are_taken_in(client, coordinator):
    signed_in(client, coordinator)
    looked = sent(client, LOOK, CUSTODY, "custody")
    assert ASKED in words(looked)
    assert ASKED not in words(sent(client, LOOK, BROKEN)), "first reports are no earlier records"
    mark = mark_of(looked)
    for days, why in (
        ({"whole_from": "1 January 2025"}, "first and last day"), ({"whole_to": "1 January 2025"}, "first and last day"),
        ({"whole_from": "2 January 2025", "whole_to": "1 January 2025"}, "before the first"),
        ({"whole_from": "1 January 2025", "whole_to": "today"}, "not over yet"),
    ):  # fmt: skip
        answer = sent(client, TAKE, CUSTODY, "custody", looked_at=mark, **days)
        assert (answer.status_code, why in words(answer)) == (422, True)
    assert EarlierRecord.objects.count() == 0
    days = {"whole_from": "1 January 2025", "whole_to": "31 December 2025"}
    assert sent(client, TAKE, CUSTODY, "custody", "c.csv", looked_at=mark, **days).status_code == 302
    row = CoverageStatement.objects.get()
    assert (row.kind, row.first_day, row.last_day, row.said_by_id) == (
        "custody", date(2025, 1, 1), date(2025, 12, 31), coordinator.user,
    )  # fmt: skip
    page = words(client.get("/prompts/records"))
    for told in ("Periods confirmed to have all records", "1 January 2025 to 31 December 2025", "c.csv"):
        assert told in page
    again = sent(client, LOOK, CUSTODY, "custody")
    assert ASKED in words(again), "it can be said later too, of a file that came in before"
    days["whole_to"] = "30 December 2025"
    assert sent(client, TAKE, CUSTODY, "custody", looked_at=mark_of(again), **days).status_code == 302
    assert [one.last_day for one in said_whole()] == [date(2025, 12, 30)]


def test_where_a_row_cannot_be_taken_in_not_all_are_here(client, coordinator):
    signed_in(client, coordinator)
    file = CUSTODY + "CU/3,a,b,c,d,e\r\n"
    mark = mark_of(sent(client, LOOK, file, "custody"))
    days = {"whole_from": "1 January 2025", "whole_to": "31 December 2025"}
    answer = sent(client, TAKE, file, "custody", looked_at=mark, **days)
    assert answer.status_code == 422
    assert "Some rows cannot be imported, so records are missing" in words(answer)
    assert "31 December 2025" in words(answer)
    assert (EarlierRecord.objects.count(), CoverageStatement.objects.count()) == (0, 0)
    assert sent(client, TAKE, file, "custody", looked_at=mark).status_code == 302


DAYS = {"whole_from": "1 January 2025", "whole_to": "31 December 2025"}


def said(client, content, **days):
    """Says of a file that is looked at and taken in that all of these days are here."""
    mark = mark_of(sent(client, LOOK, content, "custody"))
    return sent(client, TAKE, content, "custody", looked_at=mark, **(days or DAYS))


def test_where_a_row_fails_as_it_is_written_nothing_is_taken_in_and_it_is_told(client, coordinator, monkeypatch):
    signed_in(client, coordinator)
    keep = import_run.keep_records

    def but_for_one(*, records, **more):
        if any(one.reference == "CU/2" for one in records):
            raise DatabaseError("a value that cannot be kept")
        return keep(records=records, **more)

    monkeypatch.setattr(import_run, "keep_records", but_for_one)
    file = CUSTODY.replace(",,,,\r\n", "")
    page = said(client, file)
    why = "Some rows cannot be imported, so records are missing"
    for told in (why, "Line 3", import_files.WHY_NOT_KEPT, "Nothing saved yet"):
        assert told in words(page)
    assert page.status_code == 422
    assert [kept.objects.count() for kept in (EarlierRecord, CoverageStatement, ImportedFile)] == [0, 0, 0]
    assert sent(client, TAKE, file, "custody", looked_at=mark_of(page)).status_code == 302
    assert (EarlierRecord.objects.count(), CoverageStatement.objects.count()) == (1, 0)


def test_what_the_clock_let_go_stands_in_no_way_of_saying_it_of_the_others(client, coordinator):
    signed_in(client, coordinator)
    head, gone = CUSTODY.splitlines()[0], "CU/0,3/2/2020,Callum,4/9/2000,Nothing."
    file = uploaded_file(f"{head}\n{gone}\n".encode(), "custody")
    take_file_in(by=coordinator, at=timezone.now() - timedelta(days=5 * 365), file=file)
    assert keeping.erase_expired(by=jobs.NOBODY, at=timezone.now())["earlier"] == 1
    page = said(client, f"{head}\n{gone}\nCU/2,5/2/2025,Luk,1990,Nothing.\n")
    assert (page.status_code, CoverageStatement.objects.count(), EarlierRecord.objects.count()) == (302, 1, 1)
    became = words(client.get(page["Location"]))
    for told in ("1 are new, 1 were not imported", "it was deleted on"):
        assert told in became
    assert "as a file</a>: correct them" not in became


def test_that_days_are_whole_can_be_taken_back_and_said_anew(client, coordinator):
    signed_in(client, coordinator)
    file = CUSTODY.replace(",,,,\r\n", "")
    said(client, file)
    row = CoverageStatement.objects.get()
    where = f"/prompts/records/whole/{row.id}"
    assert f'href="{where}"' in words(client.get("/prompts/records"))
    for told in ("Custody", "1 January 2025 to 31 December 2025", "file.csv", "Withdraw: records are missing"):
        assert told in words(client.get(where))
    before = timezone.now()
    for _ in range(2):
        assert client.post(where, form())["Location"] == "/prompts/records"
    assert (CoverageStatement.objects.count(), CoverageStatement.objects.filter(taken_back=True).count()) == (2, 1)
    assert Event.objects.filter(code="recognition.whole_taken_back", fields=["custody"]).count() == 1
    assert (read_coverage().spans, said_whole(), len(read_coverage(before).spans)) == ((), [], 1)
    assert "1 January 2025 to 31 December 2025" not in words(client.get("/prompts/records"))
    assert client.get(where)["Location"] == "/prompts/records"
    assert EarlierRecord.objects.count() == 2
    said(client, file)
    assert read_coverage().spans == (("custody", date(2025, 1, 1), date(2025, 12, 31)),)
    client.post(where, form())
    assert len(said_whole()) == 1, "what was said since stands"


def test_days_that_are_said_while_a_page_is_sent_stand(client, coordinator, monkeypatch):
    signed_in(client, coordinator)
    file = CUSTODY.replace(",,,,\r\n", "")
    said(client, file)
    row = CoverageStatement.objects.get()
    look = files.said_of

    def and_more_is_said(kind, file_mark):
        found = look(kind, file_mark)
        at = row.said_at + timedelta(microseconds=1)
        first, last = row.first_day, date(2025, 6, 30)
        say_whole(by=coordinator, at=at, kind=kind, first=first, last=last, file_name="c", file_mark=file_mark)
        return found

    monkeypatch.setattr(files, "said_of", and_more_is_said)
    assert client.post(f"/prompts/records/whole/{row.id}", form())["Location"] == "/prompts/records"
    assert [one.last_day for one in said_whole()] == [date(2025, 6, 30)]


def test_only_who_takes_records_in_takes_it_back(client, coordinator):
    signed_in(client, coordinator)
    said(client, CUSTODY.replace(",,,,\r\n", ""))
    where = f"/prompts/records/whole/{CoverageStatement.objects.get().id}"
    signed_in(client, a_member("frontline"))
    assert (client.get(where).status_code, client.post(where, form()).status_code) == (404, 404)
    assert CoverageStatement.objects.count() == 1


def test_a_mark_is_the_same_by_page_and_by_command(client, coordinator, tmp_path):
    signed_in(client, coordinator)
    mark = mark_of(sent(client, LOOK, CUSTODY, "custody"))
    (tmp_path / "c.csv").write_text(CUSTODY, newline="")
    assert fingerprint_of("custody", tmp_path / "c.csv") == mark


def test_by_command_it_is_taken_back_with_the_same_file(client, coordinator, tmp_path):
    file = CUSTODY.replace(",,,,\r\n", "")
    said(signed_in(client, coordinator), file)
    path = tmp_path / "file.csv"
    path.write_bytes(file.encode())
    user = User.objects.get(id=coordinator.user).username
    for more, taken_back in (([], 0), (["--apply"], 1), (["--apply"], 1)):
        call_command("import_records", str(path), "--kind", "custody", "--as", user, "--not-whole", *more, stdout=StringIO())
        assert CoverageStatement.objects.filter(taken_back=True).count() == taken_back
