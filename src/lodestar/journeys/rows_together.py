"""Rows of many incidents come in together: new concerns in as many statements as one of them, whatever stands one by one.

A table of a hundred thousand rows is an hour of statements where each concern asks its own. What becomes of a row is the same
whether it comes in alone or beside others: so one that cannot be kept is tried again without them (`import_concerns`).
"""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

from lodestar.accounts.access import Member
from lodestar.cases import actions as cases
from lodestar.cases import ledger
from lodestar.cases.models import Case, Person
from lodestar.journeys.concern_import import (
    CODE,
    Note,
    believed,
    case_facts,
    import_rows,
    offences_of,
    person_key,
    rows_out,
    words_of,
    would_become,
)
from lodestar.journeys.concern_rows import ConcernRow, concern_key
from lodestar.journeys.officers_named import officers_of, tell_officers, with_officer
from lodestar.journeys.sent_before import Standing, rows_sent, standing_of
from lodestar.journeys.taken import ADDED, MADE, Taken
from lodestar.kernel.ids import new_id
from lodestar.recognition import actions
from lodestar.recognition.actions.look_back import meet_people

Rows = Sequence[ConcernRow]


def import_together(*, by: Member, at: datetime, concerns: Sequence[Rows]) -> list[list[Taken]]:
    """What `import_rows` makes of each of these, in their order. To be called within one transaction, which is undone as a
    whole where one of them cannot be kept."""
    plain = _new_and_plain(by, concerns)
    made = _open(by, at, [concerns[place] for place in plain]) if plain else []
    found = dict(zip(plain, made, strict=True))
    return [
        found[place] if place in found else import_rows(by=by, at=at, rows=rows) for place, rows in enumerate(concerns)
    ]


def look_at_several(*, by: Member, concerns: Sequence[Rows], before: Collection[str] = ()) -> list[list[Taken]]:
    """What `import_together` would do, in as many statements as for one. `before`: the keys of concerns that rows earlier in the
    same file would open. Writes nothing."""
    groups, held, stands = _standing(by, concerns)
    out = rows_out(by, [(row, stands[_key(rows)]) for rows in groups for row in rows if row.key not in held])
    officers = officers_of(row for rows in groups for row in rows)
    opened: set[str] = set()
    found = []
    for rows in groups:
        key = _key(rows)
        told = would_become(rows, held, out, stands[key], is_opened=key in opened or key in before)
        found.append(with_officer(by, rows, told, officers))
        if any(one.what in (MADE, ADDED) for one in found[-1]):
            opened.add(key)
    return found


def _standing(by: Member, concerns: Sequence[Rows]) -> tuple[list[Rows], dict[str, str], dict[str, Standing]]:
    """The rows as they stand for the sender, those that were taken in before, and what stands under the key of each concern."""
    sent = rows_sent(by, [row for rows in concerns for row in rows])
    each = iter(sent.rows)
    groups: list[Rows] = [list(islice(each, len(rows))) for rows in concerns]
    return groups, sent.standing, standing_of(by, [_key(rows) for rows in groups])


def _key(rows: Rows) -> str:
    return concern_key(rows[0].incident, rows[0].key)


def _new_and_plain(by: Member, concerns: Sequence[Rows]) -> list[int]:
    """The places of those that make a new concern, in which no row tells of somebody whom another told of already, and
    none was let go."""
    groups, held, stands = _standing(by, concerns)
    out = rows_out(by, [(row, stands[_key(rows)]) for rows in groups for row in rows if row.key not in held])
    standing, opened, found = {*held, *out}, set[str](), []
    for place, (rows, came) in enumerate(zip(groups, concerns, strict=True)):
        own, key = {row.key for row in rows}, _key(rows)
        people = [row.person_ref for row in rows if row.person_ref]
        is_new = key not in opened and stands[key].case is None and stands[key].unknown is None
        as_came = all(row is one for row, one in zip(rows, came, strict=True))  # of no case that they know nothing of
        if is_new and as_came and not own & standing and len(own) == len(rows) and len(set(people)) == len(people):
            found.append(place)
        opened.add(key)
        standing |= own
    return found


def _open(by: Member, at: datetime, concerns: Sequence[Rows]) -> list[list[Taken]]:
    """Opens a concern of each."""
    officers = officers_of(row for rows in concerns for row in rows)
    met = {new_id(): next((row.met for row in rows if row.met), at) for rows in concerns}
    with ledger.opening_several(met, by=by.user, code=CODE):
        facts = [case_facts(by, rows, _key(rows), officers) for rows in concerns]
        made = cases.open_cases(
            by=by, at=at, cases=[(case_id, when, told) for (case_id, when), told in zip(met.items(), facts, strict=True)]
        )
        _write(by, at, list(zip(made, concerns, strict=True)))
    tell_officers(by=by, at=at, cases=made)
    return [
        with_officer(by, rows, [Taken(ADDED if place else MADE, case.reference) for place in range(len(rows))], officers)
        for case, rows in zip(made, concerns, strict=True)
    ]


def _write(by: Member, at: datetime, opened: Sequence[tuple[Case, Rows]]) -> None:
    """People, what they are suspected of, where they live, words, and the rows themselves."""
    told = [(case, row) for case, rows in opened for row in rows if row.person is not None]
    ids = {row.key: new_id() for _, row in told}
    named = [
        (case, [(ids[row.key], believed(row.person or {})) for _, row in some]) for case, some in _by_case(opened, told)
    ]
    reach = {ids[row.key]: [row.reach] for _, row in told if row.reach}
    made = cases.add_first_people(by=by, at=at, cases=named, reach=reach) if told else []
    people = {row.key: person for (_, row), person in zip(told, made, strict=True)}
    meet_people(by=by, at=at, people=made, are_new=True)
    new = [case for case, _ in opened]
    acts = [act for case, rows in opened for act in offences_of(case, [(row, people.get(row.key)) for row in rows])]
    if acts:
        cases.record_first_offences(by=by, at=at, cases=new, offences=acts)
    if reach:
        addresses = [(people[row.key], row.reach) for _, row in told if row.reach]
        cases.record_reported_addresses(by=by, at=at, cases=new, addresses=addresses)
    notes = [(case, case.encountered_at, said) for case, rows in opened if (said := list(_notes(case, rows, people)))]
    if notes:
        actions.add_notes_to(by=by, at=at, cases=notes)
    kept = [(case, case.encountered_at, [_kept(case, row, people) for row in rows]) for case, rows in opened]
    actions.keep_rows_of(by=by, at=at, cases=kept)
    # Kept, and alerted of; whoever imports is told nothing.
    compared = [(case, case.encountered_at, [people[row.key] for _, row in some]) for case, some in _by_case(opened, told)]
    cases.compare_people_of(by=by, at=at, cases=compared)


def _by_case(
    opened: Sequence[tuple[Case, Rows]], told: Sequence[tuple[Case, ConcernRow]]
) -> list[tuple[Case, list[tuple[Case, ConcernRow]]]]:
    return [(case, [one for one in told if one[0] is case]) for case, _ in opened]


def _notes(case: Case, rows: Rows, people: dict[str, Person]) -> Iterator[Note]:
    return iter(dict.fromkeys(words_of(case, [(row, people.get(row.key)) for row in rows])))


def _kept(case: Case, row: ConcernRow, people: dict[str, Person]) -> tuple[str, str, str, UUID | None]:
    person = people.get(row.key)
    return row.key, person_key(case, row), row.kept, person.id if person else None
