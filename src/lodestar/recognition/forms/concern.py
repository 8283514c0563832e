"""The first screen: what, where, when, and the people who are there."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from lodestar.cases.models import AllegedOffence, Case, Person
from lodestar.design.when import clock
from lodestar.design.when import day as day_words
from lodestar.kernel.clash import Raw
from lodestar.kernel.days import london_date
from lodestar.kernel.uk_dates import Written, day_in_words
from lodestar.recognition.forms.fields import (
    Born,
    Line,
    PoliceAreas,
    When,
    Words,
    Years,
    area_names,
    one_of,
    picked,
    some_of,
)
from lodestar.recognition.forms.rows import RowForm
from lodestar.recognition.rules import ages_told
from lodestar.recognition.rules.offences import OTHER, STAGES, code_of, offences_on

PLACES = [
    ("street", "Street"),
    ("vehicle", "Vehicle"),
    ("home", "Home"),
    ("premises", "Other building"),
    ("custody", "Custody"),
]
OTHER_PLACES = [
    ("", "None of these"),
    ("public_counter", "Front counter"),
    ("hospital", "Hospital"),
    ("online", "Online"),
    ("port", "Port or airport"),
    ("court", "Court"),
    ("prison", "Prison"),
    ("immigration_detention", "Immigration detention"),
    ("care_placement", "Care placement"),
    ("supported_accommodation", "Supported accommodation"),
    ("overseas", "Abroad"),
]
AGES = [*ages_told.WORDS.items(), ("not_known", "Not known")]
PARTS = {"used": "possible_victim", "suspect": "suspect", "using": "exploiter"}  # how a form calls a role
WHY_HERE = [
    ("used", "May be exploited"),
    ("suspect", "Suspected of something"),
    ("using", "May be exploiting others"),
    ("there", "Present, not involved"),
]
BASES = [
    ("", "Not said"),
    ("stated", "They said so"),
    ("estimated", "By appearance"),
    ("document", "Identity document"),
    ("disputed", "In dispute"),
    ("assessed", "Age assessment"),
]
AGE_ANSWERS = ("age", "low", "high", "born", "basis")


class ConcernForm(RowForm):
    """What it is, where and when. One of them is enough, and so is none."""

    texts = frozenset({"what", "where"})

    what = Words("What is happening?", 2000, help_text="A line is enough.")
    where = Line("Where", 300, help_text="Street, town or postcode")
    when = When("When", help_text="Leave blank for now. Or like 0225, yesterday 2230, 3 March")
    met = one_of("What kind of place?", PLACES)
    met_other = picked("Another kind of place", OTHER_PLACES)
    areas = PoliceAreas("Other police areas involved", help_text="Like Norfolk, Essex")
    operation = Line("Operation", 120)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, before: Mapping[str, Raw] | None = None, day: date
    ) -> None:
        super().__init__(data, before=before)
        self._read_areas_of(day)

    def _read_areas_of(self, day: date) -> None:
        self.fields["areas"].day = day  # type: ignore[attr-defined]  # a field of police areas

    def clean_when(self) -> Written | None:
        """When it was. The fields after it are read as of that day."""
        when: Written | None = self.cleaned_data["when"]
        if when:
            self._read_areas_of(london_date(when.at))
        return when

    @property
    def place_kind(self) -> str:
        """The kind of place chosen: the quick answer, else the one from the longer list."""
        told = self.cleaned_data
        return str(told.get("met") or told.get("met_other") or "")

    def facts(self) -> dict[str, Any]:
        """The columns of the case that were changed."""
        told, facts = self.cleaned_data, {}
        if self.changed("what"):
            facts["what"] = told["what"]
        if self.changed("where"):
            facts["place"] = told["where"]
        if self.changed("when") and told["when"]:
            facts["encountered_at"] = told["when"].at
            facts["encountered_as"] = "" if told["when"].exact else told["when"].words
        if self.changed("areas"):
            facts["police_areas"] = told["areas"]
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
        "areas": area_names(case.police_areas, day_of(case)),
        "operation": case.operation.name if case.operation else "",
    }


class PersonForm(RowForm):
    """One person who is there. No name is needed, and no answer.

    What is typed as `reach` is added to the safe address and never comes back into the form. `takes_reach`: whether whoever
    writes may record one.
    """

    texts = frozenset({"name", "looks", "language"})

    name = Line("Name they give", 200)
    age = one_of("How old may they be?", AGES)
    part = some_of("Why they are here", WHY_HERE)
    offence = picked("Of what", [])
    stage = one_of("Stopped or arrested?", STAGES)
    low = Years("Age from", 4)
    high = Years("Age to", 4)
    born = Born("Date of birth", help_text="As much as is known: 2009, September 2009")
    basis = picked("How we know", BASES)
    language = Line("Language", 80)
    looks = Line("Description", 200, help_text="Red coat, wristband 14")
    reach = Line("Telephone or address", 300, help_text="Used to check for earlier records. Stored apart, not shown again")

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
        listed = [(one.code, one.words) for one in offences_on(day)]
        self.fields["offence"].choices = [("", "Not said yet"), *listed, (OTHER, "Something else")]  # type: ignore[attr-defined]  # a field of choices
        self.day, self.doubt = day, doubt
        self.bounds = ages_told.AgeBounds(None, None, "", ages_told.UNKNOWN)

    def clean(self) -> dict[str, Any]:
        """Reads the answers on age together; only those that were changed, so that an old one holds nothing up."""
        told = self.cleaned_data
        if self.changed(*AGE_ANSWERS) and not any(name in self.errors for name in AGE_ANSWERS):
            typed = ages_told.AgeTold(told["age"], told["low"], told["high"], told["born"], told["basis"])
            try:
                self.bounds = ages_told.bounds(typed, day=self.day, doubt=self.doubt)
            except ages_told.Contradiction as contradiction:
                self.add_error(contradiction.field, str(contradiction))
        return told

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
        told, facts = self.cleaned_data, {}
        for answer, column in (("name", "name"), ("language", "language"), ("looks", "description")):
            if self.changed(answer):
                facts[column] = told[answer]
        if self.changed("part"):
            facts["roles"] = [role for part, role in PARTS.items() if part in told["part"]]
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
    recorded = ages_told.AgeBounds(person.age_min, person.age_max, person.birth_date, person.age_basis)
    age = ages_told.as_told(recorded, day=day, doubt=doubt)
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
