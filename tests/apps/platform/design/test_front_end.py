"""The build of the front end, and what it leaves."""

import gzip
import importlib.util
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from tests.offenders import each

ROOT = Path(__file__).resolve().parents[4]


@pytest.fixture(scope="module")
def build():
    spec = importlib.util.spec_from_file_location("front_end_build", ROOT / "frontend/build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def lock():
    return json.loads((ROOT / "package-lock.json").read_text())["packages"]


def test_the_lock_file_keeps_versions_and_hashes_only(lock):
    for name, package in lock.items():
        assert not {"resolved", "funding"} & set(package), name
        assert name == "" or package["integrity"].startswith("sha512-"), name


def test_versions_are_exact(lock):
    named = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in named.values())
    assert {name: lock[f"node_modules/{name}"]["version"] for name in named} == named


def test_govuk_frontend_is_the_release_that_our_components_follow(lock):
    described = importlib.util.find_spec("govuk_frontend_jinja").origin
    site = Path(described).parents[1]
    metadata = next(site.glob("govuk_frontend_jinja-*.dist-info")).joinpath("METADATA").read_text()
    own = re.search(r"^Version: (.+)$", metadata, re.MULTILINE).group(1)
    followed = re.search(rf"\| \[{re.escape(own)}\][^|]*\| \[([\d.]+)\]", metadata).group(1)
    assert lock["node_modules/govuk-frontend"]["version"] == followed


def test_the_built_files_are_light():
    weights = {
        name: len(gzip.compress(Path(finders.find(f"design/built/{name}")).read_bytes())) for name in ("style.css", "app.js")
    }
    assert weights["app.js"] <= 25_000, weights
    assert weights["style.css"] <= 16_000, weights


@each("words", ["sourceMappingURL=a.map", "@font-face{}", '"GDS Transport"', "url(/assets/x)", "govuk-crest.svg"])
def test_what_must_not_be_served_stops_the_build(build, tmp_path, words):
    (tmp_path / "style.css").write_text(f"a{{}}{words}")
    (tmp_path / "app.js").write_text("")
    with pytest.raises(build.CannotBuild, match=r"style\.css holds"):
        build.check(tmp_path)


def test_a_second_build_does_nothing(build):
    assert build.build() == "The front end is built already."


def test_a_changed_source_is_noticed(build, monkeypatch, tmp_path):
    before = build.fingerprint()
    other = tmp_path / "htmx-2.min.js"
    other.write_text("another htmx")
    monkeypatch.setattr(build, "htmx", lambda: other)
    assert build.fingerprint() != before


def test_without_node_one_line_says_what_to_do(build, monkeypatch, capsys):
    monkeypatch.setattr(build.shutil, "which", lambda name: None)
    monkeypatch.setattr(build.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(build, "build", build.find_node)
    assert build.main([]) == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "Node 18 or newer" in said


def test_gathered_files_are_named_by_content_and_gzipped(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "lodestar.platform.design.storage.GzippedStaticFiles"}}
    call_command("collectstatic", "--no-input", verbosity=0)
    built = tmp_path / "design/built"
    (sheet,) = built.glob("style.????????????.css")
    assert gzip.decompress(Path(f"{sheet}.gz").read_bytes()) == sheet.read_bytes()
    assert not list(built.glob("*.br"))
    (image,) = re.findall(r"url\(\"?([^)\"]+)\"?\)", sheet.read_text())
    assert (built / image).is_file()
