"""What is asked of one person: their age, where their first account is kept; and photographs and papers of a case."""

from uuid import UUID

from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.case_files.actions.case import UnableToAddFile, add_file, store
from lodestar.casework.case_files.actions.people import learn_of_person, record_first_account
from lodestar.casework.case_files.forms import Age, FirstAccountForm, Paper
from lodestar.casework.case_files.queries import file_for, files_of
from lodestar.casework.cases import access
from lodestar.casework.cases.access import people_of, people_shown, person_for
from lodestar.casework.cases.models import Person
from lodestar.casework.cases.presenters import DO_NOT_ASK, age_words, labels, person_heading, video
from lodestar.casework.cases.queries import first_accounts
from lodestar.casework.cases.rules import evidence_summary
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft, version_seen
from lodestar.platform.design.files import to_save
from lodestar.platform.design.forms.fields import at_and_words
from lodestar.platform.design.when import moment, on
from lodestar.platform.files.clean_copies import DOCX, PDF, TEXT, clean_copy
from lodestar.platform.files.document_text import NotRead
from lodestar.platform.files.filestore import DOC, LARGEST
from lodestar.platform.tenancy.concurrent_edit import ConcurrentEdit
from lodestar.platform.text.paging import Place, place

UNKNOWN = "unknown"


