"""The parts of the demo force, a module for each app, which registers its part. They are found by listing this folder."""

from importlib import import_module
from pkgutil import iter_modules

from lodestar.platform.registry.demo_parts import DEMO_PARTS, DemoPart


def all_parts() -> list[DemoPart]:
    """Return every part: those of this folder, and those that apps registered as they started."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    return list(DEMO_PARTS.values())
