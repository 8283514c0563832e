"""Recording requirements, taking in a standard, linking evidence, and an officer's dated words. None looks at a clock."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from lodestar.knowledge.library.models import OURS, Document
from lodestar.knowledge.training.models import Course
from lodestar.oversight.requirements.evidence import KINDS, Reference
from lodestar.oversight.requirements.models import Requirement, RequirementLink, Statement
from lodestar.oversight.requirements.rules import ENTRIES, LOCAL, REQUIREMENT_KINDS
from lodestar.platform.accounts.access import Member
from lodestar.platform.audit.actions import audit
from lodestar.platform.tables.rules import template_of
from lodestar.platform.tables.template_rows import LookedAt, look_at, template_rows
from lodestar.platform.tables.values import Unreadable, read_day
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.tenancy.tenant_transaction import current_tenant, hold

ONE_DAY = timedelta(days=1)
STATEMENT = "statement"  # a kind of evidence
FILE = "requirements"  # the kind of table
LONGEST = {"standard": 40, "code": 20, "text": 2_000, "source": 300}
COLUMNS = ("standard", "code", "edition", "kind", "text", "source", "is_verified")
Key = tuple[str, str]  # standard and code


class Refused(ValueError):
    """What was asked cannot be done; `str` says why."""


def record_requirements(
    *, by: Member, at: datetime, rows: Iterable[Mapping[str, Any]], links: Mapping[Key, Collection[Reference]] | None = None
) -> list[Requirement]:
    """Records editions of requirements, each by its columns. An edition ends the one before it the day before, whose links it
    keeps, and is ended by a later one; `links` are more. Raises Refused where an edition is there. At most seven statements."""
    hold(f"requirements {current_tenant()}")
    new = [Requirement(**row, recorded_at=at, recorded_by_id=by.user) for row in rows]
    editions: dict[Key, list[Requirement]] = defaultdict(list)
    for row in (*Requirement.objects.filter(standard__in={row.standard for row in new}), *new):
        editions[row.standard, row.code].append(row)
    ended, linked, added = [], dict[Any, Key](), {row.id for row in new}
    for key in {(row.standard, row.code) for row in new}:
        ordered = sorted(editions[key], key=lambda row: row.edition)
        for row, after in zip(ordered, [*ordered[1:], None], strict=True):
            if after is not None and after.edition == row.edition:
                raise Refused(f"{row.code} of {row.edition:%d/%m/%Y} is recorded already")
            until = after.edition - ONE_DAY if after else None
            if row.id not in added and row.until != until:
                ended.append(row)
                linked[row.id] = key
            row.until = until
    Requirement.objects.bulk_update(ended, ["until"])
    Requirement.objects.bulk_create(new)
    wanted = {key: dict.fromkeys(references) for key, references in (links or {}).items()}
    for former, kind, evidence in RequirementLink.objects.filter(requirement__in=linked, removed_at__isnull=True).values_list(
        "requirement_id", "kind", "key"
    ):
        wanted.setdefault(linked[former], {})[kind, evidence] = None
    RequirementLink.objects.bulk_create(
        RequirementLink(requirement=row, kind=kind, key=evidence, added_at=at, added_by_id=by.user)
        for row in new for kind, evidence in wanted.get((row.standard, row.code), ())
    )  # fmt: skip
    audit("requirements.recorded", by=by, at=at, subject=str(new[0].id) if len(new) == 1 else f"{len(new)} requirements")
    return new


def record_requirement(*, by: Member, at: datetime, **columns: Any) -> Requirement:
    """Records an edition of one requirement: standard, code, edition, kind, text, source, is_verified. Raises Refused."""
    return record_requirements(by=by, at=at, rows=[columns])[0]


def _offered(entries: Sequence[Mapping[str, Any]]) -> dict[Key, list[Reference]]:
    """The evidence that Lodestar and the force have for these: measures and the like, topic pages by name, courses by letter."""
    pages = Document.objects.filter(is_own=True, file_name__regex=r"\.md$").values_list("file_name", "id")
    by_name = {name.removeprefix(OURS): ("guidance", str(document)) for name, document in pages}
    courses = [(("training", str(course)), covers) for course, covers in Course.objects.values_list("id", "covers")]
    offered: dict[Key, list[Reference]] = {}
    for each in entries:
        links = [(kind, key) for link in each.get("links", ()) for kind, _, key in [link.partition(":")]]
        links += [by_name[name] for name in each.get("guidance", ()) if name in by_name]
        offered[each["standard"], each["code"]] = links + [link for link, covers in courses if each.get("letter") in covers]
    return offered


def take_in_standard(*, by: Member, at: datetime, standard: str) -> int:
    """Takes those requirements of a standard into the register that are not in it, with the evidence that is offered for each;
    how many they were."""
    present = set(Requirement.objects.filter(standard=standard).values_list("code", "edition"))
    entries = [each for each in ENTRIES if each["standard"] == standard and (each["code"], each["edition"]) not in present]
    if entries:
        rows = [{name: each[name] for name in COLUMNS} for each in entries]
        record_requirements(by=by, at=at, rows=rows, links=_offered(entries))
    return len(entries)


def link_evidence(
    *, by: Member, at: datetime, requirement: Requirement, kind: str, key: str, reason: str = ""
) -> RequirementLink:
    """Links a piece of evidence to a requirement; what is linked already stays one link. Raises KeyError for a kind that is
    none."""
    row, is_new = RequirementLink.objects.get_or_create(
        requirement=requirement, kind=KINDS[kind].code, key=key, removed_at=None,
        defaults={"reason": reason, "added_at": at, "added_by_id": by.user},
    )  # fmt: skip
    if is_new:
        audit("requirements.linked", by=by, at=at, subject=str(requirement.id), fields=[kind])
    return row


def unlink_evidence(*, by: Member, at: datetime, link: RequirementLink, reason: str) -> None:
    """Takes a piece of evidence from a requirement; that it was linked stays. Raises ConcurrentEdit where that was done."""
    changes: dict[str, Any] = {"removed_at": at, "removed_by_id": by.user, "removed_because": reason}
    if not RequirementLink.objects.filter(id=link.id, removed_at__isnull=True).update(**changes):
        raise ConcurrentEdit(link)
    audit("requirements.unlinked", by=by, at=at, subject=str(link.requirement_id), fields=[link.kind])


def record_statement(*, by: Member, at: datetime, requirement: Requirement, words: str, said_on: date) -> Statement:
    """Records what an officer says of a requirement, and links it: it is weak evidence, whatever it says."""
    row = Statement.objects.create(words=words, said_on=said_on, recorded_at=at, recorded_by_id=by.user)
    link_evidence(by=by, at=at, requirement=requirement, kind=STATEMENT, key=str(row.id))
    return row


def read_requirements(content: bytes) -> LookedAt:
    """What a table of requirements holds. Raises NotRead for one that cannot be read as a whole. Writes nothing."""
    seen = set(Requirement.objects.values_list("standard", "code", "edition"))
    return look_at(content, template_rows(content, FILE), seen, _requirement)


def _requirement(cells: Mapping[str, str]) -> tuple[Any, dict[str, Any]]:
    values: dict[str, Any] = {"standard": LOCAL, "found_in": "", "kind": LOCAL, "verified": "no"}
    values |= {name: cell for name, cell in cells.items() if cell}
    values["source"] = values.pop("found_in")
    if missing := template_of(FILE).missing_from(values):
        raise Unreadable(f"{missing} is missing")
    if long := [name for name, most in LONGEST.items() if len(values[name]) > most]:
        raise Unreadable(f"{long[0]} is longer than {LONGEST[long[0]]} characters")
    kind, stated = "_".join(values["kind"].casefold().split()), values.pop("verified").casefold()
    if kind not in REQUIREMENT_KINDS or stated not in ("yes", "no"):
        raise Unreadable(f"kind is one of {', '.join(REQUIREMENT_KINDS)}, and verified yes or no")
    values |= {"kind": kind, "is_verified": stated == "yes", "edition": read_day(values["edition"])}
    return (values["standard"], values["code"], values["edition"]), values
