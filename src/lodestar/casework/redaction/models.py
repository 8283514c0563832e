"""What a named person decided of a text before it left."""

from django.conf import settings
from django.db import models
from django.db.models import Index

from lodestar.casework.cases.models import Case, Person
from lodestar.platform.tenancy.fields import SealedTextField
from lodestar.platform.tenancy.models import OtherTenantRow, TenantModel


class RedactionDecision(TenantModel):
    """That a named person read one text before it left for one use: the text as it may go, and what of it they kept, with why.

    It holds for the very text that was read (`source_sha256`) and for nothing else; another decision on it is another row."""

    case = OtherTenantRow(Case)
    person = OtherTenantRow(Person, null=True)
    use = models.CharField(max_length=30)
    field = models.CharField(max_length=90)
    source_sha256 = models.CharField(max_length=64)
    text_sha256 = models.CharField(max_length=64)
    text = SealedTextField(blank=True)
    kept = SealedTextField()  # JSON: of each match its key, kind, words, whether it is about somebody else, and the reason
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        sensitive = frozenset({"text", "kept"})
        none = frozenset(
            {"id", "tenant", "case", "person", "use", "field", "source_sha256", "text_sha256", "decided_at", "decided_by"}
        )

    class Meta:
        indexes = [Index(fields=["tenant", "case", "use", "-decided_at", "id"], name="redaction_decision_latest")]
