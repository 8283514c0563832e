"""The first screens: what, where, when and who is there; and whether they are safe right now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from lodestar.casework.case_files.forms import BASES
from lodestar.casework.cases.models import AllegedOffence, Case, Person
from lodestar.casework.concerns import rules
from lodestar.casework.concerns.forms import fields
from lodestar.casework.concerns.queries import nation_of
from lodestar.platform.design.when import clock
from lodestar.platform.design.when import day as day_words
from lodestar.platform.obligations.facts import NEEDS
from lodestar.platform.reference.rules import OTHER, STAGES, act_of, code_of, offences_on
from lodestar.platform.settings.queries import settings_in_force
from lodestar.platform.tenancy.tenant_transaction import current_tenant
from lodestar.platform.text.merge_edits import Raw
from lodestar.platform.text.reference_lists import reference_list
from lodestar.platform.time.days import london_date
from lodestar.platform.time.uk_dates import WrittenInstant, day_in_words, read_age, read_birth, read_when

CHOICES = {row["code"]: [(value, words) for value, words in row["options"]] for row in reference_list("concerns", "choices").rows}
PLACES, FIRST_NEEDS, MORE_NEEDS = CHOICES["places"], CHOICES["first_needs"], CHOICES["more_needs"]
AGES = [*rules.WORDS.items(), ("not_known", "Not known")]
PARTS = {"used": "possible_victim", "suspect": "suspect", "using": "exploiter"}  # how a form calls a role
AGE_ANSWERS = ("age", "low", "high", "born", "basis")


def _read_when(text: str) -> WrittenInstant | None:
    """When it was, as officers write it; None when blank."""
    return read_when(text, timezone.now())


def _read_birth(text: str) -> str:
    """A date of birth as far as it is known: 2009, 2009-09 or 2009-09-04; empty when blank."""
    return read_birth(text, timezone.localdate())


class ConcernForm(fields.RowForm):
    """What it is, where and when. One of them is enough, and so is none."""

    texts = frozenset({"what", "where"})

    what = fields.Words("What is happening?", 2000, help_text="A line is enough.")
    where = fields.Line("Where", 300, help_text="Street, town or postcode")
    when = fields.Read("When", _read_when, help_text="Leave blank for now. Or like 0225, yesterday 2230, 3 March")
    met = fields.one_of("What kind of place?", PLACES)
    met_other = fields.picked("Another kind of place", CHOICES["other_places"])
    areas = fields.PoliceAreas("Other police areas involved", help_text="Like Norfolk, Essex")
    operation = fields.Line("Operation", 120)

    def __init__(self, data: Mapping[str, Any] | None = None, *, before: Mapping[str, Raw] | None = None, day: date) -> None:
        super().__init__(data, before=before)
        self._read_areas_of(day)

    def _read_areas_of(self, day: date) -> None:
        self.fields["areas"].day = day  # type: ignore[attr-defined]  # a field of police areas

    def clean_when(self) -> WrittenInstant | None:
        """When it was. The fields after it are read as of that day."""
        when: WrittenInstant | None = self.cleaned_data["when"]
        if when:
            self._read_areas_of(london_date(when.at))
        return when

    @property
    def place_kind(self) -> str:
        """The kind of place chosen: the quick answer, else the one from the longer list."""
        answers = self.cleaned_data
        return str(answers.get("met") or answers.get("met_other") or "")

    def facts(self) -> dict[str, Any]:
        """The columns of the case that were changed."""
        answers, facts = self.cleaned_data, {}
        if self.changed("what"):
            facts["what"] = answers["what"]
        if self.changed("where"):
            facts["place"] = answers["where"]
        if self.changed("when") and answers["when"]:
            facts["encountered_at"] = answers["when"].at
            facts["encountered_as"] = "" if answers["when"].exact else answers["when"].words
        if self.changed("areas"):
            facts["police_areas"] = answers["areas"]
        return facts


def case_as_typed(case: Case, people: Sequence[Person]) -> dict[str, Raw]:
    """What a case says, as the form above would send it."""
    kinds = {person.place for person in people}
    kind = kinds.pop() if len(kinds) == 1 else ""
    is_quick = kind in dict(PLACES)
    return {
        "what": case.what,
        "where": case.place,
        "when": case.encountered_as or f"{day_words(case.encountered_at)} {clock(case.encountered_at)}",
        "met": kind if is_quick else "",
        "met_other": "" if is_quick else kind,
        "areas": fields.area_names(case.police_areas, day_of(case)),
        "operation": case.operation.name if case.operation else "",
    }


class PersonForm(fields.RowForm):
    """One person who is there. No name is needed, and no answer.

    What is typed as `reach` is added to the safe address and never comes back into the form. `takes_reach`: whether whoever
    writes may record one.
    """

    texts = frozenset({"name", "looks", "language"})

    name = fields.Line("Name they give", 200)
    age = fields.one_of("How old may they be?", AGES)
    part = fields.some_of("Why they are here", CHOICES["why_here"])
    offence = fields.picked("Of what", [])
    stage = fields.one_of("Stopped or arrested?", STAGES)
    low = fields.Read("Age from", read_age)
    high = fields.Read("Age to", read_age)
    born = fields.Read("Date of birth", _read_birth, help_text="As much as is known: 2009, September 2009")
    basis = fields.picked("How we know", [("", "Not said"), *BASES])
    language = fields.Line("Language", 80)
    looks = fields.Line("Description", 200, help_text="Red coat, wristband 14")
    reach = fields.Line("Telephone or address", 300, help_text="Used to check for earlier records. Stored apart, not shown again")

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        day: date,
        doubt: int,
        takes_reach: bool = True,
        before: Mapping[str, Raw] | None = None,
        prefix: str | None = None,
    ) -> None:
        super().__init__(data, before=before, prefix=prefix)
        if not takes_reach:
            del self.fields["reach"]
            self.before.pop("reach", None)
        listed = [(quick_offence.code, quick_offence.words) for quick_offence in offences_on(day)]
        self.fields["offence"].choices = [("", "Not said yet"), *listed, (OTHER, "Something else")]  # type: ignore[attr-defined]  # a field of choices
        self.day, self.doubt = day, doubt
        self.bounds = rules.AgeBounds(None, None, "", rules.UNKNOWN)

    def clean(self) -> dict[str, Any]:
        """Reads the answers on age together; only those that were changed, so that an old one holds nothing up."""
        answers = self.cleaned_data
        if self.changed(*AGE_ANSWERS) and not any(name in self.errors for name in AGE_ANSWERS):
            typed = rules.ReportedAge(answers["age"], answers["low"], answers["high"], answers["born"], answers["basis"])
            try:
                self.bounds = rules.bounds(typed, day=self.day, doubt=self.doubt)
            except rules.Contradiction as contradiction:
                self.add_error(contradiction.field, str(contradiction))
        return answers

    @property
    def is_suspected(self) -> bool:
        """Whether they are suspected of something. What is picked below the tick counts only with it."""
        return "suspect" in self.cleaned_data["part"]

    @property
    def reached(self) -> str:
        """Where they can be reached, as it was typed now."""
        return str(self.cleaned_data.get("reach") or "")

    def facts(self, roles: Sequence[str] = ()) -> dict[str, Any]:
        """The columns of the person that were changed; `roles` are those recorded, of which some have no tick here."""
        answers, facts = self.cleaned_data, {}
        for answer, column in (("name", "name"), ("language", "language"), ("looks", "description")):
            if self.changed(answer):
                facts[column] = answers[answer]
        if self.changed("part"):
            facts["roles"] = [role for part, role in PARTS.items() if part in answers["part"]]
            facts["roles"] += [role for role in roles if role not in PARTS.values()]
        if self.changed(*AGE_ANSWERS):
            facts |= vars(self.bounds)
        return facts

    def like(self, first: "PersonForm") -> dict[str, Raw]:
        """My answers, with those of the first person on age and on why they are here where I gave none."""
        mine, theirs = self.raw(), first.raw()
        if not any(mine[name] for name in AGE_ANSWERS):
            mine |= {name: theirs[name] for name in AGE_ANSWERS if name != "born"}
        if not any(mine[name] for name in ("part", "offence", "stage")):
            mine |= {name: theirs[name] for name in ("part", "offence", "stage")}
        return mine


def person_as_typed(person: Person, offence: AllegedOffence | None, *, day: date, doubt: int) -> dict[str, Raw]:
    """What is recorded of a person, as the form above would send it."""
    recorded = rules.AgeBounds(person.age_min, person.age_max, person.birth_date, person.age_basis)
    age = rules.answers_for(recorded, day=day, doubt=doubt)
    return {
        "name": person.name,
        "age": age.answer,
        "part": tuple(sorted(part for part, role in PARTS.items() if role in person.roles)),
        "offence": code_of(offence.act, offence.section, day) if offence and offence.act else "",
        "stage": offence.stage if offence and offence.stage in dict(STAGES) else "",
        "low": "" if age.low is None else str(age.low),
        "high": "" if age.high is None else str(age.high),
        "born": day_in_words(person.birth_date),
        "basis": age.basis,
        "language": person.language,
        "looks": person.description,
        "reach": "",  # kept where only those named see it
    }


def day_of(case: Case | None) -> date:
    """The London day on which the people of the case were met; of a new one today."""
    return london_date(case.encountered_at) if case else timezone.localdate()


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
    def has_person(self) -> bool:
        """Whether there is somebody: recorded before, or anything said now."""
        return self.row is not None or self.is_like_first or not self.form.is_blank


class WhoScreen(fields.Screen):
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
        for position, person_id in enumerate(order, 1):
            row, offence = rows.get(person_id), offences.get(person_id)
            before = person_as_typed(row, offence, day=self.day, doubt=self.doubt) if row else None
            form = PersonForm(data, day=self.day, doubt=self.doubt, takes_reach=takes_reach, before=before, prefix=f"p{position}")
            legend = names.get(person_id) or f"Person {first_new}"
            first_new += 0 if row else 1
            like = bool(data and position > 1 and row is None and data.get(f"p{position}-like"))
            self.sheets.append(Sheet(person_id, row, offence, form, legend, like))

    def _day_met(self) -> date:
        """The day on which ages are true: of a new case the one that is typed, since whoever is 18 today was 17 yesterday."""
        if self.case is None and self.concern.is_bound and not self.concern.errors.get("when"):
            when = self.concern.cleaned_data["when"]
            return london_date(when.at) if when else day_of(None)
        return day_of(self.case)

    @property
    def named_forms(self) -> list[tuple[str, fields.RowForm]]:
        """The concern, then each person."""
        return [("", self.concern), *((sheet.legend, sheet.form) for sheet in self.sheets)]

    @property
    def filled_sheets(self) -> list[Sheet]:
        """The people there are. The first counts as there when another is said to be like them."""
        alike = any(sheet.is_like_first for sheet in self.sheets)
        return [sheet for sheet in self.sheets if sheet.has_person or (alike and sheet is self.sheets[0])]

    def settle(self) -> bool:
        """As any screen, once those who are like the first person have the first one's answers."""
        for sheet in self.sheets[1:]:
            if sheet.is_like_first:
                sheet.form.take(sheet.form.like(self.sheets[0].form))
        return super().settle()

    def act_of(self, sheet: Sheet) -> dict[str, str]:
        """The columns of what a person is suspected of: all of a new act, of a recorded one those that were changed."""
        answers = sheet.form.cleaned_data
        kind = self.concern.place_kind or (sheet.row.place if sheet.row else "")
        nation = self.case.nation if self.case else nation_of(current_tenant())
        when = self.concern.cleaned_data.get("when")
        day = london_date(when.at) if when else self.day
        act = act_of(answers["offence"], stage=answers["stage"], day=day, nation=nation, in_custody=kind == "custody")
        if sheet.offence is None:
            return act
        unchanged = set() if sheet.form.changed("offence") else set(act) - {"stage"}
        unchanged |= set() if sheet.form.changed("stage") and answers["stage"] else {"stage"}
        return {name: value for name, value in act.items() if name not in unchanged}


