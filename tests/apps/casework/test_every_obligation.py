"""Everything that may be owed is opened and closed by pages alone: of each code of the list a scene opens it, and whoever owes
it closes it with its record, or with what is marked as an officer's word."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from lodestar.casework.cases.models import Case
from lodestar.casework.ledger import ledger
from lodestar.casework.ledger.models import Obligation
from lodestar.platform.obligations.closing_records import BY_RECORD, BY_WORD, OFFICERS_WORD, closings
from lodestar.platform.obligations.obligations import obligation_rows
from tests.apps.casework.force_at_work import PAGES, Force, Scene, answers, words_of
from tests.factories.cases import MET

pytestmark = pytest.mark.usefixtures("fenmarch")
LEADS_TO = re.compile('href="([^"]+)" data-recorded')
CANNOT: dict[str, str] = {}  # code: why no page opens or closes it
ON_A_WORD = {code for code, closing in closings().items() if closing.record == OFFICERS_WORD}
# The fact that the page records is the record: with it nothing is owed any more.
BY_THE_FACT = {"confirm_consent_conditions", "decide_belief", "establish_age", "hand_on_what_is_left"}
USED, EXPLOITER = {"part": ["used"]}, {"age": "adult", "part": ["using"]}


def a_boy_in_custody(force: Force) -> Iterator[Scene]:
    """Arrested with drugs, his age in dispute; referred and decided; found to be an adult at last."""
    boy = {"name": "Jaden", "low": "16", "high": "17", "basis": "disputed", "part": ["used", "suspect"]}
    boy |= {"offence": "intent_to_supply", "stage": "arrest"}
    scene = Scene(force, "custody", boy, {"name": "Skip", **EXPLOITER}, belief="reasonable_grounds")
    scene.of_person("more", british="no", threats=["person"], helpers=["solicitor"])
    scene.of_person("exploitation", type="labour", still_in_situation="yes", police_areas="Norfolk")
    scene.of_person("earlier-referral", route="dtn", same_events="no")
    for kind in ("forced_marriage_known", "rape_reported", "other_crime_known"):
        scene.happened(kind)
    scene.happened("suspect_arrested", 2)
    scene.happened("suspect_to_be_released", 2, at="tomorrow 0900")
    scene.of_case("what-happened", kind="closing_proposed")
    yield scene
    for kinds in (("info_asked",), ("rg_negative",), ("rec_asked",), ("rg_positive", "cg_negative"), ("cg_positive",)):
        for kind in kinds:
            scene.decided(kind)
        yield scene
    scene.happened("found_adult")
    yield scene


def a_woman_who_says_no(force: Force) -> Iterator[Scene]:
    """She answers before it is known whether she was alone, and is asked again; she is supported, moves and is lost. So is her
    brother, who is a child."""
    brother = {"name": "Ivo", "low": "16", "high": "16", **USED}
    scene = Scene(force, "home", {"name": "Anna", "low": "24", "high": "24", **USED}, brother, belief="reasonable_grounds")
    scene.of_person("consent", answer="no")
    yield scene
    scene.of_person("age", 2, birth_date=f"1 March {MET.year - 16}")
    for number, kind in ((1, "began"), (2, "began"), (1, "transfer")):
        scene.of_person("support/record", number, by="advisor", kind=kind, who="The outreach service")
    scene.of_person("missing", at="now")
    yield scene


def somebody_lost(force: Force) -> Iterator[Scene]:
    """In doubt whether he can decide; then contact is lost, before any answer."""
    scene = Scene(force, "street", {"name": "Bao", "low": "30", "high": "30", **USED}, belief="reasonable_grounds")
    scene.of_person("more", care_and_support_needs="yes")
    scene.of_person("consent", answer="not_asked", capacity="in_doubt")
    scene.of_person("missing", at="now")
    yield scene


def two_in_doubt(force: Force) -> Iterator[Scene]:
    """Signs only of somebody whose age nobody knows; no grounds yet of a child under ten."""
    child = {"name": "Cal", "low": "8", "high": "9", "part": ["used", "suspect"], "offence": "theft"}
    scene = Scene(force, "street", {"name": "Dee", "age": "not_known", **USED}, child, b_1="signs_only", b_2="none")
    yield scene


def many_acts(force: Force) -> Iterator[Scene]:
    """A man used and using others, suspected of four acts; a death, an organised group, a diplomat, and all of it abroad."""
    man = {"name": "Emil", "low": "35", "high": "35", "part": ["used", "using", "suspect"]}
    scene = Scene(force, "premises", man, belief="reasonable_grounds")
    for act in (
        {"act": "Offences against the Person Act 1861", "section": "18", "title": "wounding", "stage": "convicted"},
        {"act": "Theft Act 1968", "section": "9", "title": "burglary"},
        {"act": "Theft Act 1968", "section": "1", "title": "theft", "on_from": "2014"},
        {"act": "Common law", "title": "theft", "where": "scotland"},
    ):
        scene.of_person("offences", pick="other", **act)
    scene.of_person("exploitation", type="sexual", where=["overseas"])
    scene.of_person("earlier-referral", route="nrm", same_events="yes")
    scene.of_case("more", organised_group="yes", diplomat="yes", links_abroad="yes", deaths="1")
    force.insists("frontline", f"/people/{scene.ids[0]}/referral", "as_it_happened", route="nrm", direction="made_by_us")
    below = {"somebody": force.named("frontline"), "reason": "Nobody else was there"}
    force.insists("crime_allocation", f"/cases/{scene.case.reference}/allocate", "happened", **below)
    scene.of_person(
        "immigration", way="told", recipient="J. Hall, removals", purposes=["safeguarding", "harm"], what="That he was found",
        parts=["safeguarding"], power="Data Protection Act 2018 section 36", reason="Nothing less would do",
    )  # fmt: skip
    yield scene


def a_tour_ends(force: Force) -> Iterator[Scene]:
    """What the officer has not done by the end of the shift."""
    ends = timezone.localtime() + timedelta(hours=8)
    force.sends("frontline", "/tour", ends=f"{ends:%H%M}")
    yield Scene(force, "vehicle", {"name": "Fay", "low": "40", "high": "40", **USED}, belief="reasonable_grounds")


SCENES = (a_boy_in_custody, a_woman_who_says_no, somebody_lost, two_in_doubt, many_acts, a_tour_ends)


class Closed:
    """How each code was closed, in the first scene that opened it: with a record, on an officer's word, or because the fact that
    its page recorded leaves nothing owed. `unread` are those whose record cannot be read where it was owed."""

    def __init__(self, force: Force) -> None:
        self.force = force
        self.opened: set[str] = set()
        self.how: dict[str, str] = {}
        self.unread: list[str] = []

    def close_all(self, scene: Scene) -> None:
        """Closes what is open in a scene and was closed in none before, also what opens by that: first what has no page of its
        own, then page by page."""
        tried: dict[str, Obligation] = {}
        while rows := self._still_open(scene, tried):
            without_page = [row for code, row in rows.items() if code not in PAGES]
            for row in without_page or [rows[next(code for code in PAGES if code in rows)]]:
                tried[row.code] = row
                PAGES.get(row.code, answers)(scene, row)
        for code, row in tried.items():
            row.refresh_from_db()
            self.how[code] = row.closed_with if row.state == "closed" else row.state
            if row.state == "closed" and not self._is_read(row):
                self.unread.append(code)

    def _still_open(self, scene: Scene, tried: dict[str, Obligation]) -> dict[str, Obligation]:
        """Of each code that is left the row that is due first."""
        rows = scene.rows()
        self.opened |= {row.code for row in rows}
        left = [row for row in reversed(rows) if row.state == "open" and row.code not in {*self.how, *tried}]
        return {row.code: row for row in left}

    def _is_read(self, row: Obligation) -> bool:
        """Whether the page of what was owed shows its record or leads to it, and marks an officer's word, and only that."""
        html = self.force.reads(row.with_role, f"/owed/{row.id}")
        leads_to = LEADS_TO.search(html)
        if leads_to:
            self.force.reads(row.with_role, leads_to[1])
        is_there = bool(leads_to) if row.code in PAGES else words_of(row.code) in html
        return is_there and ("data-officers-word" in html) == (row.closed_with == BY_WORD)


def test_every_obligation_is_opened_and_closed_by_pages():
    with time_machine.travel(MET) as clock:
        force = Force(clock)
        closed, cases = Closed(force), []
        for story in SCENES:
            for scene in story(force):
                closed.close_all(scene)
            cases.append(Case.objects.get(id=scene.case.id))
        assert ledger.differences(cases) == []
    codes = set(closings()) - set(CANNOT)
    faults = {
        "never opened": sorted(codes - closed.opened),
        "never closed": sorted(code for code in codes if closed.how.get(code, "open") == "open"),
        "closed, and its record cannot be read": closed.unread,
        "pages that refused": force.refused,
    }
    assert not any(faults.values()), faults
    assert codes | set(CANNOT) == set(obligation_rows())
    how = {kind: {code for code in codes if closed.how[code] == kind} for kind in (BY_RECORD, BY_WORD, "not_owed")}
    assert how == {BY_RECORD: codes - ON_A_WORD - BY_THE_FACT, BY_WORD: ON_A_WORD, "not_owed": BY_THE_FACT}
