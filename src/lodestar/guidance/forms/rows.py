"""Which row of a manifest is of which file of a folder: by where it lies there, or by its own name where only one has that."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from lodestar.guidance.forms.manifest import Row
from lodestar.guidance.rules.names import kept, last, tidy


class Rows:
    """The rows of a manifest beside a folder. `of`: the row of each file, by the name that the file goes by. `doubled`: rows of a
    file that a later row is of. `left`: rows of no file of the folder."""

    def __init__(self, rows: Sequence[Row], paths: Mapping[str, str]) -> None:
        """`paths`: where each file lies in the folder, by the name that it goes by."""
        self.of: dict[str, Row] = {}
        self.doubled: list[Row] = []
        self.left: list[Row] = []
        self._at = {kept(path): name for name, path in paths.items()}
        self._called: defaultdict[str, list[str]] = defaultdict(list)
        for path, name in self._at.items():
            self._called[last(path)].append(name)
        for row in rows:
            name = self._at.get(tidy(row.file), "")
            if not name:
                self.left.append(row)
            else:
                self.doubled += [self.of[name]] if name in self.of else []
                self.of[name] = row
        for row in list(self.left):
            name = self.file(row.file)
            if name and name not in self.of:
                self.of[name] = row
                self.left.remove(row)

    def file(self, written: str) -> str:
        """The name that the file goes by which lies where it is written, or alone has that name; else nothing."""
        path = tidy(written)
        called = self._called.get(last(path), [])
        return self._at.get(path) or (called[0] if len(called) == 1 else "")
