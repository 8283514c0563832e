"""What Lodestar brings to a force's library: its own topic pages, the thesaurus, facts that no longer hold."""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from lodestar.accounts.access import Member
from lodestar.guidance.actions.indexing import count_terms
from lodestar.guidance.actions.intake import About, take_in
from lodestar.guidance.actions.stages import publish
from lodestar.guidance.models import StaleFact, ThesaurusEntry
from lodestar.guidance.queries.kept import film_files, topic_files
from lodestar.kernel.document_text import read_film
from lodestar.kernel.reference_lists import reference_list
from lodestar.kernel.text_alone import read
from lodestar.record import actions as record

PUBLISHER = "Lodestar"


def stock(*, by: Member, at: datetime) -> int:
    """Puts in what is not there yet and returns how much that was; a force's own changes stay. Raises OSError."""
    put_in = _words(by) + _facts(by) + _pages(by, at)
    if put_in:
        record.append("guidance.stocked", by=by.user, role=by.role, at=at)
    return put_in


def _words(by: Member) -> int:
    there = set(ThesaurusEntry.objects.exclude(code="").values_list("code", flat=True))
    listed = reference_list("guidance", "thesaurus")
    rows = [
        ThesaurusEntry(
            code=row["code"],
            group=row["group"],
            says=row["says"],
            means=row["means"],
            both_ways=row.get("both_ways", False),
            owner=listed.header["owner"],
            review_by=row.get("review_by", listed.header["review_by"]),
            changed_at=timezone.now(),
            changed_by_id=by.user,
        )
        for row in listed.rows
        if row["code"] not in there
    ]
    return len(ThesaurusEntry.objects.bulk_create(rows))


def _facts(by: Member) -> int:
    there = set(StaleFact.objects.values_list("code", flat=True))
    listed = reference_list("guidance", "stale_facts")
    rows = [
        StaleFact(
            code=row["code"],
            called=row["called"],
            says=row["says"],
            near=row.get("near", []),
            unless=row.get("unless", []),
            replaced_by=row["replaced_by"],
            from_date=row["from_date"],
            source=row["row_source"],
            states_it=row["states_it"],
            does_not=row["does_not"],
            owner=listed.header["owner"],
            review_by=listed.header["review_by"],
            changed_at=timezone.now(),
            changed_by_id=by.user,
        )
        for row in listed.rows
        if row["code"] not in there
    ]
    return len(StaleFact.objects.bulk_create(rows))


def _pages(by: Member, at: datetime) -> int:
    made = 0
    for path in topic_files():
        content = path.read_bytes()
        head = tomllib.loads(content.decode().split("+++\n")[1])
        made += _own(by, at, path, content, read(content, "md"), head)
    for path in film_files():
        content, captions = path.read_bytes(), path.with_suffix(".vtt").read_bytes()
        head = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
        made += _own(by, at, path, content, read_film(content, "webm", captions), head)
    if made:
        count_terms()
    return made


def _own(by: Member, at: datetime, path: Path, content: bytes, told: dict[str, Any], head: dict[str, Any]) -> bool:
    """Takes in a page or a film that comes with Lodestar, and publishes it; whether it was not there yet."""
    about = About(
        title=head["title"], publisher=PUBLISHER, origin="force", published_on=head["date"], valid_from=head["date"],
        review_by=head["review_by"], topics=head["topics"], exploitation=head["exploitation"],
        licence="MIT, as the project", audience=["first_responder"], is_own=True,
    )  # fmt: skip
    taken = take_in(by=by, at=at, file_name=path.name, content=content, read=told, about=about)
    if taken.is_new:
        publish(by=by, at=at, version=taken.version, alone=True, count=False)
    return taken.is_new
