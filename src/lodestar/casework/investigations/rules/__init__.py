"""What investigation makes owed, and whether words direct anything. Pure."""

from lodestar.casework.investigations.rules.duties import owed as owed
