"""Which row of a manifest is of which file of a folder: by where it lies there, however the row writes that."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from lodestar.guidance.forms.manifest import Row
from lodestar.guidance.rules.names import alike, last, tidy


def _nfc(path: str) -> str:
    return unicodedata.normalize("NFC", path)


_SPELT: tuple[Callable[[str], str], ...] = (str, _nfc, alike)


class Rows:
    """The rows of a manifest beside a folder. `of`: the row of each file, by the name that the file goes by. `doubled`: rows of a
    file that another row is of. `left`: rows of no file of the folder.

    A row is of the file that lies where it says. Only where none does it goes by the file's own name alone, and only if no
    other row and no second file has that. The order of the rows decides nothing but between two that say the same place.
    """

    def __init__(self, rows: Sequence[Row], paths: Mapping[str, str], folder: Path) -> None:
        """`paths`: where each file lies in the folder, by the name that it goes by."""
        self.rows, self.folders = rows, {_nfc(one) for one in (folder.name, folder.resolve().name) if one}
        self._lie = [_grouped(paths, spelt) for spelt in _SPELT]
        self._own = _grouped({name: last(path) for name, path in paths.items()}, alike)
        found = [(self._placed(row.file), row) for row in rows]
        best: dict[str, tuple[int, Row]] = {}
        for (name, far), row in found:
            if name and (name not in best or far <= best[name][0]):
                best[name] = (far, row)
        self.of = {name: row for name, (_, row) in best.items()}
        self.doubled = [row for (name, _), row in found if name and self.of[name] is not row]
        self.left = self._by_own_name([row for (name, _), row in found if not name])

    def file(self, written: str) -> str:
        """The name that the file goes by which lies where somebody wrote; nothing where none does, or more than one may."""
        return self._placed(written)[0]

    def of_attached(self, name: str) -> Row | None:
        """The row of what came with a letter: of this name, with where the letter came from before it or without."""
        return next((row for row in reversed(self.rows) if alike(tidy(row.file)) == alike(name)), None)

    def how_many_called(self, row: Row) -> int:
        """How many files of the folder have the row's name, wherever they lie."""
        return len(self._own.get(alike(last(tidy(row.file))), ()))

    def _placed(self, written: str) -> tuple[str, int]:
        """The name of the file that lies there, and how far from exactly it was written so."""
        for far, way in enumerate(self._ways(written)):
            for further, (spelt, lie) in enumerate(zip(_SPELT, self._lie, strict=True)):
                names = lie.get(spelt(way), ())
                if len(names) == 1:
                    return names[0], far * len(_SPELT) + further
        return "", 0

    def _ways(self, written: str) -> Iterable[str]:
        """A path as it is written, without what leads nowhere, and what stands in it after the folder's own name."""
        yield written
        whole = tidy(written)
        yield whole
        parts = whole.split("/")
        places = [place for place, part in enumerate(parts[:-1]) if _nfc(part) in self.folders]
        for place in places[:1] + places[-1:]:
            yield "/".join(parts[place + 1 :])

    def _by_own_name(self, rows: Sequence[Row]) -> list[Row]:
        """Gives those rows the file of their own name where that is plain, and returns the others."""
        places = defaultdict(set)
        for row in self.rows:
            places[alike(last(tidy(row.file)))].add(alike(tidy(row.file)))
        placed, left = set(self.of), []
        for row in rows:
            key = alike(last(tidy(row.file)))
            names = self._own.get(key, ())
            if len(places[key]) != 1 or len(names) != 1 or names[0] in placed:
                left.append(row)
                continue
            if names[0] in self.of:
                self.doubled.append(self.of[names[0]])
            self.of[names[0]] = row
        return left


def _grouped(paths: Mapping[str, str], spelt: Callable[[str], str]) -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for name, path in paths.items():
        found[spelt(path)].append(name)
    return found
