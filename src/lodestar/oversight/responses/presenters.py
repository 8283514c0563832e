"""Responses in words: the list, how far each recommendation is answered, its paragraphs and the evidence to choose from."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from lodestar.oversight.recommendations.models import Recommendation
from lodestar.oversight.requirements.evidence import Evidence, Reference
from lodestar.oversight.responses.models import Paragraph, Response
from lodestar.oversight.responses.rules import paragraphs as rules
from lodestar.oversight.responses.rules.documents import STATES, paragraph_words
from lodestar.platform.design.when import day, day_time

PROGRESS = {"empty": ("Nothing written", "grey"), "marked": ("Marked", "yellow"), "drafted": ("Drafted, no action yet", "blue"),
            "ready": ("Ready", "green")}  # fmt: skip


def response_cells(responses: Iterable[Response]) -> list[list[Any]]:
    """The responses, each with how far it is."""
    return [
        [{"words": row.report.title, "href": f"/responses/{row.id}"}, rules.STEP_WORDS[row.state], day(row.report.published_on)]
        for row in responses
    ]


def progress_cells(response: Response, rows: Iterable[Recommendation], paragraphs: Sequence[Paragraph]) -> list[list[Any]]:
    """The recommendations with how far each is answered, and governance."""
    cells = []
    for code, key, text in [*((row.code, row.id, row.text) for row in rows), ("governance", None, "How the work is led")]:
        own = [each for each in paragraphs if each.recommendation_id == key]
        state = rules.progress_of([each.kind for each in own], [each.mark for each in own], answers=key is not None)
        tag, colour = PROGRESS[state]
        name = {"words": code.capitalize(), "href": f"/responses/{response.id}/parts/{code}"}
        cells.append([name, text, {"tag": tag, "colour": colour}])
    return cells


def version_cells(response: Response, versions: Sequence[Any]) -> list[list[Any]]:
    """The frozen versions, each with the way to what changed since the one before."""
    here = f"/responses/{response.id}"
    return [
        [{"words": f"Version {row.number}", "href": f"{here}/documents/briefing?version={row.number}"},
         rules.STEP_WORDS[row.step] + (f": {row.note}" if row.note else ""), f"{day_time(row.stored_at)}, {row.stored_by.name}",
         {"words": "What changed", "href": f"{here}/versions/{row.number}"} if row.number > 1 else ""]
        for row in versions
    ]  # fmt: skip


def paragraph_lines(content: rules.Content) -> list[dict[str, Any]]:
    """Paragraphs for a page: the kind, what it says with its evidence, its mark, and numbers in the author's words alone."""
    evidence = rules.evidence_of(content)
    return [
        row | {"title": rules.KINDS[row["kind"]], "said": paragraph_words(row | {"mark": ""}, evidence).split("\n"),
               "tag": rules.MARKS.get(row["mark"], ""),
               "item_due": day(date.fromisoformat(row["item_due_on"])) if row["item_due_on"] else ""}
        for row in content["paragraphs"]
    ]  # fmt: skip


def evidence_choices(
    offered: Iterable[Reference], evidence: Mapping[Reference, Evidence], more: Iterable[tuple[str, str, str]]
) -> list[tuple[str, str]]:  # fmt: skip
    """The evidence to choose from: what is offered first with what it says, then more by its title (kind, key, title)."""
    first = {
        f"{kind}:{key}": f"{evidence[kind, key].title}: {evidence[kind, key].words} ({STATES[evidence[kind, key].state]})"
        for kind, key in offered
        if (kind, key) in evidence
    }
    rest = {f"{kind}:{key}": title for kind, key, title in more}
    return [*first.items(), *(each for each in rest.items() if each[0] not in first)]
