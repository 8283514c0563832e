"""The log of a database in its backup: no gap, nothing in another's place, nothing written over; and the moment meant."""

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from lodestar.config.backup import log, restore
from lodestar.config.backup.folder import DAMAGED, TO_PUT_RIGHT, Fault, Folder
from lodestar.platform.files.sealed_stream import packed
from tests.offenders import each

KEY = "k" * 48
SEGMENT = 16 << 20
FIRST, LAST = "0000000100000000000000FE", "000000010000000100000001"
ALL = [FIRST, "0000000100000000000000FF", "000000010000000100000000", LAST]


@pytest.fixture
def logged(tmp_path: Path) -> Folder:
    """Four segments of a log, across the end of a file's worth."""
    folder = Folder(tmp_path / "to", KEY)
    for name in ALL:
        folder.write(folder.path / "log" / "c" / f"{name}.sealed", f"log/c/{name}", packed([name.encode(), bytes(SEGMENT)]))
    now = datetime(2026, 11, 26, 3, 10, tzinfo=UTC)
    folder.write_json(folder.path / "log" / "c" / "until.sealed", "log/c/until", {"until": now.isoformat(), "last": LAST})
    return folder


def test_a_log_has_no_gap(logged):
    assert log.names_from(logged, "c", FIRST, LAST, SEGMENT) == ALL
    (logged.path / "log" / "c" / f"{ALL[2]}.sealed").unlink()
    with pytest.raises(Fault, match="gap") as told:
        log.names_from(logged, "c", FIRST, LAST, SEGMENT)
    assert told.value.code == DAMAGED


def test_segments_that_changed_places_are_found(logged):
    shutil.copy2(logged.path / "log" / "c" / f"{ALL[0]}.sealed", logged.path / "log" / "c" / f"{ALL[1]}.sealed")
    with pytest.raises(Fault, match="changed"):
        list(log.read(logged, "c", ALL[1]))


def test_a_segment_is_never_written_over(logged, tmp_path):
    spool = tmp_path / "spool"
    spool.mkdir()
    same, other = spool / ALL[0], spool / ALL[1]
    same.write_bytes(ALL[0].encode() + bytes(SEGMENT))
    other.write_bytes(b"of another life" + bytes(SEGMENT))
    log._move(same, logged, "c")
    assert not same.exists()
    with pytest.raises(Fault, match="holds another log"):
        log._move(other, logged, "c")
    assert other.exists()


def test_the_log_before_the_oldest_kept_backup_goes(logged):
    log.prune(logged, {"c": ALL[1]})
    assert sorted(path.name for path in (logged.path / "log" / "c").glob("0*")) == [f"{name}.sealed" for name in ALL[1:]]
    log.prune(logged, {})
    assert list((logged.path / "log").iterdir()) == []


@each(
    ("at", "name"), [(0, ""), (10, ""), (20, "20260101T000010Z"), (30, "20260101T000010Z"), (40, "20260101T000030Z"), (601, "")]
)
def test_the_newest_backup_that_ended_before_the_moment_is_chosen(logged, at, name):
    start = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
    for seconds in (10, 30):
        each = f"20260101T0000{seconds}Z"
        manifest = {"format": 1, "kind": "base", "chain": "c", "ended_at": (start + timedelta(seconds=seconds)).isoformat()}
        logged.write_json(logged.part(each, "manifest.sealed"), f"{each}/manifest", manifest)
    moment = start + timedelta(seconds=at)
    if name:
        assert restore.choose(logged, "", moment).name == name
        return
    with pytest.raises(Fault, match="reaches until" if at > 600 else "No backup here can be brought") as told:
        restore.choose(logged, "", moment)
    assert told.value.code == TO_PUT_RIGHT


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-11-26T03:10:00", "2026-11-26T03:10:00+00:00"),
        ("2026-07-01 03:10", "2026-07-01T02:10:00+00:00"),
        ("2026-10-25T01:30+01:00", "2026-10-25T00:30:00+00:00"),
    ],
)
def test_a_moment_is_read_as_clocks_show_it(typed, meant):
    assert restore.moment(typed) == datetime.fromisoformat(meant)


@pytest.mark.parametrize(("typed", "words"), [("ten past three", "is no time"), ("2026-10-25T01:30", "clocks changed")])
def test_a_moment_that_could_be_two_or_none_is_refused(typed, words):
    with pytest.raises(Fault, match=words):
        restore.moment(typed)
