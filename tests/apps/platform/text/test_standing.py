"""How what is owed stands, given evidence: held against generated histories."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lodestar.platform.obligations.obligation_status import CLOSING, Evidence, obligation_statuses
from lodestar.platform.obligations.obligations import Owed

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

CODES = st.sampled_from(["make_safe", "safe_place"])
PEOPLE = st.sampled_from(["p1", "p2", None])
FACTS = st.sampled_from(["", "a", "b"])


def owing(code: str = "make_safe", person: str | None = "p1", rests_on: str = "", due: datetime | None = None) -> Owed:
    return Owed(
        code, person, "", "", "Deal with danger first.", "frontline", "now", 1, due, None, (), None, ("because",),
        ("law",), "law", "verified", rests_on, None,
    )  # fmt: skip


def proof(kind: str, hours: int = 0, code: str = "make_safe", person: str | None = "p1", rests_on: str = "") -> Evidence:
    return Evidence(person, code, "", "", kind, START + timedelta(hours=hours), rests_on)  # type: ignore[arg-type]


OWED = st.lists(st.builds(owing, CODES, PEOPLE, FACTS), max_size=6, unique_by=lambda one: one.key)
EVIDENCE = st.lists(
    st.builds(proof, st.sampled_from(["done", "not_needed", "not_possible"]), st.integers(0, 5), CODES, PEOPLE, FACTS),
    max_size=12,
)


def test_nothing_recorded_is_open() -> None:
    (found,) = obligation_statuses([owing()], [])
    assert (found.state, found.evidence, found.with_supervisor) == ("open", None, False)


def test_done_and_not_needed_close_it_and_the_latest_is_named() -> None:
    (found,) = obligation_statuses([owing()], [proof("not_needed", 3), proof("done", 1)])
    assert found.state == "closed"
    assert found.evidence == proof("not_needed", 3)


def test_not_possible_keeps_it_open_with_the_supervisor() -> None:
    (found,) = obligation_statuses([owing()], [proof("not_possible", 1)])
    assert (found.state, found.with_supervisor, found.is_open) == ("open", True, True)


def test_another_fact_reopens_it_and_the_old_fact_closes_it_again() -> None:
    evidence = [proof("done", 1, rests_on="a")]
    assert obligation_statuses([owing(rests_on="b")], evidence)[0].state == "reopened"
    assert obligation_statuses([owing(rests_on="a")], evidence)[0].state == "closed"


def test_another_persons_evidence_closes_nothing() -> None:
    assert obligation_statuses([owing(person="p2")], [proof("done", person="p1")])[0].state == "open"


@given(OWED, EVIDENCE)
def test_each_thing_owed_stands_once_in_its_order(owed: list[Owed], evidence: list[Evidence]) -> None:
    assert [one.owed for one in obligation_statuses(owed, evidence)] == owed


@given(OWED, EVIDENCE)
def test_it_is_closed_exactly_when_closing_evidence_rests_on_the_same_facts(owed: list[Owed], evidence: list[Evidence]) -> None:
    for one in obligation_statuses(owed, evidence):
        fits = [
            proof
            for proof in evidence
            if proof.key == one.owed.key and proof.kind in CLOSING and proof.rests_on == one.owed.rests_on
        ]
        assert (one.state == "closed") == bool(fits)
        if fits:
            assert one.evidence is not None
            assert one.evidence.happened_at == max(proof.happened_at for proof in fits)


@given(OWED, EVIDENCE, EVIDENCE)
def test_more_evidence_never_opens_what_is_closed(owed: list[Owed], known: list[Evidence], more: list[Evidence]) -> None:
    closed = {one.owed.key for one in obligation_statuses(owed, known) if one.state == "closed"}
    assert closed <= {one.owed.key for one in obligation_statuses(owed, known + more) if one.state == "closed"}


@given(OWED, EVIDENCE)
def test_the_order_in_which_it_was_written_down_does_not_decide(owed: list[Owed], evidence: list[Evidence]) -> None:
    def told(given: list[Evidence]) -> list[tuple[str, bool, datetime | None]]:
        return [
            (one.state, one.with_supervisor, one.evidence.happened_at if one.evidence else None)
            for one in obligation_statuses(owed, given)
        ]

    assert told(evidence) == told(evidence[::-1])


@given(EVIDENCE)
def test_evidence_for_what_is_not_owed_changes_nothing(evidence: list[Evidence]) -> None:
    others = [proof for proof in evidence if proof.code != "make_safe"]
    assert obligation_statuses([owing()], others) == obligation_statuses([owing()], [])