@page(Permission.DUTY_ANSWER)
def age(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """The age, or bounds, with how it is known."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.DUTY_ANSWER, viewed=request.method != "POST")
    recorded = model_to_dict(person, ("birth_date", "age_min", "age_max", "age_basis"))
    recorded["age_basis"] = recorded["age_basis"].replace(UNKNOWN, "")
    form = Age(submitted_or_draft(request), initial=recorded, auto_id="%s")
    if request.method != "POST" or not form.is_valid():
        return _age_page(request, person, form)
    facts = form.cleaned_data | {"age_basis": form.cleaned_data["age_basis"] or UNKNOWN}
    try:
        is_told = learn_of_person(by=member, at=timezone.now(), person=person, version=_version(request, person), facts=facts)
    except ConcurrentEdit as stale:
        return _age_page(request, stale.theirs, form, clash=True)
    if is_told:
        return redirect(f"/record/{person.case_id}/met?then=now")
    return redirect(f"/cases/{person.case.reference}/do-now#establish_age")


def _version(request: HttpRequest, person: Person) -> int:
    """The version that the writer had before them."""
    seen = version_seen(submitted_or_draft(request))
    return person.version if seen is None else seen


def _age_page(request: HttpRequest, person: Person, form: Age, *, clash: bool = False) -> HttpResponse:
    context = {
        "person": person,
        "case": person.case,
        "who": labels(people_of(person.case))[person.id],
        "form": form,
        "clash": clash,
        "version": person.version if clash else _version(request, person),
        "theirs": age_words(person, on(person.case.encountered_at)) or "not known",
    }
    return render(request, "case_files/age.jinja", context, status=422 if request.method == "POST" else 200)


MOST_NAMED = 20


@page(Permission.CONCERN_RECORD)
def first_account(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Which video holds the first account of this person, and of whom else; and what else was kept."""
    member = member_of(request)
    person = person_for(member, person_id, Permission.CONCERN_RECORD, viewed=request.method != "POST")
    people = _offered(person)
    names = labels(people)
    form = FirstAccountForm(
        submitted_or_draft(request),
        people=[(str(candidate.id), names[candidate.id]) for candidate in people],
        whose=[str(person.id)],
        auto_id="%s",
    )
    if request.method != "POST":
        people_shown(member, [candidate.id for candidate in people], case=person.case)
    if request.method != "POST" or not form.is_valid():
        return _account_page(request, person, form)
    answers = form.cleaned_data
    at, words = at_and_words(answers["at"], timezone.now())
    record_first_account(
        by=member,
        at=at,
        people=[candidate for candidate in people if str(candidate.id) in answers["people"]],
        reference=answers["reference"],
        officer=answers["officer"],
        words=words,
        kept_evidence=answers["kept"],
        more=answers["more"],
    )
    return redirect("person-first-account", person.id)


def _offered(person: Person) -> list[Person]:
    """The person first, then the other possible victims and witnesses of the case."""
    others = [candidate for candidate in people_of(person.case) if {"possible_victim", "witness"} & set(candidate.roles)]
    return [person, *(candidate for candidate in others if candidate.id != person.id)][:MOST_NAMED]


def _account_page(request: HttpRequest, person: Person, form: FirstAccountForm) -> HttpResponse:
    now = timezone.now()
    recorded = [
        (video(row), evidence_summary(row.kept, row.more), f"{row.recorded_by.name}, {moment(row.recorded_at, now)}")
        for row in first_accounts([person.id])
    ]
    context = person_heading(person) | {"form": form, "recorded": recorded, "do_not_ask": DO_NOT_ASK}
    return render(request, "case_files/first_account.jinja", context, status=422 if request.method == "POST" else 200)


EACH = 25
ENDINGS = {"image/jpeg": "jpg", "image/png": "png", PDF: "pdf", DOC: "doc", DOCX: "docx", TEXT: "txt"}
KINDS = {"image/jpeg": "photograph", "image/png": "picture", PDF: "PDF", DOC: "old Word document", DOCX: "Word document"}
TOO_LARGE = "The file is larger than 25 MB. Choose a smaller one."


@page(Permission.FILE_ADD)
def case_files(request: HttpRequest, reference: str) -> HttpResponse:
    """The photographs and papers of a case, and one more."""
    member = member_of(request)
    case = access.case_for(member, reference, Permission.FILE_ADD, viewed=request.method != "POST")
    form = Paper(submitted_or_draft(request), request.FILES or None, auto_id="%s")
    if request.method == "POST" and form.is_valid():
        paper = form.cleaned_data["paper"]
        try:
            if paper.size > LARGEST:
                raise UnableToAddFile(TOO_LARGE)
            name = form.cleaned_data["what"].strip() or paper.name
            add_file(by=member, at=timezone.now(), case=case, name=name, content=paper.read())
            return redirect(f"/cases/{case.reference}/files")
        except UnableToAddFile as refusal:
            form.add_error("paper", str(refusal))
    rows = files_of(case, EACH + 1, place(request.GET.get("after", "")))
    context = {
        "case": case,
        "form": form,
        "files": rows[:EACH],
        "kinds": KINDS,
        "old_word": DOC,
        "after": Place(rows[EACH - 1].added_at, rows[EACH - 1].id).mark() if len(rows) > EACH else "",
    }
    return render(request, "case_files/files.jinja", context, status=422 if request.method == "POST" else 200)


@page(Permission.FILE_VIEW, only="GET")
def file(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """One file, to be saved and not opened in the page. Nothing in it can run as a part of Lodestar.

    It is handed out without what cameras and its maker's programs wrote into it, a Word document as its text; with ?as=added byte
    for byte, for whoever needs it as evidence. An old Word document, which nothing here reads, is had byte for byte alone.
    """
    member = member_of(request)
    case_file = file_for(member, file_id)
    as_added = request.GET.get("as") == "added"
    if case_file.media_type == DOC and not as_added:
        raise Http404
    try:
        content = store().get(case_file.tenant, case_file.original if as_added and case_file.original else case_file.sha256)
    except FileNotFoundError:
        raise Http404 from None
    media_type = case_file.media_type
    if media_type in (PDF, DOCX) and not as_added:
        try:
            content, media_type = clean_copy(content, case_file.media_type)
        except NotRead:
            return render(request, "case_files/file_busy.jinja", {"file": case_file}, status=503)
    name = f"{case_file.case.reference}-{str(case_file.id)[-4:]}{'-as-added' if as_added else ''}.{ENDINGS[media_type]}"
    return to_save(content, name, media_type)
