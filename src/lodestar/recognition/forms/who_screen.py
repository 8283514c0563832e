"""The first screen as a whole: one form about the case, one for each person on the page, and what two writers make of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from lodestar.cases.models import AllegedOffence, Case, Person
from lodestar.cases.queries.settings import settings_in_force
from lodestar.kernel.days import london_date
from lodestar.recognition.forms.concern import ConcernForm, PersonForm, case_as_typed, day_of, person_as_typed
from lodestar.recognition.forms.rows import RowForm, Version, can_keep_both, settle_all, versions
from lodestar.recognition.queries import nation_of
from lodestar.recognition.rules.offences import act_of
from lodestar.tenancy.within import current_tenant

DOUBT = "age_in_doubt_up_to"


@dataclass
class Sheet:
    """The fields of one person: their id travels with them, so that nothing lands on anybody else."""

    id: UUID
    row: Person | None
    offence: AllegedOffence | None
    form: PersonForm
    legend: str
    is_like_first: bool = False

    @property
    def is_told(self) -> bool:
        """Whether there is somebody: recorded before, or anything said now."""
        return self.row is not None or self.is_like_first or not self.form.is_blank


class WhoScreen:
    """`rows` are the people recorded, by id; `order` the ids on this page, recorded or new. `data` is what was sent."""

    def __init__(
        self,
        case: Case | None,
        *,
        order: Sequence[UUID],
        rows: Mapping[UUID, Person],
        offences: Mapping[UUID, AllegedOffence],
        names: Mapping[UUID, str],
        takes_reach: bool,
        data: Mapping[str, Any] | None = None,
    ) -> None:
        self.case, self.data = case, data
        before = case_as_typed(case, list(rows.values())) if case else None
        self.concern = ConcernForm(data, before=before, day=day_of(case))
        self.day: date = self._day_met()
        self.doubt = int(settings_in_force().on(self.day)[DOUBT])
        first_new = max((row.number for row in rows.values()), default=0) + 1
        self.sheets: list[Sheet] = []
        for position, one in enumerate(order, 1):
            row, offence = rows.get(one), offences.get(one)
            before = person_as_typed(row, offence, day=self.day, doubt=self.doubt) if row else None
            form = PersonForm(
                data, day=self.day, doubt=self.doubt, takes_reach=takes_reach, before=before, prefix=f"p{position}"
            )
            legend = names.get(one) or f"Person {first_new}"
            first_new += 0 if row else 1
            like = bool(data and position > 1 and row is None and data.get(f"p{position}-like"))
            self.sheets.append(Sheet(one, row, offence, form, legend, like))

    def _day_met(self) -> date:
        """The day on which ages are true: of a new case the one that is typed, since whoever is 18 today was 17 yesterday."""
        if self.case is None and self.concern.is_bound and not self.concern.errors.get("when"):
            when = self.concern.cleaned_data["when"]
            return london_date(when.at) if when else day_of(None)
        return day_of(self.case)

    @property
    def forms(self) -> list[RowForm]:
        """Every form of the page, in its order."""
        return [self.concern, *(sheet.form for sheet in self.sheets)]

    @property
    def told(self) -> list[Sheet]:
        """The people there are. The first counts as there when another is said to be like them."""
        alike = any(sheet.is_like_first for sheet in self.sheets)
        return [sheet for sheet in self.sheets if sheet.is_told or (alike and sheet is self.sheets[0])]

    def settle(self) -> bool:
        """Puts what was typed together with what stands now. True when all of it can be saved."""
        for sheet in self.sheets[1:]:
            if sheet.is_like_first:
                sheet.form.take(sheet.form.like(self.sheets[0].form))
        return settle_all(self.forms)

    def versions(self) -> list[Version]:
        """What two people wrote differently."""
        return versions([("", self.concern), *((sheet.legend, sheet.form) for sheet in self.sheets)])

    @property
    def can_keep_both(self) -> bool:
        """Whether every answer that clashes can hold both versions."""
        return can_keep_both(self.forms)

    def act_of(self, sheet: Sheet) -> dict[str, str]:
        """The columns of what a person is suspected of: all of a new act, of a recorded one those that were changed."""
        told = sheet.form.cleaned_data
        kind = self.concern.place_kind or (sheet.row.place if sheet.row else "")
        nation = self.case.nation if self.case else nation_of(current_tenant())
        when = self.concern.cleaned_data.get("when")
        day = london_date(when.at) if when else self.day
        act = act_of(told["offence"], stage=told["stage"], day=day, nation=nation, in_custody=kind == "custody")
        if sheet.offence is None:
            return act
        kept = set() if sheet.form.changed("offence") else set(act) - {"stage"}
        kept |= set() if sheet.form.changed("stage") and told["stage"] else {"stage"}
        return {name: value for name, value in act.items() if name not in kept}
