"""Crimes of a period, of cases that are not sealed: one definition for whatever counts them."""

from datetime import datetime

from django.db.models import QuerySet

from lodestar.investigations.models import Crime


def recorded_in(begins: datetime, ends: datetime) -> QuerySet[Crime]:
    """Crimes that the force's crime system took from `begins` up to `ends`."""
    return Crime.objects.filter(person__case__sealed=False, kind="recorded", at__gte=begins, at__lt=ends)
