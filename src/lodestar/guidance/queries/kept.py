"""What a coordinator keeps: the thesaurus and the facts that no longer hold; and the topic pages that come with Lodestar."""

from pathlib import Path

from lodestar.guidance.models import StaleFact, ThesaurusEntry
from lodestar.guidance.rules.asking import Thesaurus
from lodestar.guidance.rules.stale import Fact
from lodestar.kernel.reference_lists import PACKAGE
from lodestar.tenancy.within import once


def topic_files() -> list[Path]:
    """The files of the topic pages, by name."""
    return sorted((PACKAGE / "guidance" / "reference" / "topics").glob("*.md"))


def thesaurus() -> Thesaurus:
    """The thesaurus of the force, as it is used now."""
    rows = ThesaurusEntry.objects.filter(is_used=True).values_list("says", "means", "both_ways")
    return once("guidance.thesaurus", lambda: Thesaurus.of(rows))


def facts() -> list[Fact]:
    """The facts that no longer hold, as the force keeps them."""
    return once("guidance.facts", _facts)


def _facts() -> list[Fact]:
    return [
        Fact(row.code, row.called, tuple(row.says), tuple(row.near), tuple(row.unless), row.replaced_by, row.from_date)
        for row in StaleFact.objects.filter(is_used=True).order_by("code")
    ]
