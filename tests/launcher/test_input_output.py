"""Input and output that are closed, full, or read no further: a command ends as any filter does, or says one line."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.launcher.clones import ROOT
from tests.launcher.test_serving import PYTHON, environment, run
from tests.offenders import each

NOT_WRITTEN = "The answer cannot be written: standard output is closed.\n"
FULL = "free some space and run the same command again.\n"
LACKING = [["assess"], ["referral", "check"], ["demo", "code"], ["import", "concerns"], ["admin", "create"]]
MORE_THAN_A_PIPE_HOLDS = 2_000_000


def through_a_shell(line: str, *words: object) -> "subprocess.CompletedProcess[str]":
    """Runs `line`, in which "$@" is the command."""
    arguments = ["sh", "-c", line, ROOT / "lodestar", ROOT / "lodestar", *words]
    return subprocess.run(arguments, env=environment(), capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """More encounters than a pipe holds the answers of."""
    path = tmp_path / "many.jsonl"
    path.write_text('{"reference": "A1"}\n' * 2000)
    return path


def answering(many: Path) -> list[list[object]]:
    """Commands that answer: one by the launcher, one by the application."""
    return [["db", "roles"], ["assess", many]]


@pytest.mark.long
@each("which", range(2))
def test_a_command_whose_reader_has_gone_ends_without_a_word(many, which):
    reading, writing = os.pipe()
    os.close(reading)
    command = [ROOT / "lodestar", *answering(many)[which]]
    ended = subprocess.run(command, env=environment(), stdout=writing, stderr=subprocess.PIPE, text=True, timeout=60, check=False)
    os.close(writing)
    assert (ended.returncode, ended.stderr) == (128 + signal.SIGPIPE, "")


@pytest.mark.long
@each("which", range(2))
@each(("to", "line"), [(">&-", NOT_WRITTEN), (">/dev/full", FULL)])
def test_an_answer_that_cannot_be_written_is_told_in_one_line(many, which, to, line):
    told = through_a_shell(f'"$@" {to}', *answering(many)[which])
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (1, "", 1)
    assert told.stderr.endswith(line)


def test_an_input_that_is_closed_is_told_in_one_line():
    told = through_a_shell('"$@" <&-', "assess", "-")
    line = "Standard input is closed: pipe in what is to be read.\n"
    assert (told.returncode, told.stdout, told.stderr) == (1, "", line)


@pytest.mark.long
@each(("words", "code"), [(["assess"], 2), (["referral", "pack", "--as", "pdf"], 1)])
def test_what_a_command_refuses_is_one_line_without_a_name_of_the_program_that_said_it(words, code):
    told = through_a_shell('"$@"', *words, "/nothing/of/that/name")
    assert (told.returncode, told.stdout, told.stderr) == (code, "", "/nothing/of/that/name: No such file or directory.\n")


@each(
    ("words", "said"),
    [
        (["assess", "-", "--no-such-thing"], "unrecognized arguments: --no-such-thing"),
        (["referral", "pack", "-", "--as", "odt"], "argument --as: invalid choice: 'odt'"),
        (["manage", "check", "--no-such-thing"], "unrecognized arguments: --no-such-thing"),
    ],
)
@pytest.mark.long
def test_an_option_that_a_command_does_not_know_is_told_in_one_line_and_without_a_usage_of_another_program(words, said):
    told = through_a_shell('"$@" </dev/null', *words)
    assert (told.returncode, told.stdout, told.stderr.count("\n")) == (1, "", 1)
    assert said in told.stderr
    assert "manage.py" not in told.stderr


def test_what_is_told_never_lands_among_the_answers_where_standard_error_is_closed():
    told = through_a_shell('"$@" 2>&-', "nonsense")
    assert (told.returncode, told.stdout, told.stderr) == (1, "", "")


def test_progress_that_cannot_be_written_does_not_stop_the_work():
    code = "from launcher.say import answer, progress; progress('At work.'); answer('Done.')"
    command = ["sh", "-c", '"$@" 2>/dev/full', PYTHON, PYTHON, "-B", "-c", code]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (told.returncode, told.stdout) == (0, "Done.\n")


def test_a_command_that_waits_for_input_ends_at_a_signal_without_a_word():
    waiting = subprocess.Popen(
        [ROOT / "lodestar", "assess", "-"], env=environment(), stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    waiting.stdin.write(" " * MORE_THAN_A_PIPE_HOLDS)  # done when the command has begun to read
    waiting.stdin.flush()
    waiting.send_signal(signal.SIGINT)
    assert waiting.wait(timeout=30) == 128 + signal.SIGINT  # its input stays open until then
    assert waiting.communicate()[1] == ""


@each("words", LACKING)
def test_a_command_that_lacks_its_words_names_them_before_anything_slow_is_done(words):
    told = run(*words)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith(f"lodestar: Say more: ./lodestar {' '.join(words)} ")
    assert told.stderr.count("\n") == 1
