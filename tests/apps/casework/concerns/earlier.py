"""Earlier records brought in and concerns recorded, for the tests of what they ask and of looking back."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from lodestar.exchange.imports.import_rows import record_row
from lodestar.intelligence.earlier_records.actions.records import keep_records
from tests.factories.cases import a_case, a_person
from tests.factories.signed_in import drawn_for, form
from tests.factories.signed_in import signed_in as at_work

NAME, BORN = "Ruben Castellane", "2011-02-14"
SIGN, OTHER = "Found out of area with a one way ticket.", "The boss has his passport."


def bring_in(by, *rows, kind="missing", days=60, file="missing.csv"):
    now = timezone.now()
    at = (now - timedelta(days=days)).strftime("%d/%m/%Y %H:%M")
    cells = [{"record_ref": f"R/{number}", "happened_at": at, **row} for number, row in enumerate(rows)]
    told = [record_row(list(one.items()), [], kind, now) for one in cells]
    keep_records(by=by, at=now, records=told, file_name=file)


def ruben(**more):
    return {"name": NAME, "born": BORN, "narrative": SIGN, **more}


def a_concern(by, belief="signs_only", roles=("possible_victim",), name=NAME, born=BORN, days=0):
    case = a_case(by, at=timezone.now() - timedelta(days=days))
    return a_person(by, case, name=name, birth_date=born, belief=belief, roles=list(roles))


class Browser:
    """A colleague at work, who opens pages and sends forms."""

    def __init__(self, member):
        self.member, self.client = member, at_work(Client(), member)

    def get(self, path):
        return self.client.get(path)

    def send(self, path, typed):
        return self.client.post(path, form(**drawn_for(self.member), **typed))


def signed_in(member):
    return Browser(member)
