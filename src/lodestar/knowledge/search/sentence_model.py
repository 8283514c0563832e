"""A sentence model that the operator supplies, run in this process: texts become vectors, and likeness of meaning an angle.

Its packages are an extra (`requirements/embeddings.txt`), so they are imported when a model is opened and never before.
Nothing is fetched and nothing leaves the process. Bytes that are not those the operator examined are not opened.
"""

import hashlib
import importlib
import os
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Protocol

FILES = ("model.onnx", "tokenizer.json")
MOST_TOKENS = 256  # of a text: a passage of 120 words has some 160
_FULL = 127  # the largest part of a vector, kept as one byte


class Unfit(ValueError):
    """The model cannot be used; the words are one line for the operator."""

    def __init__(self, why: str) -> None:
        super().__init__(f"LODESTAR_EMBEDDINGS cannot be used: {why}.")


class Model(Protocol):
    """What turns texts into vectors and compares them. `name` is the hash of its files: vectors of another mean nothing."""

    name: str

    def vectors(self, texts: Sequence[str]) -> list[bytes]:
        """Of each text its vector, packed to one byte a part."""

    def nearest(self, question: str, groups: Sequence[Sequence[bytes]]) -> list[tuple[int, float]]:
        """Of each group of packed vectors the place of the one nearest to the question, and how near it is (-1 to 1)."""


@cache
def open_model(folder: Path, digest: str) -> Model:
    """The model in a folder, whose files have this hash (`digest_of`); opened once in a process. Raises Unfit."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy's own threads wait for each other longer than they work here
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        runtime, cutter = (importlib.import_module(name) for name in ("onnxruntime", "tokenizers"))
        numbers = importlib.import_module("numpy")
    except ImportError as error:
        raise Unfit(
            f"its packages are not installed ({error.name}): ./lodestar does it, or"
            " pip install --no-deps --require-hashes -r requirements/embeddings.txt"
        ) from None
    network, words = examined(folder, digest)
    try:
        return _Onnx(digest, network, words, runtime, cutter, numbers)
    except Exception as error:  # whatever those packages raise for bytes that they cannot use
        raise Unfit(f"{folder} holds no sentence model that can be run ({type(error).__name__})") from error


def examined(folder: Path, digest: str) -> tuple[bytes, bytes]:
    """The bytes of the model's files, once they are those that the hash was taken of. Raises Unfit."""
    try:
        contents = tuple((folder / name).read_bytes() for name in FILES)
    except OSError as error:
        raise Unfit(f"{error.filename} cannot be read ({error.strerror})") from None
    if digest_of(contents) != digest:
        raise Unfit(
            f"the files in {folder} are not those of this hash. If they were changed on purpose, examine them and take it anew:"
            f" cd {folder} && cat {' '.join(FILES)} | sha256sum"
        )
    return contents[0], contents[1]


def digest_of(files: Sequence[bytes]) -> str:
    """SHA-256 of the files one after the other, as `cat model.onnx tokenizer.json | sha256sum` tells it."""
    whole = hashlib.sha256()
    for content in files:
        whole.update(content)
    return whole.hexdigest()


class _Onnx:
    """Runs it on one thread: a search costs what it costs, and the work behind leaves the other processors to people."""

    def __init__(self, name: str, network: bytes, words: bytes, runtime: Any, cutter: Any, numbers: Any) -> None:
        self.name, self._numbers = name, numbers
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False  # it would keep what the longest batch took
        options.log_severity_level = 4  # a warning of its may quote what it was given
        self._session = runtime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        self._wants = {model_input.name for model_input in self._session.get_inputs()}
        self._cutter = cutter.Tokenizer.from_buffer(words)
        self._cutter.enable_truncation(MOST_TOKENS)
        self._cutter.enable_padding()
        self._mean(["ready"])  # a model that gives no vectors shows it now

    def vectors(self, texts: Sequence[str]) -> list[bytes]:
        np = self._numbers
        means = self._mean(texts)
        largest = np.maximum(np.abs(means).max(axis=1, keepdims=True), 1e-12)
        return [row.tobytes() for row in np.rint(means * (_FULL / largest)).astype(np.int8)]

    def nearest(self, question: str, groups: Sequence[Sequence[bytes]]) -> list[tuple[int, float]]:
        np = self._numbers
        counts = [len(group) for group in groups]
        every = np.frombuffer(b"".join(vector for group in groups for vector in group), dtype=np.int8)
        rows = every.reshape(sum(counts), -1).astype(np.float32)
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)
        ends = np.cumsum(counts).tolist()
        spans = list(zip([0, *ends], ends, strict=False))
        (asked,) = self._mean([question])
        likeness = rows @ (asked / (self._numbers.linalg.norm(asked) or 1.0))
        places = [int(likeness[start:end].argmax()) for start, end in spans]
        return [(place, float(likeness[start + place])) for place, (start, _) in zip(places, spans, strict=True)]

    def _mean(self, texts: Sequence[str]) -> Any:
        """Of each text the mean of what the model gives for its tokens."""
        np = self._numbers
        cut = self._cutter.encode_batch(list(texts))
        inputs = {
            "input_ids": np.array([encoding.ids for encoding in cut], dtype=np.int64),
            "attention_mask": np.array([encoding.attention_mask for encoding in cut], dtype=np.int64),
            "token_type_ids": np.array([encoding.type_ids for encoding in cut], dtype=np.int64),
        }
        hidden = self._session.run(None, {name: value for name, value in inputs.items() if name in self._wants})[0]
        counted = inputs["attention_mask"][..., None].astype(np.float32)
        return (hidden * counted).sum(axis=1) / np.maximum(counted.sum(axis=1), 1)
