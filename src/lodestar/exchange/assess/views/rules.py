"""The rules, each on a page of its own, the dated lists they read, and what people say is wrong with them."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.exchange.assess import queries
from lodestar.exchange.assess.actions import answer_remark, call_page_wrong, call_rule_wrong, confirm_rule
from lodestar.exchange.assess.forms.remarks import Answer, Confirm, PageWrong, RuleWrong
from lodestar.exchange.assess.presenters import lists as dated
from lodestar.exchange.assess.presenters import rules as words
from lodestar.knowledge.search.presenters import step_results
from lodestar.knowledge.search.queries.search import for_step
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.form_envelope import words_typed
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.settings.presenters import settings_of
from lodestar.platform.text.paging import Place, place

SAID = 10
PASSAGES = 3
CONFIRMED = 20
WAITING = 25


@page(Permission.RULE_VIEW, only="GET")
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, by how soon it wants to be met."""
    member = member_of(request)
    may_answer = member.may(Permission.RULE_ANSWER)
    waiting = words.called_wrong(queries.how_many_wait()) if may_answer else ""
    context = {"groups": words.every_rule(), "may_answer": may_answer, "waiting": waiting}
    return render(request, "assess/rules.jinja", context)


@page(Permission.RULE_VIEW, only="GET")
def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule: its words, dates, source, and how sure that is."""
    return _rule(request, code, RuleWrong(submitted_or_draft(request), auto_id="%s"))


def _rule(request: HttpRequest, code: str, form: RuleWrong, status: int = 200) -> HttpResponse:
    member = member_of(request)
    shown = words.rule(code)
    if shown is None:
        raise Http404
    context = {
        "rule": shown,
        "confirmed": words.confirmed(code, queries.confirmations_of(code, CONFIRMED)),
        "may_confirm": member.may(Permission.RULE_CONFIRM),
        "settings": settings_of(code),
        "form": form,
        "said": queries.remarks(SAID, rule=code),
        "passages": step_results(for_step(code, shown["sentence"], timezone.localdate(), PASSAGES, member.tenant)),
    }
    return render(request, "assess/rule.jinja", context, status=status)


@page(Permission.RULE_CONFIRM)
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody has read the source of a rule and says by name that the rule says the same."""
    member = member_of(request)
    shown = words.rule(code)
    if shown is None:
        raise Http404
    form = Confirm(submitted_or_draft(request), rows=words.row_choices(code), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        start, mark = words.chosen_row(code, answers["row"])
        confirm_rule(by=member, at=timezone.now(), rule=code, row_from=start, words=mark, source_read=answers["source_read"])
        return redirect(f"/rules/{code}#confirmed")
    context = {"form": form, "rule": shown}
    return render(request, "assess/confirm.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.RULE_CALL_WRONG, only="POST")
def rule_wrong(request: HttpRequest, code: str) -> HttpResponse:
    """Somebody says that a rule is wrong."""
    member = member_of(request)
    form = RuleWrong(request.POST, auto_id="%s")
    if words.rule(code) is None:
        raise Http404
    if not form.is_valid():
        return _rule(request, code, form, status=422)
    call_rule_wrong(by=member, at=timezone.now(), rule=code, words=form.cleaned_data["wrong"])
    return redirect(f"/rules/{code}#said")


@page(Permission.RULE_CALL_WRONG)
def wrong(request: HttpRequest) -> HttpResponse:
    """Somebody says that something on a page is wrong; and what they said before was answered."""
    member = member_of(request)
    form = PageWrong(submitted_or_draft(request), auto_id="%s")
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        call_page_wrong(by=member, at=timezone.now(), page=answers["page"], words=answers["wrong"])
        return redirect("/wrong#said")
    after = place(request.GET.get("after", ""))
    waiting = queries.waiting(WAITING + 1, after) if member.may(Permission.RULE_ANSWER) else []
    context = {
        "form": form,
        "said": queries.remarks(SAID, said_by=member.user),
        "waiting": waiting[:WAITING],
        "after": Place(waiting[WAITING - 1].said_at, waiting[WAITING - 1].id).mark() if len(waiting) > WAITING else "",
    }
    return render(request, "assess/wrong.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.RULE_ANSWER)
def answer(request: HttpRequest, remark_id: UUID) -> HttpResponse:
    """Answers somebody who said that something is wrong."""
    member = member_of(request)
    remark = queries.remark_by_id(remark_id)
    if remark is None:
        raise Http404
    data = submitted_or_draft(request)
    form = Answer(data, auto_id="%s")
    if request.method == "POST" and form.is_valid():
        if answer_remark(by=member, at=timezone.now(), remark=remark, answer=form.cleaned_data["answer"]):
            return redirect(f"/rules/{remark.rule}#said" if remark.rule else "/wrong")
        remark = queries.remark_by_id(remark_id) or remark  # a colleague answered it before
    typed_late = words_typed(data) if remark.answered_at and data is not None else []
    context = {"form": form, "remark": remark, "typed": typed_late}
    return render(request, "assess/answer_remark.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.RULE_VIEW, only="GET")
def lists(request: HttpRequest) -> HttpResponse:
    """Every list, and how much of it waits for somebody to confirm it."""
    return render(request, "assess/lists.jinja", {"lists": dated.every_list(timezone.localdate())})


@page(Permission.RULE_VIEW, only="GET")
def one_list(request: HttpRequest, app: str, name: str) -> HttpResponse:
    """One list: where it comes from, and its rows with their days."""
    after = request.GET.get("after", "0")
    list_page = dated.one_list(app, name, int(after) if after.isascii() and after.isdecimal() and len(after) < 6 else -1)
    if list_page is None:
        raise Http404
    return render(request, "assess/list.jinja", {"list": list_page})
