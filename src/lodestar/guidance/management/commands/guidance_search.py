"""`./lodestar guidance search "WORDS" [--json] [--limit N] [--force SLUG] [--nation CODE]`: what the library answers."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lodestar.guidance.actions import keep_search
from lodestar.guidance.queries.candidates import Wanted
from lodestar.guidance.queries.force import NoForce, force_named
from lodestar.guidance.queries.search import Result, find
from lodestar.kernel.typed import one_line
from lodestar.tenancy.within import within

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
        try:
            tenant = force_named(options["tenant"])
        except NoForce as none:
            raise CommandError(str(none)) from None
        with within(tenant):
            answer = find(question, on=timezone.localdate(), wanted=Wanted(nation=options["nation"]), limit=limit)
            keep_search(
                words=list(answer.words),
                dropped=answer.dropped,
                found=len(answer.results),
                has_answer=answer.has_answer,
            )
        found = answer.results
        if options["json"]:
            self.stdout.write(json.dumps([told(one) for one in found], ensure_ascii=False, indent=1))
            return
        if found and not answer.has_answer:
            self.stdout.write("These may not answer this well.")
        for one in found:
            self.stdout.write(_line(one))
        if not found:
            self.stdout.write("Nothing found. Ring the duty coordinator; what was looked for is on the library's list.")


def told(one: Result) -> dict[str, Any]:
    """One result as it is told to other programs."""
    document, passage = one.document, one.passage
    is_dated = document.published_on or document.valid_from
    in_force = one.in_force if is_dated or not one.in_force else None  # not known
    return {
        "document": document.file_name, "title": document.title, "page": passage.page if passage else None,
        "heading": passage.heading if passage else "", "passage": " ".join(passage.text.split()) if passage else "",
        "score": one.score, "less_close": not one.is_an_answer, "in_force": in_force, "warnings": list(one.warnings),
        "publisher": document.publisher, "origin": document.origin, "nation": document.nation,
        "url": one.url,
    }  # fmt: skip


def _line(one: Result) -> str:
    page = f", page {one.passage.page}" if one.passage and one.passage.page else ""
    text = one_line(one.passage.text)[:300] if one.passage else ""
    beside = "".join(f"\n  {warning}" for warning in one.warnings)
    return f"{one_line(one.document.title)} ({one_line(one.document.file_name)}{page}){beside}\n  {text}"
