"""A referral to a service, whether it was agreed, the link for the service and its answer; what became of a place."""

from typing import Any

from django import forms

from lodestar.casework.service_referrals.models import PlaceRequest
from lodestar.casework.service_referrals.presenters import ASKED, HOW, SEXES, WANTED, WHO, YES_NO
from lodestar.casework.service_referrals.queries import service_called
from lodestar.casework.service_referrals.rules import BY_PARTNER, KINDS, REFUSED, REJECTED, UNSUITABLE
from lodestar.platform.design.forms.fields import LinesField, WhenField, WordsField, asked, no_postcode
from lodestar.platform.reference.queries import need_domains
from lodestar.platform.registers.forms import MoveForm
from lodestar.platform.time.days import london_date

TRUTH = {"yes": True, "no": False}
PLAIN = ("agreed", "agreed_who", "agreed_how", "what", "wish", "is_victim_services", "sex", "languages", "wanted")


class ServiceSearch(forms.Form):
    """For which need a service is sought, and words of its name."""

    domain = forms.ChoiceField(label="Need", required=False, choices=[("", "Choose"), *need_domains().items()])
    service_name = WordsField(label="Name of the service", max_length=60)


class Asked(forms.Form):
    """How somebody was asked whether they want a referral, and who decided."""

    agreed_who = forms.ChoiceField(label="Who decided", choices=[("", "Choose"), *WHO], required=False)
    agreed_how = forms.ChoiceField(label="How they were asked", choices=[("", "Choose"), *HOW], required=False)
    without = WordsField(
        label="If no agreed contact allowed it: why was it made?", max_length=400,
        help_text="It is recorded as happened without, and looked at",
    )  # fmt: skip

    def want_both(self, answers: dict[str, Any]) -> None:
        """Who decided and how they were asked are not left blank."""
        for name, words in (("agreed_who", "Choose who decided"), ("agreed_how", "Choose how they were asked")):
            if not answers.get(name):
                self.add_error(name, words)


