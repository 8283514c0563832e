"""The thin hub: a case, the operation it belongs to, and who may see it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from lodestar.platform.tenancy.models import OtherTenantRow, RecordedRow, TenantModel


class OperationGroup(TenantModel):
    """An operation: it groups cases."""

    name = models.CharField(max_length=120)

    class Classified:
        none = frozenset({"id", "tenant", "name"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "name"], name="operation_name_once")]


class CaseNumber(TenantModel):
    """The last number given to a case of a year."""

    year = models.SmallIntegerField()
    last = models.IntegerField(default=0)

    class Classified:
        none = frozenset({"id", "tenant", "year", "last"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "year"], name="case_number_year")]


class Case(TenantModel):
    """What groups concerns, people and everything that follows. Each app keeps its own rows beside it."""

    reference = models.CharField(max_length=20)
    unit = OtherTenantRow("accounts.Unit")
    operation = OtherTenantRow(OperationGroup, null=True, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    interim_owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    encountered_at = models.DateTimeField()  # chooses the rules
    encountered_as = models.CharField(max_length=40, blank=True)  # the words typed, when they were not a whole instant
    recorded_at = models.DateTimeField()
    what = models.CharField(max_length=2000, blank=True)
    place = models.CharField(max_length=300, blank=True)
    nation = models.CharField(max_length=20, default="england")
    police_areas = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    controller_there = models.CharField(max_length=10, blank=True)  # yes, no, not_sure, or not answered
    organised_group = models.BooleanField(null=True)
    people_out_of_force = models.BooleanField(null=True)
    links_abroad = models.BooleanField(null=True)
    deaths = models.PositiveSmallIntegerField(default=0)
    diplomat = models.BooleanField(null=True)
    sealed = models.BooleanField(default=False)
    seal_reason = models.CharField(max_length=400, blank=True)
    sealed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True)
    imported_as = models.CharField(max_length=120, null=True)  # the sender's own reference, so that a repeat is known
    version = models.PositiveIntegerField(default=1)

    class Classified:
        none = frozenset(
            {
                "id", "tenant", "reference", "unit", "operation", "opened_by", "interim_owner", "owner", "encountered_at",
                "encountered_as", "recorded_at", "nation", "police_areas", "controller_there", "organised_group",
                "people_out_of_force", "links_abroad", "deaths", "diplomat", "sealed", "sealed_by", "version",
            }
        )  # fmt: skip
        personal = frozenset({"what", "place", "imported_as"})
        sensitive = frozenset({"seal_reason"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "reference"], name="case_reference_once"),
            UniqueConstraint(fields=["tenant", "imported_as"], name="case_imported_once", condition=Q(imported_as__isnull=False)),
            CheckConstraint(condition=Q(controller_there__in=["", "yes", "no", "not_sure"]), name="case_controller_answer"),
            CheckConstraint(
                condition=Q(sealed=False, sealed_by__isnull=True) | Q(sealed=True), name="case_sealed_by_while_sealed"
            ),
        ]
        indexes = [
            Index(fields=["tenant", "-recorded_at", "id"], name="case_latest"),
            Index(fields=["tenant", "unit", "-recorded_at", "id"], name="case_unit"),
            Index(fields=["tenant", "opened_by", "-recorded_at", "id"], name="case_opened_by"),
        ]


class CaseMember(TenantModel):
    """Someone who may see a case because they opened it, were given it, own it, or used emergency access; a navigator who was
    given its `support` sees that alone, by their role."""

    case = OtherTenantRow(Case)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(
        max_length=12,
        choices=[
            ("opened", "opened it"),
            ("given", "was given it"),
            ("owner", "owns it"),
            ("emergency", "emergency access"),
            ("support", "was given its support"),
        ],
    )
    from_at = models.DateTimeField()
    to_at = models.DateTimeField(null=True)

    class Classified:
        none = frozenset({"id", "tenant", "case", "user", "how", "from_at", "to_at"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "case", "user", "how"], name="case_member_once")]
        indexes = [Index(fields=["tenant", "user", "case"], name="case_member_user")]


class SealOwner(TenantModel):
    """One of the named owners of a sealed case: they alone know that it exists."""

    case = OtherTenantRow(Case)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        none = frozenset({"id", "tenant", "case", "user"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "case", "user"], name="seal_owner_once")]
        indexes = [Index(fields=["tenant", "user", "case"], name="seal_owner_user")]


def _codes() -> ArrayField:
    return ArrayField(models.CharField(max_length=40), default=list, blank=True)


class Person(RecordedRow):
    """A person in a case. Not known stays null: it is never no."""

    case = OtherTenantRow(Case, related_name="people")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200, blank=True)  # as given, in any script
    sort_key = models.CharField(max_length=400, blank=True)
    description = models.CharField(max_length=200, blank=True)  # woman in a red coat, wristband 14
    language = models.CharField(max_length=80, blank=True)
    roles = _codes()
    category = models.CharField(
        max_length=8,
        default="other",
        choices=[("victim", "victim"), ("suspect", "suspect"), ("witness", "witness"), ("other", "other")],
    )
    belief = models.CharField(max_length=20, blank=True)
    birth_date = models.CharField(max_length=10, blank=True)  # 2009, 2009-09 or 2009-09-04
    age_min = models.PositiveSmallIntegerField(null=True)
    age_max = models.PositiveSmallIntegerField(null=True)
    age_basis = models.CharField(max_length=10, default="unknown")
    alive = models.BooleanField(null=True)
    place = models.CharField(max_length=30, blank=True)
    out_of_danger = models.CharField(max_length=10, blank=True)
    contact_lost = models.BooleanField(null=True)
    contact_lost_at = models.DateTimeField(null=True)
    helpers = _codes()
    seized = _codes()
    threats = _codes()
    needs = _codes()
    care_and_support_needs = models.BooleanField(null=True)
    british = models.BooleanField(null=True)
    found_after_missing = models.BooleanField(null=True)
    # Since when they are arrested or held, when they arrived in custody, and when they were released; none is not known.
    held_from = models.DateTimeField(null=True)
    in_custody_from = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    # When somebody outside was told their safe address before anybody decided it (`AddressTelling`), so that the reckoning
    # of a case reads no table of its own for what hardly ever happens.
    address_told = ArrayField(models.DateTimeField(), null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Classified:
        none = frozenset({"id", "tenant", "case", "number", "category", "address_told", "recorded_at", "recorded_by", "version"})
        personal = frozenset(
            {
                "name", "sort_key", "description", "language", "roles", "belief", "birth_date", "age_min", "age_max",
                "age_basis", "alive", "place", "out_of_danger", "contact_lost", "contact_lost_at", "helpers", "seized",
                "threats", "needs", "care_and_support_needs", "found_after_missing", "held_from", "in_custody_from",
                "released_at",
            }
        )  # fmt: skip
        sensitive = frozenset({"british"})

    class Meta:
        constraints = [
            UniqueConstraint(fields=["tenant", "case", "number"], name="person_number_once"),
            CheckConstraint(
                condition=Q(age_min__isnull=True) | Q(age_max__isnull=True) | Q(age_min__lte=F("age_max")),
                name="person_age_bounds",
            ),
            CheckConstraint(condition=Q(belief__in=["", "reasonable_grounds", "signs_only", "none"]), name="person_belief_known"),
            CheckConstraint(condition=Q(out_of_danger__in=["", "yes", "no", "not_sure"]), name="person_danger_answer"),
        ]
        indexes = [
            Index(fields=["tenant", "sort_key", "id"], name="person_sort"),
            Index(
                fields=["tenant", "held_from", "id"], name="person_held",
                condition=Q(held_from__isnull=False, released_at__isnull=True),
            ),
            Index(fields=["tenant", "released_at", "id"], name="person_released", condition=Q(released_at__isnull=False)),
        ]  # fmt: skip


class PersonVersion(TenantModel):
    """What a person's row said before a change. An erasure can blank it by an event of its own."""

    person = OtherTenantRow(Person)
    version = models.PositiveIntegerField()
    said = models.JSONField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"said"})
        none = frozenset({"id", "tenant", "person", "version", "changed_at", "changed_by"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "person", "version"], name="person_version_once")]


