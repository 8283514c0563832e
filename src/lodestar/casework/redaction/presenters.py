"""Texts to check before they leave, in words: the sentences in which something is marked, and the boxes that go with each."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from lodestar.casework.cases.models import Person
from lodestar.casework.redaction.access import CheckedText, Subject
from lodestar.casework.safe_addresses.access import may_see_address
from lodestar.platform.accounts.access import Member
from lodestar.platform.design.words import quoted
from lodestar.platform.names.highlighting import Match, may_keep, sentence_of

KINDS = {
    "name": "name", "telephone": "telephone number", "email": "e-mail address", "address": "part of an address",
    "postcode": "postcode", "birth": "date of birth", "reference": "reference", "passport": "passport number",
    "national_insurance": "National Insurance number", "plate": "vehicle number plate",
}  # fmt: skip
HIDDEN = "This sentence may show where someone is: rewrite it"
MOST_SENTENCES = 12  # shown of one text


def keep_words(match: Match, use: str) -> str:
    """A match as it is ticked."""
    not_them = " is someone or something else" if may_keep(match, use) == "not_them" else " stays"
    return f"{quoted(match.typed)} ({KINDS[match.kind]}){not_them}"


def items(form: Any, member: Member, subject: Subject) -> list[dict[str, Any]]:
    """The texts of the form, as this reader may be shown them."""
    whose = {match.person for matches in form.matches.values() for match in matches if match.owner == "place"}
    people = (subject.people or Person.objects.filter(case=subject.case)) if whose else ()
    seen = {str(person.id) for person in people if str(person.id) in whose and may_see_address(member, person)}
    return [_item(form, checked_text, seen) for checked_text in form.open]


def _item(form: Any, checked_text: CheckedText, seen: Collection[str]) -> dict[str, Any]:
    name = checked_text.leaving.field
    sentences = list(_sentences(form.texts[name], form.matches[name], checked_text.use, seen))
    return {
        "field": name,
        "label": checked_text.leaving.label,
        "sentences": sentences[:MOST_SENTENCES],
        "more": max(0, len(sentences) - MOST_SENTENCES),
        "text": form[f"t-{name}"] if form.edits else None,
        "source": form[f"s-{name}"] if form.edits else None,
        "kept": form[f"k-{name}"] if form.keepable(checked_text) else None,
        "reason": form[f"r-{name}"],
    }


def _sentences(text: str, matches: Sequence[Match], use: str, seen: Collection[str]) -> Iterator[list[dict[str, Any]]]:
    """The sentences that hold a match. What the reader may not see is not pointed at: its whole sentence is marked."""
    spans: dict[tuple[int, int], list[Match]] = {}
    for match in matches:
        start, end = sentence_of(text, match)
        previous = next(reversed(spans), None)
        if previous and start < previous[1]:
            span_matches = spans.pop(previous)
            start, end = previous[0], max(previous[1], end)
            spans[start, end] = [*span_matches, match]
        else:
            spans[start, end] = [match]
    for (start, end), span_matches in spans.items():
        if any(match.owner == "sealed" or (match.owner == "place" and match.person not in seen) for match in span_matches):
            yield [{"text": text[start:end].strip(), "mark": HIDDEN}]
        else:
            yield list(_marked(text, start, end, span_matches, use))


def _marked(text: str, start: int, end: int, span_matches: Sequence[Match], use: str) -> Iterator[dict[str, Any]]:
    for match in span_matches:
        yield {"text": text[start : match.start], "mark": ""}
        never = may_keep(match, use) == "never"
        yield {"text": match.typed, "mark": f"{KINDS[match.kind]}{': must go' if never else ''}"}
        start = match.end
    yield {"text": text[start:end], "mark": ""}
