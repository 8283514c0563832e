"""Asking for the pages of the full record and of offences, and sending their forms."""

import re
from html import unescape

from lodestar.casework.ledger.models import Obligation
from lodestar.casework.section45.models import FullRecord
from tests.factories.full_records import answers
from tests.factories.signed_in import form

TICKED = re.compile(r"<input[^>]* checked")


def record_path(offence, end=""):
    return f"/people/{offence.person_id}/section-45/{offence.id}{end}"


def offence_path(offence):
    return f"/people/{offence.person_id}/offences/{offence.id}"


def rests_on(offence):
    return Obligation.objects.get(code="section45_full_record", subject=str(offence.id), moment="").rests_on


def shown(answer):
    return unescape(answer.content.decode())


def send(client, offence, told=None, **more):
    keys = {"version": len(FullRecord.objects.filter(offence=offence)), "rests_on": rests_on(offence)}
    return client.post(record_path(offence), form(**keys | (told or answers()) | more))


def sign(client, offence, **typed):
    row = FullRecord.objects.filter(offence=offence).order_by("-number").first()
    keys = {"record": str(row.id)} if row else {}
    return client.post(record_path(offence, "/countersign"), form(**keys | typed))


def outcome(client, offence, **typed):
    return client.post(offence_path(offence), form(**{"kind": "charge"} | typed))
