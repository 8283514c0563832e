"""`./lodestar guidance search "WORDS" [--json] [--limit N] [--force SLUG] [--nation CODE]`: what the library answers."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.knowledge.library.queries.library import force_named
from lodestar.knowledge.search.actions import keep_search
from lodestar.knowledge.search.queries.search import Result, find
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.text.text_normalise import one_line

LONGEST = 1_000  # characters of a question
MOST = 1000  # documents that may be asked for


class Command(BaseCommand):
    """One transaction: the answer, and the words of the question that may be kept."""

    help = "Searches the guidance library in an officer's own words."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("question", nargs="+")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--limit", type=int, default=10)
        parser.add_argument("--force", dest="tenant", default="")
        parser.add_argument("--nation", default="")
        parser.add_argument("--own", action="store_true", help="as without it: Lodestar's own topic pages are always searched")

    def handle(self, *args: Any, **options: Any) -> None:
        question, limit = " ".join(options["question"])[:LONGEST], options["limit"]
        if not 1 <= limit <= MOST:
            raise CommandError(f"--limit is a number from 1 to {MOST}.")
        tenant = force_named(options["tenant"])
        with within(tenant):
            answer = find(question, on=timezone.localdate(), nation=options["nation"], limit=limit)
            keep_search(
                words=list(answer.words), dropped=answer.dropped, result_count=len(answer.results), has_answer=answer.has_answer
            )
        results = answer.results
        if options["json"]:
            self.stdout.write(json.dumps([result_json(result) for result in results], ensure_ascii=False, indent=1))
            return
        if results and not answer.has_answer:
            self.stdout.write("These may not answer this well.")
        for result in results:
            self.stdout.write(_line(result))
        if not results:
            self.stdout.write("Nothing found. Ring the duty coordinator; what was looked for is on the library's list.")


def result_json(result: Result) -> dict[str, Any]:
    """One result as it is told to other programs."""
    document, passage = result.document, result.passage
    is_dated = document.published_on or document.valid_from
    in_force = result.in_force if is_dated or not result.in_force else None  # not known
    return {
        "document": document.file_name, "title": document.title, "page": passage.page if passage else None,
        "heading": passage.heading if passage else "", "passage": " ".join(passage.text.split()) if passage else "",
        "score": result.score, "less_close": not result.is_an_answer, "in_force": in_force, "warnings": list(result.warnings),
        "publisher": document.publisher, "origin": document.origin, "nation": document.nation,
        "url": result.url,
    }  # fmt: skip


def _line(result: Result) -> str:
    page = f", page {result.passage.page}" if result.passage and result.passage.page else ""
    text = one_line(result.passage.text)[:300] if result.passage else ""
    beside = "".join(f"\n  {warning}" for warning in result.warnings)
    return f"{one_line(result.document.title)} ({one_line(result.document.file_name)}{page}){beside}\n  {text}"
