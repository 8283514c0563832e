"""The page of a case puts panels together, one an app, in the order of harm."""

from collections.abc import Callable
from dataclasses import replace

from lodestar.casework.allocation import casefile as allocation
from lodestar.casework.case_files.casefile import CaseContext, Panel
from lodestar.casework.concerns import casefile as recognition
from lodestar.casework.referrals import casefile as referrals
from lodestar.casework.safety import casefile as safety
from lodestar.casework.section45 import casefile as section45
from lodestar.intelligence.earlier_records import casefile as earlier_records
from lodestar.platform.accounts.access import Member
from lodestar.platform.accounts.links import may_open, open_links
from lodestar.web.presenters.case import owed_panel

# Owed, tonight, section 45 of the Modern Slavery Act 2015, signs, earlier records, referrals, investigation. The latest comes
# last, after them.
PANELS: tuple[Callable[[CaseContext], Panel | None], ...] = (
    owed_panel,
    safety.panel,
    section45.panel,
    recognition.panel,
    earlier_records.panel,
    referrals.panel,
    allocation.panel,
)


def panels(shown: CaseContext) -> list[Panel]:
    """The panels that the member may know of, in their order; what they say leads to no page that is none to them."""
    return [_for(shown.member, panel) for panel in (make(shown) for make in PANELS) if panel is not None]


def _for(member: Member, panel: Panel) -> Panel:
    rows = tuple(open_links(member, panel.rows))
    if panel.href and not may_open(member, panel.href):
        return replace(panel, rows=rows, href="", link="")
    return replace(panel, rows=rows)
