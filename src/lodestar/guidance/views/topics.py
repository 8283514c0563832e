"""The library by topic, by step of the journey, and from A to Z."""

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from lodestar.accounts.access import member_of
from lodestar.accounts.permissions import Permission
from lodestar.accounts.request_flow import page
from lodestar.design.when import on
from lodestar.design.words import slug
from lodestar.guidance.presenters.documents import listed
from lodestar.guidance.presenters.results import search_results
from lodestar.guidance.queries import library
from lodestar.guidance.queries.candidates import Wanted
from lodestar.guidance.queries.search import search
from lodestar.guidance.rules.journey import STEPS, Step
from lodestar.kernel.text_normalise import whole_number

MOST = 40  # documents of a topic or a letter on a page
PASSAGES = 3


@page(Permission.GUIDANCE_READ, only="GET")
def topics(request: HttpRequest) -> HttpResponse:
    """The steps of the journey, and every topic with how many documents it has."""
    counted = library.topics()
    context = {"steps": STEPS, "topics": [(name, slug(name), counted[name]) for name in sorted(counted, key=str.lower)]}
    return render(request, "guidance/topics.jinja", context)


@page(Permission.GUIDANCE_READ, only="GET")
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """One step or topic: its documents, the force's own first, and of a step the passages that answer it best."""
    step = next((candidate for candidate in STEPS if candidate.code == topic), None) or _of_library(topic)
    member = member_of(request)
    today = on(timezone.now())
    wanted = Wanted(nation=library.own_nation(member.tenant))
    rows = library.of_topics(step.topics, MOST + 1)
    best = search(step.ask, on=today, wanted=wanted, limit=PASSAGES) if step.ask else []
    context = {
        "title": step.title,
        "documents": listed(library.readable(rows[:MOST], today)),
        "more": len(rows) > MOST,
        "ask": quote(step.ask or step.title),
        "passages": search_results(best, frozenset()),
    }
    return render(request, "guidance/topic.jinja", context)


def _of_library(code: str) -> Step:
    """A topic that stands in the library and is no step; Http404 for none."""
    names = [name for name in library.topics() if slug(name) == code]
    if not names:
        raise Http404
    return Step(code, names[0][:1].upper() + names[0][1:], tuple(names), "")


@page(Permission.GUIDANCE_READ, only="GET")
def a_to_z(request: HttpRequest) -> HttpResponse:
    """Every published document by the first letter of its title."""
    letters = library.letters()
    chosen = request.GET.get("letter", "")[:1].upper()
    letter = chosen if chosen in letters else (letters or [""])[0]
    start = whole_number(request.GET.get("after", ""))
    rows = library.by_letter(letter, start, MOST + 1) if letter else []
    context = {
        "letters": [(initial, f"/guidance/a-z?letter={quote(initial)}", initial == letter) for initial in letters],
        "letter": letter,
        "documents": listed(library.readable(rows[:MOST], on(timezone.now()))),
        "after": f"/guidance/a-z?letter={quote(letter)}&after={start + MOST}" if len(rows) > MOST else "",
    }
    return render(request, "guidance/a_to_z.jinja", context)
