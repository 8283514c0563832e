"""Photographs and papers on a case: adding one, and handing one out."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from lodestar.casework.case_files.access import file_for, files_of
from lodestar.casework.case_files.actions.case_files import UnableToAddFile, add_file, store
from lodestar.casework.case_files.forms import Paper
from lodestar.casework.cases import access
from lodestar.platform.accounts.access import member_of
from lodestar.platform.accounts.permissions import Permission
from lodestar.platform.accounts.request_flow import page, submitted_or_draft
from lodestar.platform.design.files import to_save
from lodestar.platform.files.clean_copies import DOCX, PDF, TEXT, clean_copy
from lodestar.platform.files.document_text import NotRead
from lodestar.platform.files.filestore import DOC, LARGEST
from lodestar.platform.text.paging import Place, place

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
