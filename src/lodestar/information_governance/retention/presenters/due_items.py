"""What data protection has to do by a day, for their first page: breaches, requests and reviews, by number and never by name."""

from collections.abc import Iterator
from datetime import datetime

from lodestar.information_governance.retention.access import people_to_review
from lodestar.information_governance.retention.presenters import CATEGORIES, of_person, open_words
from lodestar.information_governance.retention.presenters.requests import REQUEST_KINDS
from lodestar.information_governance.retention.queries import due_in, open_breaches, status_of_breach
from lodestar.information_governance.retention.queries.requests import request_status, subject_requests
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.notices.due_items import DueItem, Kind
from lodestar.platform.time.days import end_of_day, london_date

MOST = 20  # reviews that are read


def _breaches(member: Member, until: datetime) -> Iterator[DueItem]:
    """Breaches that are not closed: 72 hours to tell the Commissioner (Data Protection Act 2018 section 67), no time for the
    rest."""
    for row in open_breaches():
        status = status_of_breach(row, row.steps.all())
        due_at = status.tell_by if "commissioner" in status.open else None
        what = next(iter(open_words(status)), "Record that it is closed")
        yield DueItem("breach", f"Breach {row.number}: {what}", f"/breaches/{row.id}", due_at)


def _requests(member: Member, until: datetime) -> Iterator[DueItem]:
    """Requests of people about themselves that are not over, each with its month."""
    for row in subject_requests(0)[0]:
        due_at = end_of_day(request_status(row, row.steps.all()).due_on)
        if due_at < until:
            yield DueItem("request", f"Request {row.number}: {dict(REQUEST_KINDS)[row.kind]}", f"/requests/{row.id}", due_at)


def _reviews(member: Member, until: datetime) -> Iterator[DueItem]:
    """Retention reviews, those that wait longest."""
    for row in due_in(people_to_review(member), london_date(until))[:MOST]:
        what = f"Retention review: {of_person(row.person)}, {CATEGORIES[row.category].lower()}"
        yield DueItem("review", what, f"/keeping/people/{row.person_id}", end_of_day(row.due_on))


KINDS = (
    Kind("breach", "Breaches", "/breaches", Permission.BREACH_RECORD, _breaches),
    Kind("request", "Requests", "/requests", Permission.SUBJECT_REQUEST, _requests),
    Kind("review", "Retention reviews", "/keeping", Permission.KEEPING_REVIEW, _reviews),
)
