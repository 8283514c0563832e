"""Rows of what goes out."""

from lodestar.exchange.models.own_systems import CAME_BACK, ExternalReference, PackOrder
from lodestar.exchange.models.releases import KINDS, Release, ReleaseGiven

__all__ = ["CAME_BACK", "KINDS", "ExternalReference", "PackOrder", "Release", "ReleaseGiven"]
