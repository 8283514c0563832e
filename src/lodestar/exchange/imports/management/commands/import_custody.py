"""`./lodestar import custody FILE --as USER`: a list of people in custody, from the force's own system."""

from lodestar.exchange.imports.actions.custody_lists import DETAINED
from lodestar.exchange.imports.import_command import CustodyListCommand


class Command(CustodyListCommand):
    """Possible victims without a consideration of section 45 are printed at once."""

    help = "Says whom a list of people in custody names; with --apply records it, once each."
    template = DETAINED
