"""What was typed and is taken up again, where a colleague wrote meanwhile: its writer is told as if they had never left."""

import re
from html import unescape

from django.utils import timezone

from lodestar.casework.case_files.actions.case import name_operation, seal_case, unseal_case
from lodestar.casework.case_files.views import sharing
from lodestar.platform.accounts.models import Draft
from tests.factories.accounts import a_member
from tests.factories.cases import a_case
from tests.factories.signed_in import form, signed_in


def read(page):
    return unescape(page.content.decode())


def test_an_operation_typed_before_another_was_named_is_taken_up_with_what_its_writer_had_seen(client, fenmarch):
    case, owner = a_case(a_member("frontline")), a_member("coordinator")
    path = f"/cases/{case.reference}/operation"
    signed_in(client, owner).post("/hide", form(form_path=path, version="", name="Larkspur"))
    name_operation(by=a_member("coordinator"), at=timezone.now(), case=case, name="Heron")
    page = read(signed_in(client, owner).get(f"{path}?draft={Draft.objects.get().key}"))
    assert 'value="Larkspur"' in page
    seen = re.findall(r'name="version" value="([^"]*)"', page)
    late = client.post(path, form(version=seen, name="Larkspur"))
    assert late.status_code == 422
    assert "The case was added to Heron while you were writing." in read(late)
    now = re.findall(r'name="version" value="([^"]*)"', read(late))
    assert client.post(path, form(version=now, name="Larkspur")).status_code == 302


def test_whoever_unseals_a_moment_after_a_colleague_reads_of_no_seal_that_is_gone(client, monkeypatch, fenmarch):
    case, real = a_case(a_member("frontline")), unseal_case
    sealer, first, second = (a_member("coordinator") for _ in range(3))
    owners = [one.user for one in (sealer, first, second)]
    seal_case(by=sealer, at=timezone.now(), case=case, reason="A relative.", owners=owners)

    def a_moment_later(**told):
        real(**told | {"by": first, "reason": "He has left."})
        real(**told)

    monkeypatch.setattr(sharing.actions, "unseal_case", a_moment_later)
    late = signed_in(client, second).post(f"/cases/{case.reference}/unseal", form(reason="No reason is left."))
    assert late.status_code == 422
    assert "is no longer sealed. Someone unsealed it before you." in read(late)
    assert "No reason is left.</textarea>" in read(late)
    assert "Sealed because" not in read(late)
