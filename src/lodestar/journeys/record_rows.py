"""One row of a table of earlier records: somebody held, missing, stopped, found at an address, or in a call elsewhere. The whole
row is kept beside, sealed; nationality, language and what is not read stand there alone."""

import json
from datetime import datetime

from lodestar.journeys.concern_rows import (
    birth_and_ages,
    day_notes,
    full_name,
    key_of_row,
    reach_lines,
    read_when,
    row_texts,
)
from lodestar.journeys.import_files import Cells, RowRejected
from lodestar.kernel.days import london_date
from lodestar.kernel.fuzzy import partial_date
from lodestar.kernel.person_age import age_between
from lodestar.recognition.rules.earlier import RecordTold
from lodestar.tables.rules import template_of

LONGEST = {"reference": 80, "name": 200, "place": 300, "offence": 300, "words": 4000, "source": 200}


def record_row(cells: Cells, others: Cells, kind: str, now: datetime) -> RecordTold:
    """What the cells say, each with the name of its column. Raises RowRejected."""
    template = template_of(kind)
    texts = row_texts(cells, template.several)
    if lacking := template.missing_from(texts):
        raise RowRejected(f"it lacks what each row needs: {lacking}")
    notes = day_notes(texts)
    reported, happened = read_when(texts, "reported_at", now), read_when(texts, "happened_at", now)
    when = happened or reported
    if when is None:
        raise RowRejected("it lacks when it happened")
    if not happened:
        notes.append("the time it was reported is used as the time it happened")
    name = "happened" if happened else "reported"
    as_typed = " ".join(texts[part] for part in (f"{name}_at", f"{name}_time") if part in texts)
    on = london_date(when[0])
    born, ages = birth_and_ages(texts, on)
    place = ", ".join(texts[part] for part in ("place", "postcode") if part in texts)
    outcome = f"Outcome: {texts['outcome']}" if "outcome" in texts else ""
    whole = {
        "reference": texts.get("record_ref", ""),
        "name": full_name(texts),
        "place": place,
        "offence": texts.get("offence", ""),
        "words": "\n".join(filter(None, (texts.get("narrative"), outcome))),
        "source": ", ".join(texts[part] for part in ("source", "officer") if part in texts),
    }
    notes += [f"{part} is long, and is kept in full with the row" for part, text in whole.items() if len(text) > LONGEST[part]]
    low, high = age_between(partial_date(born), on, on) if born else ages or (None, None)
    return RecordTold(
        key=key_of_row(cells, kind),
        kind=kind,
        kept=json.dumps(sorted([*cells, *others])),
        happened_at=when[0],
        happened_as="" if happened and when[1] else as_typed[:60],
        birth_date=born,
        age_min=low,
        age_max=high,
        address=(place or texts.get("address", "").replace("\n", ", ")) if kind == "address" else "",
        reach="\n".join(dict.fromkeys(reach_lines(cells))),
        notes=notes,
        **{part: text[: LONGEST[part]] for part, text in whole.items()},
    )
