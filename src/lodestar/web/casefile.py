"""The page of a case puts panels together, one an app, in the order of harm."""

from collections.abc import Callable
from uuid import UUID

from lodestar.cases.casefile import Panel, Shown
from lodestar.web.presenters.case import owed_panel

# Who reads what: owed, tonight, section 45 of the Modern Slavery Act 2015, referrals, investigation. The latest comes last.
PANELS: tuple[Callable[[Shown], Panel | None], ...] = (owed_panel,)


def panels(shown: Shown) -> list[Panel]:
    """The panels that the member may know of, in their order."""
    return [panel for panel in (make(shown) for make in PANELS) if panel is not None]


def routes(shown: Shown) -> dict[UUID, str]:
    """Which way each person's referral goes, in a few words."""
    return {}
