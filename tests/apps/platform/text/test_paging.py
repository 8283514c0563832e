"""A place in a long list goes into an address and comes back; ids stand in order of time."""

import base64
from datetime import UTC, datetime
from itertools import pairwise
from uuid import UUID

from lodestar.platform.text.ids import new_id
from lodestar.platform.text.paging import Place, place
from tests.offenders import each

ROW = UUID("01a21a3d-414f-71eb-8588-bd27e3694bc7")


def marked(at):
    return base64.urlsafe_b64encode(f"{at}~{ROW}".encode()).decode().rstrip("=")


@each("at", [None, datetime(2026, 3, 2, 23, 40, 0, 5, tzinfo=UTC)])
def test_a_place_comes_back_as_it_was(at):
    assert place(Place(at, ROW).mark()) == Place(at, ROW)


@each("told", ["2026-03-02T23:40:00+20:00", "2026-03-02T23:40:00-23:59", "2026-03-02T23:40:00+00:00:30.5"])
def test_an_offset_that_no_database_reads_is_told_in_utc(told):
    found = place(marked(told))
    assert found.at == datetime.fromisoformat(told)
    assert found.at.isoformat().endswith("+00:00")


@each("told", ["2026-03-02T23:40:00", "2026-03-02", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "١٢", "-5"])
def test_a_time_without_a_zone_or_out_of_the_calendar_is_the_beginning(told):
    assert place(marked(told)) is None


@each("mark", ["", "...", "-1", "١٢", "a" * 5000, "fg", base64.urlsafe_b64encode(b"\xff~\xff").decode()])
def test_what_is_no_mark_is_the_beginning(mark):
    assert place(mark) is None


def test_ids_made_one_after_the_other_stand_in_that_order():
    made = [new_id() for _ in range(2_000)]
    assert len(set(made)) == 2_000
    out_of_order = sum(second < first for first, second in pairwise(made))
    assert out_of_order < 20  # two within a quarter of a microsecond's tick may change places


def test_an_id_is_a_version_7_uuid_of_its_millisecond():
    for made in (new_id(), new_id(1_772_494_800_123)):
        assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert new_id(1_772_494_800_123).int >> 80 == 1_772_494_800_123
    assert new_id(5) != new_id(5)
