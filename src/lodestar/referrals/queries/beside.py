"""What a second victim of the same case or operation may share with the first: offered, never copied by itself."""

from dataclasses import dataclass

from lodestar.kernel.fingerprint import fingerprint
from lodestar.referrals.models import Answer
from lodestar.referrals.queries.writing import Sheet
from lodestar.referrals.rules.made import EXPLOITERS
from lodestar.referrals.rules.sections import Ask, asks

MARK = 12  # characters of a fingerprint


@dataclass(frozen=True)
class Offered:
    """One answer of another referral that could hold here too. `mark` is of these very words of that referral."""

    ask: Ask
    row: Answer

    @property
    def mark(self) -> str:
        """What a form carries of it, so that only what was read is taken."""
        return fingerprint(str(self.row.writing_id), self.ask.code, str(self.row.words))[:MARK]


def offered(sheet: Sheet, *, with_papers: bool = True) -> tuple[Offered, ...]:
    """The answers of the other referrals of a sheet that can be common and that have none here, each question's latest, in the
    order of the form. Papers and people are offered only as far as they are this case's; without papers nothing more is read."""
    answered = sheet.told.keys() | sheet.written.keys()
    wanted = {code: ask for code, ask in asks(sheet.version).items() if ask.common and code not in answered}
    rows = [row for row in sheet.others if row.code in wanted and (with_papers or row.code != "upload-file")]
    found: dict[str, Answer] = {}
    for row in sorted(rows, key=lambda row: (row.written_at, row.id)):
        if row.words and _holds_here(sheet, row):
            found[row.code] = row
    return tuple(Offered(ask, found[code]) for code, ask in wanted.items() if code in found)


def _holds_here(sheet: Sheet, row: Answer) -> bool:
    """Whether what was picked from a case can be picked in this one."""
    picked = set(str(row.words).split("\n"))
    if row.code == EXPLOITERS:
        return picked <= {str(one.id) for one in sheet.exploiters}
    return row.code != "upload-file" or picked <= set(sheet.files)
