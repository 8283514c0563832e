"""People who sign in, their units and memberships, and what they were in the middle of writing."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import check_password
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint

from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel, all_or_none
from lodestar.platform.text.ids import new_id


class User(AbstractBaseUser):
    """One human who signs in once, whatever forces they serve. Nothing of a case hangs here."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=80, unique=True)
    name = models.CharField(max_length=120)  # as colleagues read it: PC Brandreth
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)
    made_by_demo = models.BooleanField(default=False)
    signed_out_at = models.DateTimeField(null=True)  # no session that began before goes on

    objects = BaseUserManager["User"]()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]

    class Classified:
        personal = frozenset({"username", "name", "email"})
        sensitive = frozenset({"password"})
        none = frozenset({"id", "is_active", "made_by_demo", "last_login", "signed_out_at"})

    class Meta:
        constraints = [CheckConstraint(condition=Q(username__regex=r"^[^A-Z\s]+$"), name="username_is_lower_case")]

    def __str__(self) -> str:
        return self.username

    def check_password(self, raw_password: str | None) -> bool:
        """Whether it is the person's. It is never hashed anew by the way: what serves pages changes no password."""
        return check_password(raw_password, self.password)


class Unit(TenantModel):
    """A unit of a force. A team is a unit without units below it."""

    name = models.CharField(max_length=120)
    parent = OtherTenantRow("accounts.Unit", null=True, blank=True)

    class Classified:
        none = frozenset({"id", "tenant", "name", "parent"})


class Membership(TenantModel):
    """A person's place in a force, with roles and rank, from a day to a day. One is active at a time: where a role or the unit
    changes on a day, this one ends the day before and the next begins (`platform/staff/rules.py`)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    unit = OtherTenantRow(Unit)
    roles = ArrayField(models.CharField(max_length=40))
    rank = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    collar_number = models.CharField(max_length=20, blank=True)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    class Classified:
        none = frozenset({"id", "tenant", "user", "unit", "roles", "rank", "from_date", "to_date"})
        personal = frozenset({"phone", "collar_number"})

    class Meta:
        constraints = [
            CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")), name="membership_ends_after_it_begins"
            ),
            UniqueConstraint(fields=["tenant", "user", "unit", "from_date"], name="membership_once"),
        ]
        indexes = [Index(fields=["user"], name="membership_user")]


class Accreditation(TenantModel):
    """A skill that a person has from a day to a day, such as PIP2 or a language (`staff/reference/skills.toml`)."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=20)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    class Classified:
        none = frozenset({"id", "tenant", "user", "code", "from_date", "to_date"})

    class Meta:
        indexes = [Index(fields=["tenant", "code", "user"], name="accreditation_code")]
        constraints = [
            CheckConstraint(
                condition=Q(to_date__isnull=True) | Q(to_date__gte=F("from_date")), name="accreditation_ends_after_it_begins"
            )
        ]


class RotaEntry(TenantModel):
    """Who is on duty as what for a unit, from an instant to an instant. Duty is a dated row, not a role."""

    unit = OtherTenantRow(Unit)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(
        max_length=30,
        choices=[("supervisor", "duty supervisor"), ("coordinator", "duty coordinator"), ("inspector", "duty inspector")],
    )
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()

    class Classified:
        none = frozenset({"id", "tenant", "unit", "user", "post", "from_at", "to_at"})

    class Meta:
        indexes = [Index(fields=["tenant", "post", "to_at"], name="duty_post")]
        constraints = [CheckConstraint(condition=Q(to_at__gt=F("from_at")), name="duty_ends_after_it_begins")]


class Shift(TenantModel):
    """A tour runs from sign-in to the end the officer names; the next begins with the next sign-in after six hours."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()

    class Classified:
        none = frozenset({"id", "tenant", "user", "from_at", "to_at"})

    class Meta:
        indexes = [Index(fields=["tenant", "user", "-from_at"], name="tour_user")]
        constraints = [CheckConstraint(condition=Q(to_at__gt=F("from_at")), name="tour_ends_after_it_begins")]


class Draft(TenantModel):
    """What a person typed into a form, kept before anything is done with it. The database cannot read it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=300)
    key = models.UUIDField()
    case = models.UUIDField(null=True)  # no reference: a draft outlives what it was about
    typed = SealedTextField()
    saved_at = models.DateTimeField()

    class Classified:
        sensitive = frozenset({"typed"})
        none = frozenset({"id", "tenant", "user", "path", "key", "case", "saved_at"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "user", "key"], name="draft_once")]
        indexes = [Index(fields=["tenant", "user", "path", "saved_at"], name="draft_path")]


