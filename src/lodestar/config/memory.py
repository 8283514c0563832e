"""How often Python looks through its memory for what refers to itself."""

import gc

YOUNG = 50_000  # objects made since the last look; Python's own 700 looks through many cases' rows again and again


def look_seldom() -> None:
    """Sets apart what the program itself holds, which stays as long as it runs, and looks through the rest seldom: a
    page or a case makes many rows at once and lets them all go. `bench/ledger` measures what it brings."""
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)
