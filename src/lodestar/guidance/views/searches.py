"""The search of the guidance library, and saying that it did not answer."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.accounts import queries as accounts
from lodestar.accounts.access import Member, member_of
from lodestar.accounts.permissions import Permission
from lodestar.accounts.request_flow import page
from lodestar.cases.queries.settings import settings_in_force
from lodestar.design.when import on
from lodestar.guidance import access
from lodestar.guidance.actions.searches import keep_search, say_did_not_answer, say_none_answered
from lodestar.guidance.presenters import searches as words
from lodestar.guidance.presenters.contacts import ring_now
from lodestar.guidance.presenters.results import search_results
from lodestar.guidance.queries import library
from lodestar.guidance.queries.reading import withdrawn_since
from lodestar.guidance.queries.search import SearchAnswer, find
from lodestar.guidance.queries.thesaurus import thesaurus
from lodestar.guidance.rules.asking import concepts
from lodestar.guidance.rules.journey import STEPS
from lodestar.kernel.text_normalise import whole_number

LONGEST = 300  # characters of a question
RESULTS = 10
CHANGED = 5


@page(Permission.GUIDANCE_READ, only="GET")
def search_page(request: HttpRequest) -> HttpResponse:
    """Ask in one's own words; without a question the ways into the library."""
    member = member_of(request)
    question = " ".join(request.GET.get("q", "").split())[:LONGEST]
    topics, own_nation = library.topics(), library.own_nation(member.tenant)
    asked_for = words.wanted(request.GET.dict(), own_nation, topics)
    context = {
        "question": question,
        "narrowed": words.narrowed(asked_for, own_nation, topics),
        "may_edit": access.may_edit(member),
    }
    if not question:
        context["said"] = "said" in request.GET
        now = timezone.now()
        changed = library.changed_since_read(member.user, on(now), CHANGED)
        withdrawn = withdrawn_since(member.user, now, on(now), CHANGED)
        sections = {"steps": STEPS, "changed": changed, "withdrawn": withdrawn}
        return render(request, "guidance/search.jinja", context | sections)
    now = timezone.now()
    answer = find(question, on=on(now), wanted=asked_for, limit=RESULTS)
    if request.GET.get("asked", "").split() != question.split():  # not each time that the same words are narrowed
        keep_search(
            words=list(answer.words),
            dropped=answer.dropped,
            result_count=len(answer.results),
            has_answer=answer.has_answer,
        )
    return render(request, "guidance/search_results.jinja", context | _answer(member, question, answer, now))


def _answer(member: Member, question: str, answer: SearchAnswer, now: datetime) -> dict[str, object]:
    asked = concepts(question, thesaurus(), lambda _: {})
    terms = {term for concept in asked for shown in list(concept.shown_by)[:2] for term in shown}
    rings = (
        ring_now(words.RING, accounts.duties_at(now), member.unit, now, settings_in_force().on(on(now)))
        if answer.is_about_custody or not answer.has_answer
        else []
    )
    return {
        "results": search_results(answer.results, terms),
        "has_answer": answer.has_answer,
        "about_custody": answer.is_about_custody,
        "rings": rings,
        "everywhere": words.everywhere_href(question),
        "searched_for": words.searched_for(asked, answer.words),
        "kept": " ".join(answer.words),
    }


@page(Permission.GUIDANCE_READ, asks=True, only="POST")
def missed(request: HttpRequest) -> HttpResponse:
    """Somebody says which result did not answer them, or that none did. Of their words only those are kept that the
    library knows."""
    member = member_of(request)
    question, document_id = request.POST.get("words", "")[:LONGEST], request.POST.get("document", "")
    shown = access.visible_documents(member).filter(id__in=_ids(document_id)).first() if document_id else None
    if shown is not None or not document_id:
        library_words = list(find(question, on=on(timezone.now()), limit=1).words)
        if shown is not None:
            say_did_not_answer(document=shown, words=library_words)
        else:
            result_count = whole_number(request.POST.get("found", ""))
            say_none_answered(words=library_words, result_count=min(result_count, RESULTS))
    return redirect("/guidance?said=1")


def _ids(written: str) -> list[str]:
    return [written] if len(written) == 36 and set(written) <= set("0123456789abcdef-") else []


