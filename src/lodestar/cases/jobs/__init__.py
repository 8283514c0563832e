"""What runs by itself."""

from lodestar.cases.jobs import alerts as alerts
from lodestar.cases.jobs import ledger as ledger
