"""That with a file all of its kind and of a time are here is said where it is taken in, by a page as by the command."""

from datetime import date

import pytest

from lodestar.journeys.importing import fingerprint_of
from lodestar.recognition.models import EarlierRecord, SaidWhole
from lodestar.recognition.queries.held import said_whole
from tests.apps.journeys.test_files_taken_in import BROKEN, CUSTODY, LOOK, TAKE, mark_of, sent, words
from tests.factories.accounts import a_member
from tests.factories.signed_in import signed_in

ASKED = "From which day are all of this kind here?"

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
        ({"whole_from": "1 January 2025"}, "Write both days"), ({"whole_to": "1 January 2025"}, "Write both days"),
        ({"whole_from": "2 January 2025", "whole_to": "1 January 2025"}, "before the first"),
        ({"whole_from": "1 January 2025", "whole_to": "today"}, "not over yet"),
    ):  # fmt: skip
        answer = sent(client, TAKE, CUSTODY, "custody", looked_at=mark, **days)
        assert (answer.status_code, why in words(answer)) == (422, True)
    assert EarlierRecord.objects.count() == 0
    days = {"whole_from": "1 January 2025", "whole_to": "31 December 2025"}
    assert sent(client, TAKE, CUSTODY, "custody", "c.csv", looked_at=mark, **days).status_code == 302
    row = SaidWhole.objects.get()
    assert (row.kind, row.first_day, row.last_day, row.said_by_id) == (
        "custody", date(2025, 1, 1), date(2025, 12, 31), coordinator.user,
    )  # fmt: skip
    page = words(client.get("/prompts/records"))
    for told in ("Said to be all here", "1 January 2025 to 31 December 2025", "c.csv"):
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
    assert "Not every row can be taken in, so not all are here" in words(answer)
    assert "31 December 2025" in words(answer)
    assert (EarlierRecord.objects.count(), SaidWhole.objects.count()) == (0, 0)
    assert sent(client, TAKE, file, "custody", looked_at=mark).status_code == 302


def test_a_mark_is_the_same_by_page_and_by_command(client, coordinator, tmp_path):
    signed_in(client, coordinator)
    mark = mark_of(sent(client, LOOK, CUSTODY, "custody"))
    (tmp_path / "c.csv").write_text(CUSTODY, newline="")
    assert fingerprint_of("custody", tmp_path / "c.csv") == mark
