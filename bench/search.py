"""`bench/search [FOLDER] [--sizes 1000,10000,100000]`: how well the library answers the judged queries, and how fast.

Relevance is counted over Lodestar's own topic pages and, where a FOLDER of papers is given, those papers too, whole and cut
into parts of mixed length; only the half of the queries that was set aside counts. Plain BM25 over passages of 120 words is
told of the same run, and for how many questions without an answer (`judged/unanswered.jsonl`) *may not answer* is said.
Budgets: nDCG@10 at least 1.4 times BM25's; said for half of those; p95 at most 100 ms at 100,000 passages; at most 1.5 times
slower for ten times the passages; a common single word at most twice the median.
"""

import hashlib
import json
import re
import statistics
import sys
import time
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from math import log, log2
from pathlib import Path
from random import Random

from bench.scenery import load, processor_ms, seed, set_up, spread, tidy

JUDGED = Path(__file__).with_name("judged") / "queries.jsonl"
JUDGED_ON = "25 November 2026"
MORE = JUDGED.with_name("more.jsonl")  # to be looked at while the search is written, as the tuned half is
UNANSWERED = JUDGED.with_name("unanswered.jsonl")
FIRST = JUDGED.with_name("first_answers.jsonl")  # what has to come first, of the topic pages alone
PASSAGES_EACH = 60  # of an invented document
LENGTHS = (1, 1, 2, 2, 4, 8, 16, 32)  # pages of a part, where papers are cut into parts; drawn by SEED
SEED = 0
BUDGET_MS, GROWTH, COMMON = 100, 1.5, 2.0


def main(words: Sequence[str]) -> None:
    asked = ArgumentParser(prog="bench/search")
    asked.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    asked.add_argument("--sizes", default="1000,10000,100000")
    given = asked.parse_args(words)
    folders, sizes = [folder for folder in given.folders if folder.is_dir()], given.sizes
    set_up()
    seed(1)
    print(load())
    queries = [json.loads(line) for line in JUDGED.read_text().splitlines()]
    print(f"judged queries: sha256 {hashlib.sha256(JUDGED.read_bytes()).hexdigest()[:16]}, committed {JUDGED_ON}")
    more = [json.loads(line) for line in MORE.read_text().splitlines()] if folders else []  # they ask of the papers
    first_answers()
    relevance([*queries, *more], folders)
    speed([query["query"] for query in queries], [int(size) for size in sizes.split(",") if size])
    print(load())


# --- how well -----------------------------------------------------------------------------------------------------------


def read_all(folders: Sequence[Path]) -> dict[str, tuple[bytes, dict]]:
    """The topic pages and the papers, read as an import reads them."""
    from lodestar.knowledge.library.queries.essentials import topic_files
    from lodestar.platform.files.document_text import read_document

    files = [*topic_files(), *(path for folder in folders for path in sorted(folder.iterdir()) if path.is_file())]
    return {path.name: (content := path.read_bytes(), read_document(content, path.suffix[1:])) for path in files}


def cut(documents: dict[str, tuple[bytes, dict]]) -> tuple[dict[str, tuple[bytes, dict]], dict[str, set[int]]]:
    """The same with each paper cut into parts of mixed length, as if each were a paper of its own, and the pages of each part."""
    found, pages_of, random = {}, {}, Random(SEED)
    for name, (content, read) in documents.items():
        pages = sorted({page for page, _, _ in read["blocks"]}) if read["pages"] else []
        if len(pages) <= max(LENGTHS[:5]):
            found[name] = (content, read)
            continue
        start = 0
        while start < len(pages):
            part = f"{name}@{pages[start]}"
            pages_of[part] = set(pages[start : (start := start + random.choice(LENGTHS))])
            blocks = [block for block in read["blocks"] if block[0] in pages_of[part]]
            title = f"Part {len(pages_of)}"
            found[part] = (content + part.encode(), {**read, "blocks": blocks, "title": title, "outline": []})
    return found, pages_of


def grades(query: dict, names: Collection[str], pages_of: dict[str, set[int]]) -> dict[str, int]:
    """What answers a query, of the documents that are there, with its grade."""
    found: dict[str, int] = {}
    for answer in query["answers"]:
        pages = set(answer.get("pages", ()))
        parts = [part for part in pages_of if part.startswith(f"{answer['document']}@") and pages & pages_of[part]]
        for part in [answer["document"], *parts]:
            if part in names:
                found[part] = max(found.get(part, 0), answer["grade"])
    return found


