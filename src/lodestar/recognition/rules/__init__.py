"""Recognition: what signs and belief make owed, and finding a sign in an officer's own words. Pure; nothing here
scores anyone."""

from lodestar.recognition.rules.duties import owed as owed
from lodestar.recognition.rules.signs import Sign as Sign
from lodestar.recognition.rules.signs import find_signs as find_signs
from lodestar.recognition.rules.signs import signs_on as signs_on
