"""What Lodestar brings to a force's library: its own topic pages, the thesaurus, facts that no longer hold."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from django.utils import timezone

from lodestar.knowledge.library.actions import mark_published
from lodestar.knowledge.library.models import OURS, StaleFact, Version
from lodestar.knowledge.library.queries.essentials import film_files, topic_files
from lodestar.knowledge.library.queries.library import originals
from lodestar.knowledge.publishing.actions.intake import About, take_in
from lodestar.knowledge.publishing.actions.stages import publish
from lodestar.knowledge.search.actions import count_terms
from lodestar.knowledge.search.models import ThesaurusEntry
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.files.document_text import read_film
from lodestar.platform.files.text_alone import read
from lodestar.platform.tenancy.request_cache import forget
from lodestar.platform.tenancy.tenant_transaction import hold
from lodestar.platform.text.reference_lists import reference_list

PUBLISHER = "Lodestar"

Row = TypeVar("Row", ThesaurusEntry, StaleFact)


def stock(*, by: Member, at: datetime) -> int:
    """Brings to a force's library what comes with this release, and returns how much was not there or said otherwise; what the
    force changed stays. Whoever else stocks it waits. Raises OSError."""
    hold("guidance.stock")
    put_in = _words(by) + _facts(by) + _pages(by, at)
    if put_in:
        audit("guidance.stocked", by=by, at=at)
    return put_in


def _words(by: Member) -> int:
    changed = _brought(
        ThesaurusEntry, "thesaurus", by, {"group": "group", "says": "says", "means": "means", "both_ways": "both_ways"}
    )
    forget("guidance.thesaurus")
    return len(changed)


def _facts(by: Member) -> int:
    same = ("called", "says", "replaced_by", "from_date", "states_it", "does_not")
    changed = _brought(StaleFact, "superseded_facts", by, {**{name: name for name in same}, "source": "row_source"})
    forget("guidance.facts")
    if changed:
        mark_published()
    return len(changed)


def _brought(model: type[Row], name_of_list: str, by: Member, columns: Mapping[str, str]) -> list[Row]:
    """Brings the rows that come with Lodestar to what its list says today, by their codes: those not there yet, those that say
    otherwise, and out of use those it has no more. What the force changed stays. Returns the rows that it wrote. `columns` are
    those of the list, by field."""
    listed = reference_list("publishing", name_of_list)
    shipped: dict[str, dict[str, Any]] = {
        row["code"]: {
            **{field: row.get(column, False) for field, column in columns.items()},
            "owner": listed.header["owner"], "review_by": row.get("review_by", listed.header["review_by"]),
        }
        for row in listed.rows
    }  # fmt: skip
    stand: dict[str, Row] = {row.code: row for row in model.objects.exclude(code="")}
    written: list[Row] = []
    for code in (*stand, *(new_code for new_code in shipped if new_code not in stand)):
        row = stand.get(code) or model(code=code, as_shipped=True)
        now = {**shipped[code], "is_used": True} if code in shipped else {"is_used": False}
        if row.as_shipped and any(getattr(row, name) != value for name, value in now.items()):
            for name, value in now.items():
                setattr(row, name, value)
            row.changed_at, row.changed_by_id = timezone.now(), by.user
            written.append(row)
    new = [row for row in written if row.code not in stand]
    model.objects.bulk_create(new)
    for row in written:
        if row.code in stand:
            row.save()
    return written


def _pages(by: Member, at: datetime) -> int:
    """Takes in the pages and films of which the library has not these very bytes, and returns how many."""
    files = {path: path.read_bytes() for path in (*topic_files(), *film_files())}
    addresses = {path: originals().address(by.tenant, content) for path, content in files.items()}
    there = set(Version.objects.filter(digest__in=addresses.values()).values_list("digest", flat=True))
    new = [path for path in files if addresses[path] not in there]
    for path in new:
        content = files[path]
        if path.suffix == ".md":
            parsed, head = read(content, "md"), tomllib.loads(content.decode().split("+++\n")[1])
        else:
            parsed = read_film(content, "webm", path.with_suffix(".vtt").read_bytes())
            head = tomllib.loads(path.with_suffix(".toml").read_text(encoding="utf-8"))
        _own(by, at, path, content, parsed, head)
    if new:
        count_terms()
    return len(new)


def _own(by: Member, at: datetime, path: Path, content: bytes, parsed: dict[str, Any], head: dict[str, Any]) -> None:
    """Takes in a page or a film that comes with Lodestar, and publishes it. Where the force withdrew it, what a new release says
    instead is a draft, which its editors approve or refuse. Of a page that is there the details are the force's own to change:
    a new release brings its days alone."""
    versions = Version.objects.filter(document__is_own=True, document__file_name__in=(path.name, f"{OURS}{path.name}"))
    states = set(versions.values_list("state", flat=True))
    about = About(published_on=head["date"].isoformat(), valid_from=head["date"], review_by=head["review_by"], is_own=True)
    if not states:
        about.title, about.topics, about.exploitation = head["title"], head["topics"], head["exploitation"]
        about.publisher, about.origin, about.licence = PUBLISHER, "force", "MIT, as the project"
        about.audience = ["first_responder"]
    taken = take_in(by=by, at=at, file_name=path.name, content=content, read=parsed, about=about)
    if taken.is_new and ("published" in states or "withdrawn" not in states):
        publish(by=by, at=at, version=taken.version, alone=True, count=False)