YES_NO = [("yes", "Yes"), ("no", "No"), ("not_sure", "Not sure")]


class SafetyForm(fields.RowForm):
    """One person: out of danger, and what they need first."""

    danger = fields.one_of("Safe right now?", YES_NO)
    needs = fields.some_of("Deal with this first", FIRST_NEEDS)
    more = fields.some_of("What else do they need?", MORE_NEEDS)

    def facts(self) -> dict[str, Any]:
        """The columns of the person that were changed."""
        facts: dict[str, Any] = {}
        if self.changed("danger"):
            facts["out_of_danger"] = self.cleaned_data["danger"]
        if self.changed("needs", "more"):
            ticked = {*self.cleaned_data["needs"], *self.cleaned_data["more"]}
            facts["needs"] = [need for need in NEEDS if need in ticked]
        return facts


def safety_as_typed(person: Person) -> dict[str, Raw]:
    """What is recorded of a person's safety, as the form above would send it."""
    return {
        "danger": person.out_of_danger,
        "needs": tuple(sorted(need for need, _ in FIRST_NEEDS if need in person.needs)),
        "more": tuple(sorted(need for need, _ in MORE_NEEDS if need in person.needs)),
    }


class ControlForm(fields.RowForm):
    """The scene: whether somebody there may control them."""

    controller = fields.one_of(
        "Is anyone there who may control them?",
        YES_NO,
        help_text="A friend, driver, “aunt”, partner or boss who answers for them.",
    )

    def facts(self) -> dict[str, Any]:
        """The column of the case, if it was changed."""
        return {"controller_there": self.cleaned_data["controller"]} if self.changed("controller") else {}


@dataclass(frozen=True)
class OnePerson:
    """The fields of one person, and what they are called."""

    row: Person
    form: SafetyForm
    legend: str


class SafeScreen(fields.Screen):
    """`people` are those on this page; `data` is what was sent. Fields go by the person's number in the case."""

    def __init__(
        self, case: Case, people: Sequence[Person], names: Mapping[UUID, str], data: Mapping[str, Any] | None = None
    ) -> None:
        forms = [SafetyForm(data, before=safety_as_typed(person), prefix=f"p{person.number}") for person in people]
        self.people = [OnePerson(person, form, names[person.id]) for person, form in zip(people, forms, strict=True)]
        self.control = ControlForm(data, before={"controller": case.controller_there})

    @property
    def named_forms(self) -> list[tuple[str, fields.RowForm]]:
        """Each person, then the scene."""
        return [*((person.legend, person.form) for person in self.people), ("", self.control)]
