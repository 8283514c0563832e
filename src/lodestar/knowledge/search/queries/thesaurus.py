"""The thesaurus of a force, and what several words of a question mean together."""

from functools import cache

from django.db.models import Count, Max

from lodestar.knowledge.search.models import ThesaurusEntry
from lodestar.knowledge.search.rules.asking import Situation, Thesaurus, situation
from lodestar.platform.tenancy.request_cache import read_once
from lodestar.platform.tenancy.tenant_transaction import current_tenant
from lodestar.platform.text.reference_lists import reference_list

_KEPT: dict[str | None, tuple[tuple[object, ...], Thesaurus]] = {}  # one a force, with what it was made from


def thesaurus() -> Thesaurus:
    """The thesaurus of the force, as it is used now. It is read anew when an entry has changed, and kept by the process."""
    return read_once("guidance.thesaurus", _thesaurus)


def _thesaurus() -> Thesaurus:
    used = ThesaurusEntry.objects.filter(is_used=True)
    stamp = (current_tenant(), *used.aggregate(last=Max("changed_at"), entries=Count("id")).values())
    cached = _KEPT.get(current_tenant())
    if cached is None or cached[0] != stamp:
        cached = (stamp, Thesaurus.of(used.values_list("says", "means", "both_ways")))
        _KEPT[current_tenant()] = cached
    return cached[1]


@cache
def situations() -> tuple[Situation, ...]:
    """What several words of a question mean together, as it ships."""
    rows = reference_list("search", "situations").rows
    lists = {row["code"]: row["any"] for row in rows if "any" in row}
    return tuple(
        situation(
            row["code"],
            [[phrase for entry in side for phrase in lists.get(entry, [entry])] for side in row["sides"]],
            row["means"],
        )
        for row in rows
        if "sides" in row
    )
