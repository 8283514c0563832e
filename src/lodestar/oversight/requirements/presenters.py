"""Requirements in words: the coverage matrix, and the evidence of one requirement."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from lodestar.oversight.requirements.access import may_open
from lodestar.oversight.requirements.evidence import KINDS, NONE, Evidence, Reference
from lodestar.oversight.requirements.models import Requirement
from lodestar.oversight.requirements.queries import CoverageRow
from lodestar.oversight.requirements.rules import COLOURS, REQUIREMENT_KINDS, STANDARDS, STATE_WORDS, best_state
from lodestar.platform.accounts.access import Member
from lodestar.platform.design.when import day
from lodestar.platform.design.words import shortened


def standard_name(code: str) -> str:
    """A standard as people call it; one of the force's own as it was written."""
    return STANDARDS.get(code, code)


def state_cell(state: str, words: str = "") -> dict[str, str]:
    """A state in words, with its colour."""
    return {"tag": STATE_WORDS[state], "colour": COLOURS[state], "words": words}


def verified_words(row: Requirement) -> str:
    """Whether its text was compared with its source."""
    return "text verified" if row.is_verified else "text not verified"


def _narrowed(query: str, **by: str) -> str:
    return f"?{urlencode(by)}&{query}"


def standard_links(standards: Iterable[str], current: str, query: str) -> list[dict[str, Any]]:
    """The standards of the register, each leading to its rows."""
    pairs = [("", "All"), *((code, standard_name(code)) for code in standards)]
    return [{"label": name, "href": _narrowed(query, standard=code), "current": code == current} for code, name in pairs]


def state_links(covered: Sequence[CoverageRow], standard: str, query: str) -> list[tuple[str, int, str]]:
    """How many requirements are in each state, each leading to those."""
    counts = Counter(row.state for row in covered)
    return [(words, counts[code], _narrowed(query, standard=standard, state=code)) for code, words in STATE_WORDS.items()]


def shown_kinds(rows: Iterable[CoverageRow]) -> list[str]:
    """The kinds of which there is any evidence here, in the order of columns."""
    used = {kind for row in rows for kind in row.evidence}
    return [code for code in KINDS if code in used]


def matrix_cells(rows: Iterable[CoverageRow], kinds: Sequence[str], query: str) -> list[list[Any]]:
    """A row for each requirement: what it is, how far it is evidenced, and by each kind."""
    return [
        [
            {"words": f"{row.requirement.code}. {shortened(row.requirement.text, 90)}",
             "more": f" ({verified_words(row.requirement)})", "href": f"/requirements/{row.requirement.id}?{query}"},
            state_cell(row.state),
            *(_kind_cell(row.evidence.get(kind, ())) for kind in kinds),
        ]
        for row in rows
    ]  # fmt: skip


def _kind_cell(evidence: Sequence[Evidence]) -> Any:
    if not evidence:
        return "None linked"
    state = best_state(each.state for each in evidence)
    of_it = sum(each.state == state for each in evidence)
    return f"{STATE_WORDS[state]} ({of_it} of {len(evidence)})" if len(evidence) > 1 else STATE_WORDS[state]


CSV_COLUMNS = ("Standard", "Code", "Edition", "Kind", "Text", "Verified", "State", "Evidence")


def csv_rows(rows: Iterable[CoverageRow]) -> Iterator[list[str]]:
    """The matrix as a file: a row for each requirement, its evidence in words with how each is read again."""
    for row in rows:
        what, every = row.requirement, (each for of_kind in row.evidence.values() for each in of_kind)
        evidence = "; ".join(f"{each.title}: {each.words} [{each.query}]" for each in every)
        yield [
            standard_name(what.standard), what.code, what.edition.isoformat(), REQUIREMENT_KINDS[what.kind], what.text,
            verified_words(what), STATE_WORDS[row.state], evidence,
        ]  # fmt: skip


def requirement_lines(row: Requirement) -> list[dict[str, str]]:
    """What a requirement is."""
    until = f" to {day(row.until)}" if row.until else ""
    pairs = (
        ("Standard", standard_name(row.standard)),
        ("Kind", REQUIREMENT_KINDS[row.kind]),
        ("Text", f"{row.text} ({verified_words(row)})"),
        ("Source", row.source),
        ("Edition", f"{day(row.edition)}{until}"),
    )
    return [{"key": key, "value": value} for key, value in pairs if value]


def evidence_cells(
    links: Iterable[tuple[Any, Reference]], evidence: Mapping[Reference, Evidence], member: Member, *, may_edit: bool
) -> list[list[Any]]:
    """What is linked to a requirement and what it shows; what is there no more is said so."""
    lines = []
    for link, (kind, key) in links:
        name, each = KINDS[kind].name if kind in KINDS else kind, evidence.get((kind, key))
        first = {
            "words": each.title if each else key,
            "more": f" ({name.lower()})",
            "href": each.href if each and may_open(member, each.href) else "",
        }
        shown = (state_cell(each.state), each.words) if each else (state_cell(NONE), "No longer in the records")
        lines.append([first, *shown, *([{"words": "Take it away", "href": f"/requirements/links/{link}"}] if may_edit else [])])
    return lines
