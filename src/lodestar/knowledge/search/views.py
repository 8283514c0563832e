"""The search of the guidance library, and saying that it did not answer."""

from datetime import datetime
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.directory.contacts.presenters.numbers import ring_now
from lodestar.directory.contacts.queries import contact_book
from lodestar.knowledge.library import access
from lodestar.knowledge.library.presenters.documents import listed
from lodestar.knowledge.library.queries import library
from lodestar.knowledge.library.queries.library import withdrawn_since
from lodestar.knowledge.search import presenters as words
from lodestar.knowledge.search.actions import keep_search, say_none_answered
from lodestar.knowledge.search.presenters import search_results
from lodestar.knowledge.search.queries.candidates import thesaurus
from lodestar.knowledge.search.queries.search import SearchAnswer, find, search
from lodestar.knowledge.search.rules.asking import concepts
from lodestar.knowledge.search.rules.index import STEPS, Step
from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page
from lodestar.platform.design.when import on
from lodestar.platform.design.words import slug
from lodestar.platform.text.text_normalise import whole_number

LONGEST = 300  # characters of a question
RESULTS = 10
CHANGED = 5


@page(Permission.GUIDANCE_READ, only="GET")
def search_page(request: HttpRequest) -> HttpResponse:
    """Ask in one's own words; without a question the ways into the library."""
    member = member_of(request)
    question = " ".join(request.GET.get("q", "").split())[:LONGEST]
    own_nation = library.own_nation(member.tenant)
    nation = words.nation_asked(request.GET.get("nation", own_nation))
    context = {"question": question, "narrowed": words.narrowed(nation, own_nation), "may_edit": access.may_edit(member)}
    if not question:
        context["said"] = "said" in request.GET
        now = timezone.now()
        changed = library.changed_since_read(member.user, CHANGED)
        withdrawn = withdrawn_since(member.user, now, on(now), CHANGED)
        sections = {"steps": STEPS, "changed": changed, "withdrawn": withdrawn}
        return render(request, "search/search.jinja", context | sections)
    now = timezone.now()
    answer = find(question, on=on(now), nation=nation, limit=RESULTS)
    if request.GET.get("asked", "").split() != question.split():  # not each time that the same words are narrowed
        keep_search(
            words=list(answer.words), dropped=answer.dropped, result_count=len(answer.results), has_answer=answer.has_answer
        )
    return render(request, "search/search_results.jinja", context | _answer(member, question, answer, nation, now))


def _answer(member: Member, question: str, answer: SearchAnswer, nation: str, now: datetime) -> dict[str, object]:
    asked = concepts(question, thesaurus(), lambda _: {})
    terms = {term for concept in asked for shown in list(concept.shown_by)[:2] for term in shown}
    rings = ring_now(words.RING, now, contact_book(now, member.unit)) if answer.is_about_custody or not answer.has_answer else []
    results = search_results(answer.results, terms, with_nation=not nation)
    return {
        "results": results[: words.WITH_PASSAGES],
        "others": results[words.WITH_PASSAGES :],
        "found": len(results),
        "has_answer": answer.has_answer,
        "about_custody": answer.is_about_custody,
        "rings": rings,
        "everywhere": words.everywhere_href(question),
        "searched_for": words.searched_for(asked, answer.words),
        "kept": " ".join(answer.words),
    }


@page(Permission.GUIDANCE_READ, asks=True, only="POST")
def missed(request: HttpRequest) -> HttpResponse:
    """Somebody says that none of the results answered them. Of their words only those are kept that the library knows."""
    question = request.POST.get("words", "")[:LONGEST]
    library_words = list(find(question, on=on(timezone.now()), limit=1).words)
    result_count = min(whole_number(request.POST.get("found", "")), RESULTS)
    say_none_answered(words=library_words, result_count=result_count)
    return redirect("/guidance?said=1")


MOST = 40  # documents of a topic or a letter on a page
PASSAGES = 3


@page(Permission.GUIDANCE_READ, only="GET")
def topics(request: HttpRequest) -> HttpResponse:
    """The steps of the journey, and every topic with how many documents it has."""
    counted = library.topics()
    context = {"steps": STEPS, "topics": [(name, slug(name), counted[name]) for name in sorted(counted, key=str.lower)]}
    return render(request, "search/topics.jinja", context)


@page(Permission.GUIDANCE_READ, only="GET")
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    """One step or topic: its documents, the force's own first, and of a step the passages that answer it best."""
    step = next((candidate for candidate in STEPS if candidate.code == topic), None) or _of_library(topic)
    member = member_of(request)
    today = on(timezone.now())
    rows = library.of_topics(step.topics, MOST + 1)
    best = search(step.ask, on=today, nation=library.own_nation(member.tenant), limit=PASSAGES) if step.ask else []
    context = {
        "title": step.title,
        "documents": listed(library.readable(rows[:MOST], today)),
        "more": len(rows) > MOST,
        "ask": quote(step.ask or step.title),
        "passages": search_results(best, frozenset()),
    }
    return render(request, "search/topic.jinja", context)


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
    return render(request, "search/a_to_z.jinja", context)