class ConsentAnswer(RecordedRow):
    """One conversation about referral, as it was. A change of mind is a new row; the latest asked counts."""

    person = OtherTenantRow(Person)
    asked_at = models.DateTimeField()
    nrm = models.BooleanField(null=True)  # yes, no, or not asked or not decided
    wants_time = models.BooleanField(null=True)
    capacity = models.CharField(max_length=10, blank=True)  # true, false, in_doubt, or not recorded
    spoke_alone = models.BooleanField(null=True)
    interpreter = models.CharField(max_length=12, blank=True)
    may_be_named = models.BooleanField(null=True)
    # Asked no further than they wish, and of no rule: what was not asked is no until they say yes.
    wants_support = models.BooleanField(null=True)
    police_may_contact = models.BooleanField(null=True)
    contact_again = models.CharField(max_length=10, blank=True, db_default="")  # yes, unsafe, unwanted
    leaves_referral = models.BooleanField(default=False, db_default=False)  # about the rest alone: the answer before stands
    leaflet = models.CharField(max_length=40, blank=True, db_default="")  # which was shown, in which version: `polish 2026-11-25`
    # Whether the Home Office's Privacy Information Notice was given (written, read_out, not_given), and in which language.
    privacy_notice = models.CharField(max_length=10, blank=True, db_default="")
    privacy_notice_language = models.CharField(max_length=80, blank=True, db_default="")
    refusal_reason = models.CharField(max_length=500, blank=True)  # in their words, if they wished to say
    said = _codes()  # which of the things were said before asking
    language = models.CharField(max_length=80, blank=True)
    job_number = models.CharField(max_length=40, blank=True)
    who_was_there = models.CharField(max_length=200, blank=True)

    class Classified:
        personal = frozenset({"language", "job_number", "who_was_there", "refusal_reason", "privacy_notice_language"})
        sensitive = frozenset(
            {
                "nrm", "wants_time", "capacity", "spoke_alone", "interpreter", "may_be_named", "said", "wants_support",
                "police_may_contact", "contact_again", "privacy_notice",
            }
        )  # fmt: skip
        none = frozenset({"id", "tenant", "person", "asked_at", "recorded_at", "recorded_by", "leaves_referral", "leaflet"})

    class Meta:
        constraints = [
            CheckConstraint(condition=Q(contact_again__in=["", "yes", "unsafe", "unwanted"]), name="consent_contact_known"),
            CheckConstraint(condition=Q(leaves_referral=False) | Q(nrm__isnull=True), name="consent_leaves_referral"),
            CheckConstraint(condition=Q(capacity__in=["", "true", "false", "in_doubt"]), name="consent_capacity_known"),
            CheckConstraint(
                condition=Q(interpreter__in=["", "independent", "companion", "none", "not_needed"]),
                name="consent_interpreter_known",
            ),
            CheckConstraint(
                condition=Q(privacy_notice__in=["", "written", "read_out", "not_given"]), name="consent_privacy_notice_known"
            ),
        ]
        indexes = [Index(fields=["tenant", "person", "-asked_at", "-recorded_at"], name="consent_latest")]


