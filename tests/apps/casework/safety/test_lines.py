"""Whatever is met, by however many: at most seven lines, in their order, and every tick one person's."""

from datetime import timedelta
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.casework.cases.models import Case, Person
from lodestar.casework.ledger.ledger import all_owed
from lodestar.casework.ledger.models import Obligation
from lodestar.casework.safety.presenters.lines import WORDINGS, lines
from lodestar.casework.safety.presenters.screen import screen
from lodestar.casework.safety.queries import Scene
from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.settings import SHIPPED
from tests.factories.cases import MET
from tests.rules.generated import people

MOST_PEOPLE = 30
NOW = MET + timedelta(minutes=20)
READER = uuid4()


@st.composite
def crowds(draw):
    """Up to thirty people of a few kinds, and which of their lines are answered."""
    kinds = [draw(people(number)) for number in range(1, draw(st.integers(1, 3)) + 1)]
    count = draw(st.integers(0, MOST_PEOPLE))
    told = [dict(draw(st.sampled_from(kinds)), id=str(UUID(int=number))) for number in range(1, count + 1)]
    met = {"encountered_at": MET.isoformat(), "force": "fenmarch", "people": told}
    return read_encounter(met), draw(st.randoms(use_true_random=False))


def scene_of(encounter, random):
    """The rows that the ledger would hold of this encounter, some of them answered."""
    case = Case(id=uuid4(), reference="FM-26-0001", encountered_at=MET, interim_owner_id=READER)
    met = [Person(id=UUID(one.id), number=number, case=case) for number, one in enumerate(encounter.people, 1)]
    number_of = {person.id: person.number for person in met}
    rows = [
        Obligation(
            id=uuid4(), case=case, person_id=UUID(owed.person), code=owed.code, moment=owed.moment, line=owed.line,
            owed_by=owed.owed_by, when=owed.when, due_at=owed.due, state=random.choice(["open", "open", "closed"]),
        )
        for owed in all_owed(encounter, SHIPPED)
        if owed.line is not None and owed.owed_by == "frontline" and owed.when == "now" and owed.person
    ]  # fmt: skip
    rows.sort(key=lambda row: (row.line, number_of[row.person_id], row.moment))
    return Scene(case, met, rows, {}, {}, (), ())


@given(crowds())
@settings(max_examples=10, deadline=None)
def test_the_screen_names_no_page_that_the_reader_may_not_open(crowd):
    scene = scene_of(*crowd)
    shut = screen(scene, user=READER, now=NOW, may_open=lambda _address: False)
    assert [step.href for step in shut["then"] if step.href] == []
    assert not shut["hands_on"]
    assert not any(line.elsewhere for line in shut["lines"])
    for line in screen(scene, user=READER, now=NOW, may_open=lambda _address: True)["lines"]:
        assert line.elsewhere == (line.offered if line.wording.page or line.code == "safe_place" else ())


@given(crowds())
@settings(max_examples=30, deadline=None)
def test_at_most_seven_lines_in_their_order_and_each_tick_one_person_s(crowd):
    scene = scene_of(*crowd)
    found = lines(scene, user=READER, now=NOW)
    order = list(WORDINGS)
    assert len(found) <= 7
    assert [line.n for line in found] == list(range(1, len(found) + 1))
    assert [line.code for line in found] == sorted((line.code for line in found), key=order.index)
    for line in found:
        of_line = [row for row in scene.owed if row.code == line.code]
        assert [tick.person for tick in line.ticks] == list(dict.fromkeys(row.person_id for row in of_line))
        still = {row.person_id for row in of_line if row.state == "open"}
        assert {tick.person for tick in line.ticks if tick.is_open} == still
        assert {tick.person for tick in line.offered} == still
        assert len({tick.number for tick in line.ticks}) == len({tick.name for tick in line.ticks}) == len(line.ticks)
        assert line.numbers == ",".join(str(tick.number) for tick in line.offered)
        assert (line.state == "done") == (not still)


@given(crowds(), st.sampled_from(list(WORDINGS)))
@settings(max_examples=20, deadline=None)
def test_answering_and_unfolding_change_neither_order_nor_number(crowd, unfolded):
    scene = scene_of(*crowd)
    before = [(line.n, line.code) for line in lines(scene, user=READER, now=NOW)]
    assert [(line.n, line.code) for line in lines(scene, user=READER, now=NOW, unfolded=unfolded)] == before
    for row in scene.owed:
        row.state = "closed"
    assert [(line.n, line.code) for line in lines(scene, user=READER, now=NOW)] == before


@given(crowds())
@settings(max_examples=20, deadline=None)
def test_however_many_are_met_no_more_than_one_line_of_many_is_unfolded(crowd):
    scene = scene_of(*crowd)
    found = lines(scene, user=READER, now=NOW)
    drawn = [len(line.offered) for line in found if line.is_unfolded]
    assert sum(drawn) <= 12 or len(drawn) == 1


@given(crowds())
@settings(max_examples=20, deadline=None)
def test_no_word_of_the_screen_says_that_anyone_is_out_of_danger_or_that_all_is_done(crowd):
    scene = scene_of(*crowd)
    for row in scene.owed:
        row.state = "closed"
    shown = screen(scene, user=READER, now=NOW, may_open=lambda _address: True)
    texts = [line.heading + line.wording.text for line in shown["lines"]]
    said = " ".join([shown["answered"], shown["state"], shown["people"], *texts])
    asked = ("Make the person safe", "Find a safe place to sleep tonight")
    assert " safe" not in said.replace(asked[0], "").replace(asked[1], "").lower()
    assert "complete" not in said.lower()
    assert not scene.owed or "It does not show how" in shown["answered"]
