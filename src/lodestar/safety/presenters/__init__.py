"""What the first screen shows: plain values, made from rows, for a template that decides nothing."""

from lodestar.safety.presenters.lines import Ask, Line, Said, Tick, is_bare_tap, lines
from lodestar.safety.presenters.screen import Screen, screen

__all__ = ["Ask", "Line", "Said", "Screen", "Tick", "is_bare_tap", "lines", "screen"]
