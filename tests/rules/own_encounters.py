"""Our own encounters, each with what `assess` must answer to it and why it is there."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from lodestar.platform.obligations.encounter_form import read_encounter
from lodestar.platform.obligations.facts import Encounter

DATA = Path(__file__).parent / "data"


@lru_cache(maxsize=1)
def told() -> list[dict[str, Any]]:
    """Every case of the file: note, encounter, expect."""
    found: list[dict[str, Any]] = json.loads((DATA / "own-encounters.json").read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def samples() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The eight sample encounters, each with what is expected of it."""
    lines = (DATA / "encounters-sample.jsonl").read_text(encoding="utf-8").splitlines()
    answers = json.loads((DATA / "encounters-sample-answers.json").read_text(encoding="utf-8"))
    return list(zip([json.loads(line) for line in lines if line.strip()], answers, strict=True))


def own_encounters() -> list[Encounter]:
    """The facts of all of them, samples included."""
    return [read_encounter(one["encounter"]) for one in told()] + [read_encounter(one) for one, _ in samples()]
