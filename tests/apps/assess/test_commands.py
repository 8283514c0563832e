"""The commands over the rules: answers, faults and the exit status, without a database."""

import json
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from lodestar.assess.presenters.rule_pages import RULE_PAGES
from lodestar.config import manage
from lodestar.kernel.reference_lists import Unreadable, list_files
from lodestar.reference.management.commands import reference_check
from tests.rules.meeting import met, someone


def test_a_file_is_found_from_the_callers_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.jsonl").write_text(json.dumps(met(someone(), reference="A1")) + "\n", encoding="utf-8")
    said = StringIO()
    call_command("assess", "one.jsonl", stdout=said)
    assert [json.loads(line)["reference"] for line in said.getvalue().splitlines()] == ["A1"]


def test_one_bad_line_is_exit_status_2_and_the_others_are_answered(tmp_path: Path) -> None:
    good = json.dumps(met(someone(), reference="A1"))
    (tmp_path / "two.jsonl").write_text(f"{good}\nno json\n{good}\n", encoding="utf-8")
    said = StringIO()
    with pytest.raises(CommandError, match="1 of 3") as bad:
        call_command("assess", str(tmp_path / "two.jsonl"), stdout=said)
    assert bad.value.returncode == 2
    assert ["errors" in json.loads(line) for line in said.getvalue().splitlines()] == [False, True, False]


def test_who_reads_no_further_hears_of_no_fault(tmp_path: Path) -> None:
    """`./lodestar assess FILE | head -1` ends quietly."""
    (tmp_path / "many.jsonl").write_text(f"{json.dumps(met(someone()))}\n" * 40, encoding="utf-8")
    asked = [sys.executable, "-m", "lodestar.config.manage", "assess", str(tmp_path / "many.jsonl")]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asking:
        assert asking.stdout is not None
        asking.stdout.close()
        assert asking.stderr is not None
        said = asking.stderr.read()
    assert (said, asking.returncode) == (b"", 128 + signal.SIGPIPE)


@pytest.mark.parametrize(("text", "word"), [(None, "No such file"), ("\n", "nothing in it")])
def test_no_file_or_nothing_in_it_is_one_sentence(tmp_path: Path, text: str | None, word: str) -> None:
    if text is not None:
        (tmp_path / "it").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=word) as bad:
        call_command("assess", str(tmp_path / "it"))
    assert bad.value.returncode == 2


def checked(on: str) -> tuple[str, Any]:
    """What the check says of a day, and its fault."""
    said = StringIO()
    try:
        call_command("reference_check", "--on", on, stdout=said)
    except CommandError as fault:
        return said.getvalue(), fault
    return said.getvalue(), None


def test_the_check_fails_once_a_review_is_past() -> None:
    said, fault = checked("2026-11-24")
    assert fault is None
    assert "cases/obligations:" in said
    said, fault = checked("2031-01-01")
    assert fault
    assert "fault: cases/obligations was to be reviewed by" in said


def test_a_list_in_another_encoding_is_one_fault_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "cases" / "reference" / "broken.toml"
    broken.parent.mkdir(parents=True)
    broken.write_bytes('title = "Café"'.encode("cp1252"))
    monkeypatch.setattr(reference_check, "list_files", lambda: (broken, *list_files()))
    said, fault = checked("2026-11-24")
    assert str(fault) == "1 fault in the reference data."
    assert [line for line in said.splitlines() if line.startswith("fault")] == [
        "fault: cases/broken is not in UTF-8: byte 12 is 0xe9"
    ]
    assert "cases/obligations:" in said


def test_a_list_that_cannot_be_read_at_the_start_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_arguments: list[str]) -> None:
        raise Unreadable("cases/settings is not in UTF-8: byte 2 is 0xff")

    monkeypatch.setattr("django.core.management.execute_from_command_line", broken)
    monkeypatch.setattr("sys.argv", ["manage", "reference_check"])
    with pytest.raises(SystemExit, match="fault: cases/settings is not in UTF-8"):
        manage.main()


def test_the_pages_of_rules_are_as_the_list_says() -> None:
    said = StringIO()
    call_command("rule_pages", "--dry-run", stdout=said)
    named = said.getvalue().split()
    assert all((RULE_PAGES / name).exists() for name in named)
