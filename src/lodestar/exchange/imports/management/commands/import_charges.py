"""`./lodestar import charges FILE --as USER`: a list of people charged, from the force's own system."""

from lodestar.exchange.imports.actions.custody_lists import CHARGES
from lodestar.exchange.imports.import_command import CustodyListCommand


class Command(CustodyListCommand):
    """Possible victims without a consideration of section 45 are printed at once."""

    help = "Says who was charged by a list; with --apply records it, once each."
    template = CHARGES
