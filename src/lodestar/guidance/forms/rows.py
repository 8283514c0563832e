"""Which row of a manifest is of which file of a folder: by where the row says that the file lies."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lodestar.guidance.forms.manifest import Row
from lodestar.guidance.rules.names import alike, last, tidy


class Rows:
    """The rows of a manifest beside a folder. `of`: the row of each file, by the name that the file goes by. `doubled`: rows of a
    file that another row is of. `left`: rows of no file of the folder.

    A row is of the file of exactly its path, or else of the only file of whose path it is the end, or the other way round: a
    name alone is of a file in any folder, and the path of another machine of one in this folder.
    """

    def __init__(self, rows: Sequence[Row], paths: Mapping[str, str]) -> None:
        """`paths`: where each file lies in the folder, by the name that it goes by."""
        self._called: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name, path in paths.items():
            self._called[alike(last(path))].append((name, path))
        self.of: dict[str, Row] = {}
        self.doubled: list[Row] = []
        self.left: list[Row] = []
        for row in sorted(rows, key=lambda row: tidy(row.file) in paths.values()):  # one of exactly a path is taken last
            name = self.file(row.file)
            if not name:
                self.left.append(row)
                continue
            if name in self.of:
                self.doubled.append(self.of[name])
            self.of[name] = row

    def file(self, written: str) -> str:
        """The name that the file goes by which lies where somebody wrote; nothing where none does, or more than one may."""
        there = self._called.get(alike(last(tidy(written))), [])
        for spelt in (tidy, lambda path: alike(tidy(path))):
            exact = [name for name, path in there if spelt(path) == spelt(written)]
            if len(exact) == 1:
                return exact[0]
        whole = f"/{alike(tidy(written))}"
        ends = [name for name, path in there if whole.endswith(f"/{alike(path)}") or f"/{alike(path)}".endswith(whole)]
        return ends[0] if len(ends) == 1 else ""

    def how_many_called(self, row: Row) -> int:
        """How many files of the folder have the row's name, wherever they lie."""
        return len(self._called.get(alike(last(tidy(row.file))), ()))
