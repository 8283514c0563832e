"""One row of a list of people arrested or charged, as another system of the force wrote it. Pure."""

from dataclasses import dataclass
from datetime import datetime

CUSTODY, CHARGE = "custody", "charge"
KINDS = ((CUSTODY, "Arrested"), (CHARGE, "Charged"))
OF_A_SUSPECT = {"arrested": "suspect_arrested", "released": "suspect_released"}  # the event for victims, by kind of custody
UNDECIDED, MATCHED, NOBODY = "undecided", "matched", "nobody"
STATES = ((UNDECIDED, "Not decided"), (MATCHED, "Someone recorded here"), (NOBODY, "No one recorded here"))


@dataclass(frozen=True)
class ListRow:
    """What a row says. `at` is when they were arrested or charged. `case` and `number` are Lodestar's own reference of a person,
    `crime` a crime number: each tells exactly who it is; a name never does."""

    kind: str
    reference: str
    at: datetime
    name: str = ""
    born: str = ""
    offence: str = ""
    act: str = ""
    section: str = ""
    case: str = ""
    number: int | None = None
    crime: str = ""
    custody_reference: str = ""
    arrived_at: datetime | None = None
    released_at: datetime | None = None
    is_immigration: bool = False
    immigration_informed_at: datetime | None = None

    @property
    def suspected(self) -> dict[str, str]:
        """The act that they are suspected of, as it is recorded."""
        title = self.offence or ("Arrested as an immigration offender" if self.is_immigration and not self.act else "")
        return {"act": self.act, "section": self.section, "title": title}
