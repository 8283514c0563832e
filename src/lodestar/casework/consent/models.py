"""Checked translations of the leaflet and of other texts for the person, and sound files of them."""

from django.conf import settings
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from lodestar.casework.consent.rules import LEAFLET
from lodestar.platform.tenancy.models import TenantModel


class LeafletTranslation(TenantModel):
    """One translation that a named person has checked, or the taking back of what was filed. The latest filed holds."""

    language = models.CharField(max_length=20)
    text_of = models.CharField(max_length=8, default=LEAFLET)  # which text it is: `rules.TEXTS`
    english_version = models.DateField()  # of which English it is the translation
    text = models.TextField(blank=True)
    sound = models.CharField(max_length=64, blank=True)  # of the sound file in which it is read out
    media_type = models.CharField(max_length=12, blank=True)
    checked_by = models.CharField(max_length=200)
    checked_on = models.DateField()
    withdrawn_because = models.CharField(max_length=400, blank=True)
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Classified:
        personal = frozenset({"checked_by"})
        none = frozenset(
            {
                "id", "tenant", "language", "text_of", "english_version", "text", "sound", "media_type",
                "checked_on", "withdrawn_because", "filed_at",
                "filed_by",
            }
        )  # fmt: skip

    class Meta:
        constraints = [
            CheckConstraint(
                condition=(Q(withdrawn_because="") & ~Q(text="")) | (~Q(withdrawn_because="") & Q(text="")),
                name="leaflet_translation_filed_or_withdrawn",
            ),
            CheckConstraint(condition=~Q(checked_by=""), name="leaflet_translation_checked_by_name"),
        ]
        indexes = [Index(fields=["tenant", "language", "-filed_at", "id"], name="leaflet_translation_latest")]
