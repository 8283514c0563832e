"""What was typed and is taken up again, where a colleague wrote meanwhile: its writer is told as if they had never left."""

import re
from html import unescape

from django.utils import timezone

from lodestar.accounts.models import Draft
from lodestar.cases import actions
from tests.factories.accounts import a_member
from tests.factories.cases import a_case
from tests.factories.signed_in import form, signed_in


def read(page):
    return unescape(page.content.decode())


def test_an_operation_typed_before_another_was_named_is_taken_up_with_what_its_writer_had_seen(client, fenmarch):
    case, owner = a_case(a_member("frontline")), a_member("coordinator")
    path = f"/cases/{case.reference}/operation"
    signed_in(client, owner).post("/hide", form(form_path=path, version="", name="Larkspur"))
    actions.name_operation(by=a_member("coordinator"), at=timezone.now(), case=case, name="Heron")
    page = read(signed_in(client, owner).get(f"{path}?draft={Draft.objects.get().key}"))
    assert 'value="Larkspur"' in page
    seen = re.findall(r'name="version" value="([^"]*)"', page)
    late = client.post(path, form(version=seen, name="Larkspur"))
    assert late.status_code == 422
    assert "The case was put into Heron while you were writing." in read(late)
    now = re.findall(r'name="version" value="([^"]*)"', read(late))
    assert client.post(path, form(version=now, name="Larkspur")).status_code == 302
