"""No pattern of ours looks at a long run of the same letters again from each of its letters: a cell of a hostile file, or a
line of a letter, would hold a server for hours. What never ends is stopped after a second of processor, a thousand times
what a pattern needs that reads its text once."""

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator

import lodestar
from tests.offenders import each

LONG = 20_000  # letters
# These are asked for at the beginning of a text, or of a whole text, alone.
AT_A_BEGINNING = {
    "casework.section45.rules.immigration_acts._SECTION",
    "platform.text.csv_safety._RUNS",
}  # fmt: skip
LEFT_OUT = ("migrations", "management", "config", "demo")  # run for nobody's text
ALWAYS = "x1 ,\n'\"-.(/"


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for module in pkgutil.walk_packages(lodestar.__path__, "lodestar."):
        if set(LEFT_OUT) & set(module.name.split(".")):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            named = f"{module.name.removeprefix('lodestar.')}.{name}"
            yield from ((named, each) for each in _within(value) if named not in AT_A_BEGINNING)


def _within(value: object) -> list[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        return [value] if isinstance(value.pattern, str) else []
    parts = value if isinstance(value, tuple | list) else ()
    return [found for part in parts for found in _within(part)]


OURS = sorted({each.pattern: (name, each) for name, each in _patterns()}.values(), key=lambda one: one[0])


def is_read_once(pattern: re.Pattern[str], text: str) -> bool:
    def stop(number: int, frame: object) -> None:
        raise TimeoutError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, 1)
    try:
        pattern.search(text)
    except TimeoutError:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return True


@each(("name", "pattern"), OURS, ids=[name for name, _ in OURS])
def test_a_long_run_is_read_once(name, pattern):
    letters = dict.fromkeys(ALWAYS + re.sub(r"\\\w|[\[\](){}?*+|^$\\]", "", pattern.pattern)[:6])
    slow = [each for each in letters for text in (each * LONG, f"!{each * LONG}!") if not is_read_once(pattern, text)]
    assert not slow, f"{name} looks again and again at runs of {slow}"
