"""Police areas on the first screen: those of the day on which somebody was met."""

from datetime import date
from html import unescape

import time_machine

from lodestar.casework.cases.models import Case
from lodestar.casework.concerns.forms import fields as form_fields
from tests.apps.casework.concerns.filled import sent

MAP = [
    {"slug": "fens", "name": "The Fens", "to": date(2026, 3, 31)},
    {"slug": "fens-and-broads", "name": "Fens and Broads", "from": date(2026, 4, 1)},
]


def test_police_areas_are_those_of_the_day_on_which_they_were_met(phone, monkeypatch):
    def rows_on(_app, _name, day):
        return [row for row in MAP if row.get("from", date.min) <= day <= row.get("to", date.max)]

    monkeypatch.setattr(form_fields, "rows_on", rows_on)
    with time_machine.travel("2026-04-01 03:00 +00:00", tick=False):
        page = phone.get("/record", follow=True)
        assert phone.post("/record", sent(page, when="today 0100", areas="The Fens")).status_code == 422
        assert phone.post("/record", sent(page, when="yesterday 2230", areas="The Fens")).status_code == 302
        case = Case.objects.get()
        assert case.police_areas == ["fens"]
        again = phone.get(f"/record/{case.id}/who")
        assert 'value="The Fens"' in unescape(again.content.decode())
        assert phone.post(f"/record/{case.id}/who", sent(again, what="Beds in the back")).status_code == 302
    assert Case.objects.get().police_areas == ["fens"]
