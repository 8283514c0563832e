"""Earlier records of other systems in the demo force, all invented: of each kind, so that the questions they raise are read."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from lodestar.accounts.access import Member
from lodestar.journeys.record_rows import record_row
from lodestar.kernel.days import london_date
from lodestar.recognition.actions.records import keep_records, say_whole

WHOLE_FOR = timedelta(days=730)  # for so long before now the demo force says that all are here
# Of each: kind, file, days before now, and the cells of its row.
RECORDS: Sequence[tuple[str, str, int, Mapping[str, str]]] = (
    ("missing", "missing.csv", 210, {"record_ref": "MP/1180", "name": "Ruben Castellane", "born": "14/02/2011", "narrative":
        "Left the placement at 22:00. Came back by himself the next day.", "source": "Missing persons system"}),
    ("missing", "missing.csv", 150, {"record_ref": "MP/1302", "name": "Ruben Castellane", "born": "14/02/2011", "narrative":
        "Found out of area at a railway station, with a one way ticket and a new phone he cannot explain."}),
    ("missing", "missing.csv", 61, {"record_ref": "MP/1477", "name": "CASTELLANE Ruben", "born": "14/02/2011", "narrative":
        "Third time this year. Would not say where he had been. Mother is worried about older friends."}),
    ("custody", "custody.csv", 40, {"record_ref": "CU/20771", "name": "Ruben Castellane", "born": "14/02/2011", "offence":
        "Possession with intent to supply a Class A drug, Misuse of Drugs Act 1971 s5(3)", "narrative":
        "Two phones, one of them registered to an adult. Says it is not his phone. Charged and bailed.", "outcome": "Bailed"}),
    ("stop", "stops.csv", 33, {"record_ref": "ST/4471", "name": "Ilinca Dobre-Hale", "born": "03/07/2008", "place":
        "Station Approach, Eldham", "narrative":
        "In a car with older males. Did not speak for herself; the driver answered for her. No offences."}),
    ("call", "calls.csv", 28, {"record_ref": "L/99-0231", "name": "Joris Linden", "born": "19/11/1998", "place":
        "Shine and Go car wash, Marlsea", "narrative":
        "Customer reports that a worker said he has not been paid for two months and sleeps in the back room.",
        "phone": "07700 900461"}),
    ("address", "addresses.csv", 20, {"record_ref": "AD/77", "name": "Joris Linden", "born": "19/11/1998", "place":
        "Flat 2, 14 Netmakers Row, Marlsea", "narrative": "One of several men there. Mattresses on the floor."}),
    ("address", "addresses.csv", 20, {"record_ref": "AD/77", "name": "Kasper Onderwater", "born": "02/05/1985", "place":
        "Flat 2, 14 Netmakers Row, Marlsea", "narrative": "Says the boss has his passport."}),
    ("address", "addresses.csv", 20, {"record_ref": "AD/77", "name": "Tiago Rosewarne", "born": "23/09/1990", "place":
        "Flat 2, 14 Netmakers Row, Marlsea", "narrative": "Works at the car wash."}),
    ("address", "addresses.csv", 18, {"record_ref": "AD/81", "name": "Emil Sandqvist-Moro", "born": "30/01/1979", "place":
        "Flat 2, 14 Netmakers Row, Marlsea", "narrative": "Met on a second visit."}),
    ("custody", "custody.csv", 12, {"record_ref": "CU/20933", "name": "Walter Penhaligon", "born": "08/08/1961", "offence":
        "Drink driving", "narrative": "No concerns raised. Charged and bailed."}),
    ("stop", "stops.csv", 9, {"record_ref": "ST/4502", "name": "Petr Kowal", "born": "1985", "place": "Salt Lane", "narrative":
        "Walking at night with one bag. Does not know the address where he lives."}),
)  # fmt: skip


def came_in(members: Mapping[str, Member], now: datetime) -> None:
    """Takes the records in as the analyst, a file at a time, and says of each that with it all of its kind are here."""
    files: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    today = london_date(now)
    for kind, file, days, cells in RECORDS:
        at = (now - timedelta(days=days)).strftime("%d/%m/%Y %H:%M")
        files.setdefault((kind, file), []).append({**cells, "happened_at": at})
    for (kind, file), rows in files.items():
        told = [record_row(list(row.items()), [], kind, now) for row in rows]
        keep_records(by=members["analyst"], at=now, records=told, file_name=file)
        say_whole(
            by=members["analyst"], at=now, kind=kind, first=today - WHOLE_FOR, last=today - timedelta(days=1), file_name=file,
            file_mark=f"demo {kind}",
        )  # fmt: skip
