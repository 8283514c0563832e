"""The database roles: the one module that the launcher shares with the application. It is plain Python."""

import sys

from launcher.places import SRC

sys.path.append(str(SRC))
from lodestar.platform.tenancy.roles import APP, LOGINS, OWNER, role_sql, schema_sql

__all__ = ["APP", "LOGINS", "OWNER", "role_sql", "schema_sql"]
