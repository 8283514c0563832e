"""The search of the guidance library in words: what was asked, what narrows it, and what stands before an answer."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from lodestar.design.words import slug
from lodestar.guidance.models.library import NATIONS
from lodestar.guidance.queries.candidates import Wanted
from lodestar.guidance.rules.asking import Concept

RING = ("duty_sergeant", "childrens_services", "duty_coordinator")
EVERYWHERE = "all"
HELD_BACK = "arrest"  # our own words never say it, and a list of what was searched for is ours


def wanted(params: Mapping[str, str], own_nation: str, topics: Collection[str]) -> Wanted:
    """What a search is narrowed to by what was sent; the nation is the force's own where none was said."""
    nation = params.get("nation", own_nation)
    by_code = {slug(name): name for name in topics}
    return Wanted(
        nation=nation if nation in NATIONS else "",
        topic=by_code.get(params.get("topic", ""), ""),
        only_in_force="in_force" in params,
    )


def narrowed(asked: Wanted, own_nation: str, topics: Collection[str]) -> dict[str, Any]:
    """The choices that narrow a search, with those that were made."""
    nations = [(EVERYWHERE, "Everywhere"), *NATIONS.items()]
    nation = asked.nation or EVERYWHERE
    topic_choices = [
        ("", "Any", ""),
        *((slug(name), f"{name[:1].upper()}{name[1:]}", name) for name in sorted(topics, key=str.lower)),
    ]
    return {
        "nations": tuple({"value": code, "label": name, "chosen": code == nation} for code, name in nations),
        "topics": tuple({"value": code, "label": words, "chosen": name == asked.topic} for code, words, name in topic_choices),
        "only_in_force": asked.only_in_force,
        "is_narrowed": asked != Wanted(nation=own_nation),
        "nation_words": NATIONS.get(asked.nation, "everywhere"),
    }


def everywhere_href(question: str) -> str:
    """The same question, asked of every nation's guidance."""
    return f"/guidance?{urlencode({'q': question, 'nation': EVERYWHERE, 'asked': question})}"


def searched_for(asked: Iterable[Concept], library_words: Collection[str]) -> str:
    """What was looked for, each with the first of what it means: only words that the library knows."""
    phrases = []
    for concept in asked:
        if not set(concept.words) & set(library_words):
            continue
        own = " ".join(concept.words)
        means = [" ".join(terms) for terms in list(concept.shown_by)[1:2] if HELD_BACK not in terms]
        if HELD_BACK not in own:
            phrases.append(f"{own} ({means[0]})" if means else own)
    return ", ".join(phrases)