class Exploitation(TenantModel):
    """One exploitation of one person: of what type, from when to when, where, and whether it goes on."""

    person = OtherTenantRow(Person)
    type = models.CharField(max_length=10)
    from_date = models.CharField(max_length=10, blank=True)
    to_date = models.CharField(max_length=10, blank=True)
    where = _codes()  # uk, overseas
    police_areas = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    still_in_situation = models.BooleanField(null=True)
    still_since = models.CharField(max_length=10, blank=True)  # from when it is known to go on
    organised = models.BooleanField(null=True)
    locality = models.CharField(max_length=300, blank=True)
    by_whom = models.CharField(max_length=300, blank=True)

    class Classified:
        sensitive = frozenset(
            {
                "type", "from_date", "to_date", "where", "police_areas", "still_in_situation", "still_since", "organised",
                "locality", "by_whom",
            }
        )  # fmt: skip
        none = frozenset({"id", "tenant", "person"})

    class Meta:
        indexes = [Index(fields=["tenant", "person"], name="exploitation_person")]


class AllegedOffence(TenantModel):
    """An act that a person is suspected of, with the person's age then and how far the case against them has gone."""

    person = OtherTenantRow(Person)
    act = models.CharField(max_length=200, blank=True)
    section = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=300, blank=True)
    particulars = models.CharField(max_length=500, blank=True)
    on_from = models.CharField(max_length=10, blank=True)
    on_to = models.CharField(max_length=10, blank=True)
    where = models.CharField(max_length=20, blank=True)
    age_then_min = models.PositiveSmallIntegerField(null=True)
    age_then_max = models.PositiveSmallIntegerField(null=True)
    stage = models.CharField(max_length=30, blank=True)

    class Classified:
        sensitive = frozenset(
            {"act", "section", "title", "particulars", "on_from", "on_to", "where", "age_then_min", "age_then_max", "stage"}
        )
        none = frozenset({"id", "tenant", "person"})

    class Meta:
        indexes = [Index(fields=["tenant", "person"], name="alleged_offence_person")]


class EarlierReferral(TenantModel):
    """A referral that somebody made before, of the same person."""

    person = OtherTenantRow(Person)
    route = models.CharField(max_length=3)
    by = models.CharField(max_length=200, blank=True)
    on_date = models.CharField(max_length=10, blank=True)
    reference = models.CharField(max_length=80, blank=True)
    same_events = models.BooleanField(null=True)
    decision = models.CharField(max_length=12, blank=True)
    decided_on = models.CharField(max_length=10, blank=True)
    notice_on = models.CharField(max_length=10, blank=True)
    new_evidence = models.BooleanField(null=True)

    class Classified:
        sensitive = frozenset(
            {"route", "by", "on_date", "reference", "same_events", "decision", "decided_on", "notice_on", "new_evidence"}
        )
        none = frozenset({"id", "tenant", "person"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "person"], name="earlier_referral_once")]


class FirstAccount(RecordedRow):
    """One video that holds what a person first said. It is the source: nobody types the account again, or asks for it again.

    `taken_at` is when it was taken, `taken_words` what was typed where that was no whole instant; `kept` is what else of the
    first hour was kept, by the codes of `rules.py`.
    """

    person = OtherTenantRow(Person)
    reference = models.CharField(max_length=60)
    officer = models.CharField(max_length=40, blank=True)  # the number of whoever wore the camera
    taken_at = models.DateTimeField()
    taken_words = models.CharField(max_length=40, blank=True)
    kept = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    more = models.CharField(max_length=400, blank=True)

    class Classified:
        personal = frozenset({"reference", "officer", "more"})
        none = frozenset({"id", "tenant", "person", "taken_at", "taken_words", "kept", "recorded_at", "recorded_by"})

    class Meta:
        constraints = [CheckConstraint(condition=~Q(reference=""), name="first_account_has_a_reference")]
        indexes = [Index(fields=["tenant", "person", "recorded_at", "id"], name="first_account_person")]
