"""Newsletters: the list, who wants them by e-mail, one written from what changed, and sending it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.knowledge.library import access
from lodestar.knowledge.library.queries.library import name_of
from lodestar.knowledge.publishing import queries
from lodestar.knowledge.publishing.actions.newsletters import ask_to_send, compose, want
from lodestar.knowledge.publishing.forms.keeping import Newsletter
from lodestar.knowledge.publishing.rules import newsletter_markdown
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.when import day as day_words
from lodestar.platform.design.when import on

EACH = 20
MOST = 40  # changes to choose from
NOTHING = "none"
NO_ROOM = "It could not be saved right now. Keep your text and send it later"


@page(Permission.GUIDANCE_READ, only="GET")
def newsletters(request: HttpRequest) -> HttpResponse:
    """The newsletters, and whether this reader has them by e-mail."""
    member = member_of(request)
    subscription = queries.reader(member.user)
    context = {
        "newsletters": queries.newsletters(EACH),
        "is_wanted": subscription is not None and subscription.is_wanted,
        "address": queries.address_of(member.user),
        "may_edit": access.may_edit(member),
    }
    return render(request, "publishing/newsletters.jinja", context)


@page(Permission.GUIDANCE_READ, only="POST")
def wanted(request: HttpRequest) -> HttpResponse:
    """Somebody says whether they want newsletters by e-mail."""
    member = member_of(request)
    want(by=member, at=timezone.now(), is_wanted="wanted" in request.POST)
    return redirect("/guidance/newsletters")


@page(Permission.GUIDANCE_EDIT)
def write(request: HttpRequest) -> HttpResponse:
    """A newsletter from what changed. It is a draft until a second person has approved it."""
    member = member_of(request)
    now = timezone.now()
    begin = queries.since(now)
    changed = queries.changed(begin, MOST)
    initial = {"title": f"Newsletter of {day_words(on(now))}", "items": [code for code, _ in changed]}
    form = Newsletter(submitted_or_draft(request), changed=changed, auto_id="%s", initial=initial)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        text = newsletter_markdown(cleaned["title"], cleaned["intro"], cleaned["chosen"])
        try:
            taken = compose(by=member, at=now, title=cleaned["title"], text=text, publisher=name_of(member.tenant))
            return redirect(f"/guidance/versions/{taken.version.id}/stage")
        except OSError:
            form.add_error(None, NO_ROOM)
    context = {"form": form, "begin": begin, "changed": changed, "offered": ",".join(code for code, _ in changed) or NOTHING}
    return render(request, "publishing/newsletter.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.GUIDANCE_EDIT, only="POST")
def send(request: HttpRequest, version_id: UUID) -> HttpResponse:
    """Has an approved newsletter sent to whoever wants it."""
    member = member_of(request)
    row = access.version_for(member, version_id)
    if queries.is_newsletter(row.document):
        ask_to_send(by=member, at=timezone.now(), version=row)
    return redirect(f"/guidance/versions/{row.id}/stage")
