"""What the first screen shows: plain values, made from rows, for a template that decides nothing."""

from lodestar.casework.safety.presenters.lines import Line as Line
from lodestar.casework.safety.presenters.lines import is_bare_tap as is_bare_tap
from lodestar.casework.safety.presenters.lines import lines as lines
from lodestar.casework.safety.presenters.screen import screen as screen