def relevance(queries: Sequence[dict], folders: Sequence[Path]) -> None:
    """Both ways to count: whole documents, and papers cut into parts of mixed length."""
    whole = read_all(folders)
    for name, (documents, pages_of) in (("documents", (whole, {})), ("documents and parts of mixed length", cut(whole))):
        told, unanswered = compared(queries, documents, pages_of)
        for half in ("held", "tuned", "more"):
            rows = told[half]
            if not rows:
                continue
            ours, plain = ([sum(row[i][k] for row in rows) / len(rows) for k in range(3)] for i in (0, 1))
            mark = "COUNTS" if half == "held" else "seen while it was written"
            has_answer = sum(row[2] for row in rows)
            half = "more queries" if half == "more" else f"{half} half"
            print(
                f"{len(documents)} {name}, {half} ({len(rows)} queries, {mark}):"
                f" nDCG@10 {ours[0]:.3f} against BM25 {plain[0]:.3f} = {ours[0] / plain[0]:.2f} times (budget 1.4);"
                f" recall@10 {ours[1]:.3f} against {plain[1]:.3f}; nothing in the first ten"
                f" {ours[2] * len(rows):.0f} against {plain[2] * len(rows):.0f};"
                f" may not answer is said for {len(rows) - has_answer}"
            )
        for half, said in unanswered.items():
            count = f"{sum(said)} of {len(said)}"
            print(f"{len(documents)} {name}, {half} half without an answer: may not answer is said for {count}")


def first_answers() -> None:
    """How often the first answer of the topic pages is right, and how often *may not answer* is said instead."""
    from django.utils import timezone

    from lodestar.knowledge.library.queries.library import editor_named
    from lodestar.knowledge.publishing.actions.stock import stock
    from lodestar.knowledge.search.queries.search import find
    from lodestar.platform.tenancy.tenant_transaction import within

    by = editor_named("", "")
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    with within(by.tenant):
        stock(by=by, at=timezone.now())
        for query in map(json.loads, FIRST.read_text().splitlines()):
            answer = find(query["query"], on=timezone.localdate())
            is_right = any(result.document.file_name in query["first"] for result in answer.results[:1])
            said = "right" if is_right else "wrong" if answer.has_answer else "said to have none"
            counted[f"{query['half']}, {'with' if query['first'] else 'without'} an answer"][said] += 1
    for half, verdicts in counted.items():
        print(f"first answers, {half}: {', '.join(f'{count} {said}' for said, count in verdicts.most_common())}")


def compared(
    queries: Sequence[dict], documents: dict[str, tuple[bytes, dict]], pages_of: dict[str, set[int]]
) -> tuple[dict[str, list], dict[str, list[bool]]]:
    """Of each half, for each query, the measures of ours and of plain BM25, and whether an answer is said to be there; and of
    each question without an answer, whether that is said. What it writes is taken back."""
    from django.db import transaction
    from django.utils import timezone

    from lodestar.knowledge.library.queries.essentials import film_files
    from lodestar.knowledge.library.queries.library import editor_named
    from lodestar.knowledge.publishing.actions.intake import About, take_in
    from lodestar.knowledge.publishing.actions.stages import publish
    from lodestar.knowledge.publishing.actions.stock import stock
    from lodestar.knowledge.search.actions import count_terms
    from lodestar.knowledge.search.queries.search import find
    from lodestar.platform.tenancy.tenant_transaction import within

    by = editor_named("", "")
    found: dict[str, list] = defaultdict(list)
    unanswered: dict[str, list[bool]] = defaultdict(list)
    ranker = Bm25({name: read for name, (_, read) in documents.items()})
    with within(by.tenant):
        stock(by=by, at=timezone.now())
        for name, (content, read) in documents.items():
            taken = take_in(by=by, at=timezone.now(), file_name=name, content=content, read=read, about=About())
            if taken.is_new:
                publish(by=by, at=timezone.now(), version=taken.version, alone=True, count=False)
        count_terms()
        most = 10 + len(film_files())  # the films are no part of what either is asked about
        for query in queries:
            graded = grades(query, documents, pages_of)
            if graded:
                answer = find(query["query"], on=timezone.localdate(), limit=most)
                order = [one.document.file_name for one in answer.results if one.document.file_name in documents]
                plain = measures(ranker.search(query["query"]), graded)
                found[query["half"]].append((measures(order[:10], graded), plain, answer.has_answer))
        for query in map(json.loads, UNANSWERED.read_text().splitlines()):
            answer = find(query["query"], on=timezone.localdate(), limit=most)
            unanswered[query["half"]].append(not answer.has_answer)
        transaction.set_rollback(True)
    return found, unanswered


def measures(order: Sequence[str], graded: dict[str, int]) -> tuple[float, float, float]:
    """nDCG@10, recall@10, and whether nothing that answers is in the first ten."""
    gained = sum((2 ** graded.get(name, 0) - 1) / log2(place + 2) for place, name in enumerate(order[:10]))
    best = sorted(graded.values(), reverse=True)[:10]
    ideal = sum((2**grade - 1) / log2(place + 2) for place, grade in enumerate(best))
    hit = len(set(order[:10]) & set(graded))
    return gained / ideal, hit / len(graded), float(not hit)


