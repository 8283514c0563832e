"""The component gallery, for those who build: one of each on one page. Who may open it is said where it is routed."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from lodestar.design.forms import Gallery

NOW = datetime(2026, 11, 25, 2, 57, tzinfo=UTC)
TYPED = {
    "name": "Kieran",
    "age": "may_be_under_18",
    "interpreter": "other",
    "which": "A neighbour",
    "needs": ["cold"],
    "debt": ["jaz"],
    "place": "quay",
    "when": "2570",
    "account": "He said <he> owes them \u201cfor the last lot\u201d.\n\nHe looked at the driver first.",
    "told": "on",
    "key": "01J9",
}
NUMBERS = (
    {"label": "Duty sergeant", "number": "01632 960 118", "detail": "Sgt Solanki, until 07:00"},
    {"label": "Children\u2019s services, nights", "number": "01632 960 204", "detail": "checked 2 November"},
)


def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component and every shared state. What is sent is shown again, never kept."""
    return render(request, "design/gallery.jinja", gallery_context(request.POST or TYPED))


def gallery_context(typed: Any) -> dict[str, Any]:
    """What the gallery shows, with `typed` in its form. Times are fixed, so that two pictures of it can be compared."""
    return {
        "form": Gallery(typed),
        "now": NOW,
        "numbers": NUMBERS,
        "late": NOW - timedelta(minutes=67),
        "soon": NOW + timedelta(minutes=14),
        "thursday": NOW + timedelta(days=1),
        "people": [
            [
                {"words": "Petra Kova\u013eov\u00e1", "href": "#main"},
                "Possible victim, 29",
                4,
                {"tag": "Late", "colour": "red"},
            ],
            [{"words": "Man, about 50", "href": "#main", "more": ", wristband 14"}, "Name not known", 12, "by 03:30"],
        ],
        "known": [
            {"key": "Languages", "value": "Slovak, some English"},
            {"key": "First account", "value": "On video, 24 minutes", "href": "#main", "action": "Summary"},
        ],
        "happened": [
            {
                "title": "Text sent, answered",
                "by": "O. Prydderch",
                "at": NOW - timedelta(days=1),
                "words": "She is well.",
            },
            {"title": "Found at the packing shed", "by": "PC Ferreira", "at": NOW - timedelta(days=6), "words": ""},
        ],
        "views": [
            {"label": "My decisions (5)", "href": "#main", "current": True},
            {"label": "My team (17)", "href": "#main", "current": False},
        ],
        "sections": [
            {
                "label": "1. Age and safety",
                "href": "#main",
                "hint": "All 6 from the case",
                "status": "Check",
                "colour": "blue",
            },
            {"label": "2. Health and care", "href": "#main", "hint": "", "status": "Not started", "colour": ""},
        ],
    }
