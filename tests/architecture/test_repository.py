"""Truths about the repository as a whole."""

import os
import re
import tomllib
from pathlib import Path

from tests.architecture.reading import ROOT, name_of, python_files
from tests.offenders import each

TEXT = {".py", ".md", ".toml", ".jinja", ".css", ".scss", ".js", ".json", ".jsonl", ".txt", ".csv", "", ".svg"}
MACHINE = re.compile(
    r"(?<![\w.>-])/(?:work|home|root|Users)/[a-z]|\b[A-Z]:\\(?:Users|Windows)|/tmp/\w|localhost:\d+/(?:simple|pypi)",
    re.IGNORECASE,
)
UNDONE = re.compile(r"\b(?:TODO|FIXME|XXX|HACK|WIP)\b")


NOT_OURS = {"var", "node_modules", "__pycache__", "built"}


def kept_files():
    """The files of the repository, wherever it was unpacked: without what is built, installed or hidden."""
    found = []
    for folder, inside, names in os.walk(ROOT):
        inside[:] = [name for name in inside if name not in NOT_OURS and (name[0] != "." or name == ".ci")]
        found += [Path(folder, name) for name in names if Path(name).suffix in TEXT and name != "package-lock.json"]
    return sorted(found)


FILES = kept_files()


@each("path", FILES, ids=name_of)
def test_a_file_names_no_machine_and_leaves_nothing_for_later(path):
    if path.name == "test_repository.py":
        return
    text = path.read_text()
    for number, line in enumerate(text.splitlines(), 1):
        assert not UNDONE.search(line), f"line {number}: {line.strip()[:80]}"
        found = MACHINE.search(line)
        assert not found or allowed(path), f"line {number}: {line.strip()[:80]}"
    assert text.endswith("\n") or not text
    assert "\r" not in text


def allowed(path):
    """Where the launcher means the folders of any Debian."""
    return path.is_relative_to(ROOT / "launcher") or path.is_relative_to(ROOT / "tests" / "launcher")


@each("path", python_files(), ids=name_of)
def test_what_is_silenced_says_what_and_why(path):
    if path.name == "test_repository.py":
        return
    for number, line in enumerate(path.read_text().splitlines(), 1):
        for mark in re.finditer(r"#\s*(noqa|type:\s*ignore|nosec|pragma: no cover)(.*)", line):
            kind, rest = mark[1], mark[2]
            code = {"noqa": r":\s*[A-Z]+\d+", "nosec": r"\s*B\d+", "pragma: no cover": r""}.get(kind, r"\[[a-z-]+")
            assert re.match(code, rest), f"line {number}: which fault is silenced?"
            if not path.is_relative_to(ROOT / "tests"):
                assert re.search(r"#|\s-\s|:\s*\w+\s+\w+", rest), f"line {number}: why?"


def test_every_direct_dependency_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text()
    project = tomllib.loads(text)["project"]
    names = [*project["dependencies"], *(name for more in project["optional-dependencies"].values() for name in more)]
    for name in names:
        assert re.search(rf'^\s*"{re.escape(name)}",\s*#\s+\S.{{4,}}$', text, re.MULTILINE), name


def test_nothing_is_installed_without_a_hash():
    for path in (ROOT / "requirements").glob("*.txt"):
        text = re.sub(r"\\\n\s*", " ", path.read_text())
        for line in text.splitlines():
            if line.strip() and not line.lstrip().startswith("#"):
                assert "==" in line, line[:60]
                assert "--hash=sha256:" in line, line[:60]
        assert "://" not in text


def test_no_secret_lies_in_the_repository():
    secret = re.compile(
        r"-----BEGIN [A-Z ]*PRIVATE KEY|(?:password|secret|token)\s*[:=]\s*[\"'][A-Za-z0-9+/_-]{24,}[\"']", re.IGNORECASE
    )
    assert [name_of(path) for path in FILES if secret.search(path.read_text()) and path.name != "test_repository.py"] == []


def test_the_papers_that_people_look_for_are_there():
    for name in ("README.md", "DEVELOPERS.md", "LICENSE", "docs/architecture.md", ".ci/run"):
        assert (ROOT / name).exists(), name
    for path in (ROOT / "docs" / "adr").glob("*.md"):
        assert re.match(r"# \d+\. .+\n\n\*\*Context\.\*\*", path.read_text()), name_of(path)


def test_every_link_between_papers_leads_somewhere():
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", path.read_text()):
            assert (path.parent / target).exists(), f"{name_of(path)}: {target}"
        for target in re.findall(
            r"`((?:docs|src|tests|launcher|frontend|requirements(?!/reference))/[\w./-]+)`", path.read_text()
        ):
            assert (ROOT / target).exists() or "<" in target, f"{name_of(path)}: {target}"