class Bm25:
    """What is compared with: BM25 (k1 1.2, b 0.75) over passages of 120 words; a document is worth its best one."""

    def __init__(self, documents: dict[str, dict]) -> None:
        self.passages: list[tuple[str, Counter[str]]] = []
        for name, read in documents.items():
            words = self.words(" ".join(text for _, _, text in read["blocks"]))
            self.passages += [(name, Counter(words[start : start + 120])) for start in range(0, len(words), 120)]
        self.having = Counter(word for _, counts in self.passages for word in counts)
        self.usual = sum(sum(counts.values()) for _, counts in self.passages) / len(self.passages)

    @staticmethod
    def words(text: str) -> list[str]:
        return re.findall(r"[a-z0-9]+", text.lower())

    def search(self, question: str) -> list[str]:
        best: dict[str, float] = defaultdict(float)
        for name, counts in self.passages:
            length = 1.2 * (0.25 + 0.75 * sum(counts.values()) / self.usual)
            worth = sum(
                self.rarity(word) * counts[word] * 2.2 / (counts[word] + length)
                for word in self.words(question)
                if word in counts
            )
            best[name] = max(best[name], worth)
        return [name for name in sorted(best, key=lambda name: -best[name]) if best[name] > 0]

    def rarity(self, word: str) -> float:
        return log(1 + (len(self.passages) - self.having[word] + 0.5) / (self.having[word] + 0.5))


# --- how fast -----------------------------------------------------------------------------------------------------------


def speed(questions: Sequence[str], sizes: Sequence[int]) -> None:
    """Fills the library with invented documents to each size and asks every question twice."""
    from django.utils import timezone

    from lodestar.knowledge.library.queries.library import editor_named
    from lodestar.knowledge.publishing.actions.stock import stock
    from lodestar.knowledge.search.queries.search import find
    from lodestar.platform.tenancy.tenant_transaction import within

    by = editor_named("", "")
    with within(by.tenant):
        stock(by=by, at=timezone.now())
    maker, before = Maker(by), 0.0
    for size in sizes:
        maker.fill_to(size)
        took: list[float] = []
        common: list[float] = []
        worked: list[float] = []
        for question, kept in [*[(one, took) for one in questions * 2], *[("victim", common)] * 20]:
            with within(by.tenant):
                at_work, began = processor_ms(), time.perf_counter()
                find(question, on=timezone.localdate())
                kept.append((time.perf_counter() - began) * 1000)
                worked.append(processor_ms() - at_work)
        at_95 = sorted(took)[int(len(took) * 0.95)]
        growth = f", {at_95 / before:.2f} times the size before (budget {GROWTH})" if before else ""
        times = statistics.median(common) / statistics.median(took)
        print(
            f"{size} passages: {spread(took)} (budget p95 {BUDGET_MS} ms at 100,000){growth};"
            f" a common single word {times:.2f} times the median (budget {COMMON}); of a processor {spread(worked)}"
        )
        before = at_95


class Maker:
    """Invents documents: words as common as words are, and among them those that officers' guidance is made of."""

    def __init__(self, by) -> None:
        from lodestar.knowledge.library.queries.essentials import topic_files

        self.by, self.random, self.made = by, Random(1), 0
        told = Counter(Bm25.words(" ".join(path.read_text() for path in topic_files())))
        invented = {"".join(self.random.choices("aeioubdfglmnprst", k=self.random.randint(4, 9))): 0 for _ in range(12_000)}
        self.words = [*told, *invented]
        self.weights = [*(count * 40 for count in told.values()), *(4_000 / (place + 20) for place in range(len(invented)))]

    def fill_to(self, passages: int) -> None:
        """Makes documents until there are so many passages, and counts the terms."""
        from lodestar.knowledge.search.actions import count_terms
        from lodestar.platform.tenancy.tenant_transaction import within

        while self.made < passages:
            with within(self.by.tenant):
                self.document()
                self.made += PASSAGES_EACH
        with within(self.by.tenant):
            count_terms()
        tidy("search_posting", "search_term", "library_document", "library_version", "library_passage")

    def document(self) -> None:
        from django.utils import timezone

        from lodestar.knowledge.library.models import Document, Passage, Version
        from lodestar.knowledge.search.actions import index_version

        now, number = timezone.now(), self.made
        document = Document.objects.create(
            file_name=f"invented-{number}.pdf", title=self.text(8), created_at=now, created_by_id=self.by.user
        )
        version = Version.objects.create(
            document=document, number=1, state="published", digest=f"{number:064x}", media_type="application/pdf",
            size=1, passages=PASSAGES_EACH, is_alone=True, added_at=now, added_by_id=self.by.user, published_at=now,
            published_by_id=self.by.user,
        )  # fmt: skip
        Passage.objects.bulk_create(
            Passage(version=version, number=place, page=place // 3 + 1, text=self.text(110)) for place in range(PASSAGES_EACH)
        )
        index_version(version, count=False)

    def text(self, length: int) -> str:
        return " ".join(self.random.choices(self.words, self.weights, k=length))


if __name__ == "__main__":
    main(sys.argv[1:])
