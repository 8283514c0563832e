"""What a coordinator keeps: the thesaurus and the facts that no longer hold; and the topic pages that come with Lodestar."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from django.db.models import Count, Max

from lodestar.guidance.models import StaleFact, ThesaurusEntry
from lodestar.guidance.rules.asking import Thesaurus
from lodestar.guidance.rules.nations import name_of
from lodestar.guidance.rules.situations import Situation, situation
from lodestar.guidance.rules.superseded import Fact
from lodestar.kernel.reference_lists import PACKAGE, reference_list
from lodestar.tenancy.request_cache import read_once
from lodestar.tenancy.within import current_tenant

_KEPT: dict[str | None, tuple[tuple[object, ...], Thesaurus]] = {}  # one a force, with what it was made from


def topic_files() -> list[Path]:
    """The files of the topic pages, by name."""
    return sorted((PACKAGE / "guidance" / "reference" / "topics").glob("*.md"))


def film_files() -> list[Path]:
    """The films that come with Lodestar, by name: beside each lie its captions and what is said of it."""
    return sorted((PACKAGE / "guidance" / "reference" / "films").glob("*.webm"))


def thesaurus() -> Thesaurus:
    """The thesaurus of the force, as it is used now. It is read anew when an entry has changed, and kept by the process."""
    return read_once("guidance.thesaurus", _thesaurus)


def _thesaurus() -> Thesaurus:
    used = ThesaurusEntry.objects.filter(is_used=True)
    stamp = (current_tenant(), *used.aggregate(last=Max("changed_at"), entries=Count("id")).values())
    found = _KEPT.get(current_tenant())
    if found is None or found[0] != stamp:
        found = (stamp, Thesaurus.of(used.values_list("says", "means", "both_ways")))
        _KEPT[current_tenant()] = found
    return found[1]


@cache
def situations() -> tuple[Situation, ...]:
    """What several words of a question mean together, as it ships."""
    rows = reference_list("guidance", "situations").rows
    lists = {row["code"]: row["any"] for row in rows if "any" in row}
    return tuple(
        situation(
            row["code"],
            [[phrase for one in side for phrase in lists.get(one, [one])] for side in row["sides"]],
            row["means"],
        )
        for row in rows
        if "sides" in row
    )


@cache
def publishers() -> Mapping[str, str]:
    """Of each publisher who writes for one nation alone, by name, that nation."""
    rows = reference_list("guidance", "publishers").rows
    return {name_of(name): row["nation"] for row in rows for name in row["names"]}


def facts() -> list[Fact]:
    """The facts that no longer hold, as the force keeps them."""
    return read_once("guidance.facts", _facts)


def _facts() -> list[Fact]:
    return [fact_of(row) for row in StaleFact.objects.filter(is_used=True).order_by("code")]


def fact_of(row: StaleFact) -> Fact:
    """A kept fact as its rule reads it."""
    return Fact(row.code, row.called, tuple(row.says), row.replaced_by, row.from_date)