class Submission(TenantModel):
    """The result of a form that was accepted: a repeat of its key is answered with it."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    location = models.CharField(max_length=300)
    sent = models.CharField(max_length=64, blank=True)  # a keyed hash: tells a repeat from another text under the same key
    accepted_at = models.DateTimeField()

    class Classified:
        none = frozenset({"id", "tenant", "user", "key", "location", "sent", "accepted_at"})

    class Meta:
        constraints = [UniqueConstraint(fields=["tenant", "user", "key"], name="submission_once")]
        indexes = [Index(fields=["tenant", "accepted_at"], name="submission_accepted")]


class ApiToken(TenantModel):
    """What lets one other system of the force ask for one thing. Of its secret only a hash is kept: it is shown once."""

    name = models.CharField(max_length=120)  # the system that holds it
    permission = models.CharField(max_length=40)
    secret_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    last_day = models.DateField()  # on which it is still answered
    last_used_at = models.DateTimeField(null=True)  # to the minute
    uses = models.PositiveIntegerField(default=0)  # in that minute

    class Classified:
        sensitive = frozenset({"secret_hash"})
        none = frozenset({
            "id", "tenant", "name", "permission", "made_at", "made_by", "revoked_at", "revoked_by", "last_day", "last_used_at",
            "uses",
        })  # fmt: skip

    class Meta:
        indexes = [Index(fields=["tenant", "-made_at", "id"], name="api_token_made")]
        constraints = [
            CheckConstraint(condition=~Q(name=""), name="api_token_has_a_name"),
            CheckConstraint(condition=Q(secret_hash__regex=r"^[0-9a-f]{64}$"), name="api_token_secret_is_hashed"),
            CheckConstraint(condition=all_or_none("revoked_at", "revoked_by"), name="api_token_revoked_at_and_by"),
        ]


class ForceIdentity(TenantModel):
    """The account of a force's own sign-in by which a person may come in here.

    An administrator says beforehand by which name (`named`) the person is known there. The first sign-in by that name binds
    the provider's own lasting subject; from then on the subject alone counts, whoever is given the name next.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    named = models.CharField(max_length=254)
    approved_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    issuer = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=255, blank=True)
    bound_at = models.DateTimeField(null=True)
    vouched = models.CharField(max_length=64, blank=True)  # what only the application can write: tenancy/sealing.py
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)

    class Classified:
        personal = frozenset({"named", "subject"})
        none = frozenset(
            {"id", "tenant", "user", "approved_at", "approved_by", "issuer", "bound_at", "vouched", "ended_at", "ended_by"}
        )

    def vouched_parts(self) -> tuple[str, ...]:
        """What is vouched for: who comes in by this row and no copy of it, by which name until a subject is bound, and by
        which subject from then on."""
        identifier = ("subject", self.issuer, self.subject) if self.bound_at else ("name", self.named)
        return ("force identity", self.tenant, str(self.id), str(self.user_id), *identifier)

    class Meta:
        indexes = [Index(fields=["tenant", "-approved_at", "id"], name="force_identity_approved")]
        constraints = [
            CheckConstraint(condition=Q(named__regex=r"^[^A-Z\s]+$"), name="force_identity_name_is_lower_case"),
            CheckConstraint(
                condition=Q(bound_at__isnull=True, subject="", issuer="")
                | (Q(bound_at__isnull=False) & ~Q(subject="") & ~Q(issuer="")),
                name="force_identity_bound_to_a_subject",
            ),
            CheckConstraint(condition=all_or_none("ended_at", "ended_by"), name="force_identity_ended_at_and_by"),
            # One person, one name, one subject at a time.
            UniqueConstraint(fields=["tenant", "user"], condition=Q(ended_at__isnull=True), name="force_identity_person_once"),
            UniqueConstraint(fields=["tenant", "named"], condition=Q(ended_at__isnull=True), name="force_identity_name_once"),
            UniqueConstraint(
                fields=["tenant", "issuer", "subject"],
                condition=Q(ended_at__isnull=True, bound_at__isnull=False),
                name="force_identity_subject_once",
            ),
        ]
