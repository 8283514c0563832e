"""The investigation of a case: what each part of it says on one page, and its timeline."""

from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lodestar.casework.allocation import presenters as allocation
from lodestar.casework.case_files.casefile import Row
from lodestar.casework.cases import access
from lodestar.casework.cases.models import Case
from lodestar.casework.cases.presenters import labels
from lodestar.casework.closures import presenters as closures
from lodestar.casework.contact_promises import presenters as contact_promises
from lodestar.casework.court_orders import presenters as court_orders
from lodestar.casework.enquiries import presenters as enquiries
from lodestar.casework.evidence import presenters as evidence
from lodestar.casework.investigations import presenters as investigations
from lodestar.casework.prosecutions import presenters as prosecutions
from lodestar.casework.section45 import presenters as section45
from lodestar.casework.suspects import presenters as suspects
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.links import may_open, open_links
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.audit.actions import audit
from lodestar.platform.design.files import to_save
from lodestar.platform.documents.made import KINDS as FILES
from lodestar.platform.documents.made import made
from lodestar.platform.text.text_normalise import whole_number
from lodestar.web.presenters import timeline as words

SHOWN = 50

# A title and the lines of each app, in the order of the work.
PARTS: tuple[tuple[str, Callable[[Case, Member, datetime], list[Row]]], ...] = (
    ("Allocation", allocation.case_lines),
    ("Crimes and reviews", investigations.case_lines),
    ("Plan and decisions", enquiries.case_lines),
    ("Exhibits and accounts", evidence.case_lines),
    ("Suspects", suspects.case_lines),
    ("Promises to victims", contact_promises.case_lines),
    ("Section 45, Modern Slavery Act 2015", section45.case_lines),
    ("CPS and court", prosecutions.case_lines),
    ("Court orders", court_orders.case_lines),
    ("Status and closing", closures.case_lines),
)


@page(Permission.INVESTIGATION_VIEW, only="GET")
def investigation(request: HttpRequest, reference: str) -> HttpResponse:
    """Plan, evidence, suspects, orders, the CPS and the status of a case, each with the way to its page."""
    member, now = member_of(request), timezone.now()
    case = access.case_for(member, reference, Permission.INVESTIGATION_VIEW, viewed=True)
    parts = [
        (title, [row for row in lines(case, member, now) if not row.href or may_open(member, row.href)]) for title, lines in PARTS
    ]
    return render(request, "web/investigation.jinja", {"case": case, "parts": parts, "now": now})


@page(Permission.INVESTIGATION_VIEW, only="GET")
def timeline(request: HttpRequest, reference: str) -> HttpResponse:
    """Events, accounts, contacts and decisions of a case, as a picture and a list, the latest first."""
    member = member_of(request)
    case = access.case_for(member, reference, Permission.INVESTIGATION_VIEW)
    people = access.people_of(case)
    kind = request.GET.get("kind", "")
    kind = kind if kind in words.KINDS else ""
    start = whole_number(request.GET.get("from", ""))
    access.case_shown(member, case, [person.id for person in people])
    lines = words.lines_of(case, labels(people), kind)
    latest = lines[::-1]
    context = {
        "case": case,
        "kinds": words.KINDS,
        "kind": kind,
        "picture": words.picture(lines, [kind] if kind else list(words.KINDS)),
        "lines": open_links(member, latest[start : start + SHOWN]),
        "how_many": len(lines),
        "next": start + SHOWN if len(lines) > start + SHOWN else 0,
    }
    return render(request, "web/timeline.jinja", context)


@page(Permission.INVESTIGATION_VIEW, only="GET")
def timeline_paper(request: HttpRequest, reference: str, kind: str) -> HttpResponse:
    """The whole timeline as PDF or Word, the earliest first."""
    member, now = member_of(request), timezone.now()
    if kind not in FILES:
        raise Http404
    case = access.case_for(member, reference, Permission.INVESTIGATION_VIEW)
    people = access.people_of(case)
    audit("cases.timeline_printed", by=member, at=now, case=case.id, people=[person.id for person in people], fields=[kind])
    document = words.paper(case, words.lines_of(case, labels(people)), now)
    return to_save(made(document, kind), f"timeline-{case.reference}.{kind}", FILES[kind].media_type)
