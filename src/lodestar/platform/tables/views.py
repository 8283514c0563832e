"""The page of a table that is looked at first and then recorded, called by the views of the app whose table it is."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from lodestar.platform.design.files import to_save
from lodestar.platform.tables.forms import ImportFile
from lodestar.platform.tables.rules import as_csv, as_xlsx, template_of
from lodestar.platform.tables.table_files import NotRead
from lodestar.platform.tables.template_rows import LookedAt

ANOTHER_FILE = "This is not the file you checked. Check this one first"
FORMS = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}


def template_to_save(kind: str, ending: str) -> HttpResponse | None:
    """The template of a kind as a file of this ending; None for an ending that is none."""
    if ending not in FORMS:
        return None
    content_type, made = FORMS[ending]
    return to_save(made(template_of(kind)), f"{kind}.{ending}", content_type)


def table_page(
    request: HttpRequest, kind: str, read: Callable[[bytes], LookedAt], record: Callable[[list[Any]], object], *, back: str,
    **words: str,
) -> HttpResponse:  # fmt: skip
    """The template of a kind of table (`as`); what one would record, of which nothing is kept; sent again, `record` takes its
    rows, and then comes `back`. `words`: heading, say, press. What `record` raises as ValueError is said beside the file."""
    is_sent = request.method == "POST"
    template = template_to_save(kind, request.GET.get("as", ""))
    if template and not is_sent:
        return template
    form = ImportFile(request.POST, request.FILES, auto_id="%s") if is_sent else ImportFile(auto_id="%s")
    file, looked_at = None, ""
    if is_sent and form.is_valid():
        looked_at = form.cleaned_data["looked_at"]
        try:
            file = read(form.cleaned_data["file"].read())
            if looked_at == file.mark:
                record(file.rows)
                return redirect(back)
        except (NotRead, ValueError) as error:
            form.add_error("file", f"Nothing can be imported: {error}")
    if file and looked_at and looked_at != file.mark:
        form.add_error("file", ANOTHER_FILE)
    context = {"form": form, "file": file, "back": back, **words}
    return render(request, "tables/file.jinja", context, status=422 if form.errors else 200)
