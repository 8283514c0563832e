"""Recognition: what signs and belief make owed, and finding a sign in an officer's own words. Pure; nothing here
scores anyone."""

from lodestar.recognition.rules.duties import owed
from lodestar.recognition.rules.finding import Sign, find_signs, signs_on

__all__ = ["Sign", "find_signs", "owed", "signs_on"]