class NewReferral(Asked):
    """One referral: to which of the services found, whether they want it, and what that service may know before a name."""

    agreed = forms.ChoiceField(
        label="Does the person want this?", choices=ASKED, widget=forms.RadioSelect, **asked("Say whether they want it")
    )
    service = forms.ChoiceField(label="Service", widget=forms.RadioSelect, **asked("Choose a service"))
    what = WordsField(
        label="What is needed, in one line", max_length=160, wanted="Write what is needed", validators=[no_postcode],
        help_text="The service reads this before it knows who it is: no name, number, address or place",
    )  # fmt: skip
    wish = LinesField(label="What they wish", max_length=400, validators=[no_postcode])
    is_victim_services = forms.BooleanField(label="This is the offer of victim services (Victims’ Code)", required=False)
    sex = forms.ChoiceField(label="Sex", choices=SEXES, required=False)
    languages = WordsField(label="Languages", max_length=80)
    dependants = forms.ChoiceField(label="Children or others with them", choices=YES_NO, required=False)
    step_free = forms.ChoiceField(label="Needs step-free access", choices=YES_NO, required=False)
    wanted = forms.ChoiceField(label="From when", choices=WANTED, required=False)
    made_at = WhenField(label="When it was made")

    def __init__(self, *arguments: Any, services: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["service"].choices = services  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Who and how are asked for once somebody was asked; before, there is neither."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if answers.get("agreed") in ("yes", "no"):
            self.want_both(answers)
            return answers
        return answers | {"agreed_who": "", "agreed_how": ""}

    def facts(self) -> dict[str, Any]:
        """The columns of the referral, but for its service, need and time."""
        answers = self.cleaned_data
        plain = {name: answers[name] for name in PLAIN}
        truths = {name: TRUTH.get(answers[name]) for name in ("dependants", "step_free")}
        return plain | truths


class ReferralMove(MoveForm, Asked):
    """What came of a referral; and how the person was asked, where they were not before."""

    def clean(self) -> dict[str, Any]:
        """A refusal by the person says how they were asked, and so does whoever asked them."""
        answers = super().clean()
        if self.row.agreed == "not_asked" and (answers.get("reason") == REFUSED or answers.get("agreed_how")):
            self.want_both(answers)
        return answers

    def columns(self) -> dict[str, Any]:
        """Their answer, besides what every move sets."""
        answers = self.cleaned_data
        if self.row.agreed != "not_asked" or not answers["agreed_how"]:
            return super().columns()
        asked_now = {name: answers[name] for name in ("agreed_who", "agreed_how", "without")}
        return super().columns() | asked_now | {"agreed": "no" if answers["reason"] == REFUSED else "yes"}


class LinkForm(forms.Form):
    """The texts that the service will read, and whether the link is sent to it."""

    what = WordsField(
        label="What is needed, in one line", max_length=160, wanted="Write what is needed", validators=[no_postcode]
    )
    languages = WordsField(label="Languages", max_length=80)
    is_sent = forms.BooleanField(label="Send it to this address, which I have checked", required=False)
    replaces = forms.BooleanField(label="End the link that is live, and make a new one", required=False)


class AnswerForm(forms.Form):
    """What a person of the service answers."""

    reason = forms.ChoiceField(
        label="If no: why not?", choices=[(code, REJECTED[code]) for code in BY_PARTNER], widget=forms.RadioSelect, required=False
    )
    who = WordsField(label="Your name or post", help_text="So that we know who to ask for", max_length=80)

    def clean(self) -> dict[str, Any]:
        """One of the two buttons was pressed, and a rejection has its reason."""
        answers: dict[str, Any] = super().clean() or self.cleaned_data
        if self.data.get("do") not in ("accept", "reject"):
            self.add_error(None, "Press yes or no: the Enter key answers nothing")
        if self.data.get("do") == "reject" and not answers.get("reason") and "reason" not in self.errors:
            self.add_error("reason", "Choose why not")
        return answers


class PlaceForm(MoveForm):
    """What became of a request for a place, and what kind of place it is."""

    service = WordsField(label="Which service, if it is one", max_length=200, help_text="Its name as in the directory")
    kind = forms.ChoiceField(label="What kind of place", choices=[("", "Choose"), *KINDS.items()], required=False)
    unsuitable = forms.ChoiceField(label="Unsuitable for them", choices=YES_NO, required=False)
    unsuitable_why = forms.ChoiceField(label="Why unsuitable", choices=[("", "Choose"), *UNSUITABLE.items()], required=False)

    def __init__(self, *arguments: Any, row: PlaceRequest, **options: Any) -> None:
        initial = {"service": row.service.name if row.service else "", "kind": row.kind}
        initial |= {"unsuitable": {True: "yes", False: "no"}.get(row.unsuitable, "")}  # type: ignore[arg-type]  # None is not known
        super().__init__(*arguments, row=row, initial=initial | {"unsuitable_why": row.unsuitable_why}, **options)
        self.fields["because"].validators.append(no_postcode)

    def clean(self) -> dict[str, Any]:
        """A place that was offered or taken is of some kind, and an unsuitable one says why."""
        answers = super().clean()
        if answers.get("to") in ("offered", "taken") and not answers.get("kind"):
            self.add_error("kind", "Choose what kind of place")
        left = answers.get("moved_at") if answers.get("to") == "left" else None
        if left and self.row.nights_from and london_date(left.at) < self.row.nights_from:
            self.add_error("moved_at", "That is before they came: write the day on which they left")
        if self.row.unsuitable and answers.get("unsuitable") != "yes":  # a bad night stays one
            answers |= {"unsuitable": "yes", "unsuitable_why": answers.get("unsuitable_why") or self.row.unsuitable_why}
        if answers.get("unsuitable") == "yes" and not answers.get("unsuitable_why"):
            self.add_error("unsuitable_why", "Choose why it is unsuitable")
        named = service_called(answers.get("service") or "") if answers.get("kind") == "service" else None
        if answers.get("kind") == "service" and answers.get("service") and named is None:
            self.add_error("service", "No active service in the directory has this name")
        return answers | {"service": named}

    def columns(self) -> dict[str, Any]:
        """The place, besides what every move sets."""
        answers = self.cleaned_data
        unsuitable = TRUTH.get(answers["unsuitable"])
        place = {"kind": answers["kind"], "service": answers["service"], "unsuitable": unsuitable}
        return super().columns() | place | {"unsuitable_why": answers["unsuitable_why"] if unsuitable else ""}


class AskedFor(forms.Form):
    """When a place was asked for."""

    asked_at = WhenField(label="When it was asked for")
