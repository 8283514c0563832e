"""The settings of the rules: what they are, proposing a change, agreeing to a colleague's."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from lodestar.platform.accounts.access import Member, member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.approvals.views import ApprovalPages, approval_page
from lodestar.platform.design.files import to_save
from lodestar.platform.obligations.settings import every_setting
from lodestar.platform.settings import actions as writes
from lodestar.platform.settings import presenters as words
from lodestar.platform.settings.access import change_for
from lodestar.platform.settings.forms import Propose, SettingsFile
from lodestar.platform.settings.models import SettingChange
from lodestar.platform.settings.queries import changes, settings_in_force, waiting
from lodestar.platform.settings.rules import REFUSED, SAME, Line
from lodestar.platform.settings.settings_file import NotSettings, read_settings, write_settings


def _known(key: str) -> str:
    if key not in every_setting():
        raise Http404
    return key


@page(Permission.RULE_VIEW)
@require_GET
def settings(request: HttpRequest) -> HttpResponse:
    """Every setting with what holds today, and the changes that wait for a second person."""
    member, today = member_of(request), timezone.localdate()
    context = {
        "lines": words.lines(settings_in_force(), list(changes()), today),
        "waiting": words.proposals(waiting()),
        "may_decide": member.may(Permission.SETTING_APPROVE),
        "may_order": member.may(Permission.PACK_ORDER_SET),
        "may_take_file": member.may(Permission.SETTINGS_FILE),
    }
    return render(request, "settings/settings.jinja", context)


@page(Permission.RULE_VIEW)
@require_GET
def setting(request: HttpRequest, key: str) -> HttpResponse:
    """One setting: what it is, its values with their dates, what waits and what was refused."""
    member, own = member_of(request), list(changes(_known(key)))
    in_force = settings_in_force()
    context = {
        "key": key,
        "title": words.title_of(key),
        "about": words.about(key, in_force, timezone.localdate()),
        "dated": words.dated(key, own),
        "waiting": words.proposals(row for row in own if row.decided_at is None),
        "refused": words.proposals(row for row in own if row.approved is False),
        "may_decide": member.may(Permission.SETTING_APPROVE),
        "rules": words.rules_of(key),
        "may_propose": member.may(Permission.SETTING_PROPOSE),
        "may_try": member.may(Permission.ASSESS),
    }
    return render(request, "settings/setting.jinja", context)


@page(Permission.SETTING_PROPOSE)
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """Proposing a change: a value, from a day to come, and why."""
    now, row = timezone.now(), every_setting()[_known(key)]
    today = timezone.localdate(now)
    form = Propose(
        submitted_or_draft(request), choices=words.choices_of(key), bounds=words.bounds_of(key), today=today, auto_id="%s"
    )
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data | {"value": str(form.cleaned_data["value"])}
        writes.propose_setting(by=member_of(request), at=now, key=key, **answers)
        return redirect(f"/rules/settings/{key}#waiting")
    context = {
        "key": key,
        "title": row["title"],
        "about": row["about"],
        "unit": row.get("unit", ""),
        "today": words.value_words(key, settings_in_force().on(today)[key]),
        "form": form,
    }
    return render(request, "settings/setting_propose.jinja", context, status=422 if request.method == "POST" else 200)


PAGES = ApprovalPages(
    model=SettingChange, find=change_for, waiting=lambda _, __, most: list(waiting()[:most]), decide=writes.decide_setting,
    leads_to="settings", template="settings/setting_change.jinja", list_template="settings/settings.jinja",
    question=lambda _: ("Do you agree?", "Yes, it holds from that day"), lines=lambda _, rows: words.proposals(rows),
    words=lambda row: words.change_words(row, settings_in_force()),
)  # fmt: skip


@page(Permission.SETTING_APPROVE)
def change(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """One proposed change, for a second person to agree to or refuse."""
    return approval_page(request, PAGES, change_for(member_of(request), SettingChange, change_id))


# --- everything in one file ----------------------------------------------------------------------------------------------

PAGE: dict[str, Any] = {
    "title": "Settings in one file",
    "look": "settings-file",
    "take": "settings-file-take",
    "back": "settings",
    "save": "settings-file-save",
    "intro": "All that the force sets: settings of the rules, numbers to ring, the order of the crime record, leaflets. What "
    "needs a second person is proposed, and waits for one. What the file does not name stays.",
}


@page(Permission.SETTINGS_FILE, only="GET")
def settings_file_save(request: HttpRequest) -> HttpResponse:
    """All that the force sets, as one file."""
    member = member_of(request)
    text = write_settings(by=member, at=timezone.now())
    return to_save(text, f"settings-{member.tenant}.json", "application/json")


@page(Permission.SETTINGS_FILE, asks=True)
def settings_file(request: HttpRequest) -> HttpResponse:
    """What a file of settings would change."""
    return show_file_read(request, PAGE, _read_file)


@page(Permission.SETTINGS_FILE)
def settings_file_take(request: HttpRequest) -> HttpResponse:
    """Reads in a file of settings that was looked at."""
    return show_file_read(request, PAGE, _read_file)


def _read_file(member: Member, text: str, applies: bool) -> list[Line]:
    return read_settings(by=member, at=timezone.now(), text=text, applies=applies)


def show_file_read(request: HttpRequest, about: dict[str, Any], read: Callable[[Member, str, bool], list[Line]]) -> HttpResponse:
    """The two pages of a file: choosing it, and what it would change; and reading in one that was looked at. `read` says what a
    text changes, or with True changes it; it raises NotSettings for what is no such file."""
    is_taking, file_lines = request.path == reverse(about["take"]), None
    form = SettingsFile(submitted_or_draft(request) if is_taking else request.POST or None, request.FILES or None, auto_id="%s")
    applies = is_taking and request.method == "POST"
    if form.is_bound and form.is_valid():
        try:
            file_lines = read(member_of(request), form.cleaned_data["text"], applies)
            if applies:
                return redirect(about["back"])
        except NotSettings as fault:
            form.add_error("text" if is_taking else "file", str(fault))
    refused = request.method == "POST" and file_lines is None
    stands_on = about["take" if is_taking or file_lines is not None else "look"]
    request.form_stands_on = reverse(stands_on)  # type: ignore[attr-defined]  # the shell's
    context = about | {
        "form": form,
        "is_taking": is_taking,
        "lines": None if file_lines is None else words.file_lines(file_lines),
        "text": form.cleaned_data.get("text", "") if form.is_bound else "",
        "brings": any(line.outcome not in (SAME, REFUSED) for line in file_lines or ()),
    }
    return render(request, "settings/settings_file.jinja", context, status=422 if refused else 200)
