"""A sentence model of the operator's is used whole and as it was examined, or the start stops and says what to do."""

import importlib

import pytest
from django.core.exceptions import ImproperlyConfigured

from lodestar.config import checks, environment
from lodestar.knowledge.search import sentence_model
from lodestar.knowledge.search.sentence_model import Unfit, digest_of, examined
from tests.offenders import each

DIGEST = digest_of([b"network", b"words"])


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "model.onnx").write_bytes(b"network")
    (tmp_path / "tokenizer.json").write_bytes(b"words")
    return tmp_path


@each(("folder", "digest"), [("/models", ""), ("", DIGEST), ("/models", "abc"), ("models", DIGEST), ("/models", DIGEST.upper())])
def test_half_of_it_stops_the_start_with_the_command_that_tells_the_hash(monkeypatch, folder, digest):
    monkeypatch.setenv("LODESTAR_EMBEDDINGS", folder)
    monkeypatch.setenv("LODESTAR_EMBEDDINGS_SHA256", digest)
    with pytest.raises(ImproperlyConfigured, match=r"go together: .*cat model\.onnx tokenizer\.json \| sha256sum"):
        environment.embeddings()


def test_whole_settings_are_read_and_none_are_none(monkeypatch, tmp_path):
    assert environment.embeddings() is None
    monkeypatch.setenv("LODESTAR_EMBEDDINGS", str(tmp_path))
    monkeypatch.setenv("LODESTAR_EMBEDDINGS_SHA256", DIGEST)
    assert environment.embeddings() == (tmp_path, DIGEST)


def test_only_the_files_that_were_examined_are_opened(folder):
    assert examined(folder, DIGEST) == (b"network", b"words")
    (folder / "tokenizer.json").write_bytes(b"other")
    with pytest.raises(Unfit, match=r"not those of this hash.*cat model\.onnx tokenizer\.json \| sha256sum"):
        examined(folder, DIGEST)
    (folder / "model.onnx").unlink()
    with pytest.raises(Unfit, match=r"model\.onnx cannot be read"):
        examined(folder, DIGEST)


def test_a_start_without_its_packages_says_how_they_come(settings, folder, monkeypatch):
    def missing(name):
        raise ImportError(name=name)

    monkeypatch.setattr(importlib, "import_module", missing)
    settings.EMBEDDINGS = (folder, DIGEST)
    with pytest.raises(ImproperlyConfigured, match=r"not installed \(onnxruntime\).*requirements/embeddings\.txt\.$"):
        checks.refuse_unfit_model()


def test_a_file_that_is_no_model_stops_the_start(settings, folder, monkeypatch):
    monkeypatch.setattr(importlib, "import_module", lambda name: object())
    settings.EMBEDDINGS = (folder, DIGEST)
    with pytest.raises(ImproperlyConfigured, match="holds no sentence model that can be run"):
        checks.refuse_unfit_model()
    assert sentence_model.open_model.cache_info().currsize == 0


def test_without_a_model_nothing_of_it_is_opened(settings, monkeypatch):
    opened = []
    monkeypatch.setattr(importlib, "import_module", opened.append)
    settings.EMBEDDINGS = None
    checks.refuse_unfit_model()
    assert opened == []
