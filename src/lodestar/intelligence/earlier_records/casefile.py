"""Earlier records, on the page of a case: the signs in them before the first concern."""

from lodestar.casework.case_files.casefile import CaseContext, Panel, Row, at_most
from lodestar.intelligence.earlier_records.presenters import NOTHING_BEFORE, name_in_case, question_notice, sign_lines
from lodestar.intelligence.earlier_records.queries import look_back


def panel(shown: CaseContext) -> Panel | None:
    """What earlier records say of the people: listed with where it stands, and never added up. None where none are held."""
    findings = look_back.of_case(shown.case, shown.people)
    if not findings.is_held:
        return None
    lines = [
        Row(line["sentence"], about=f"{name_in_case(findings, sign)}. {line['source']}")
        for sign, line in zip(findings.before, sign_lines(findings.before), strict=True)
    ]
    say = question_notice(findings) or ("" if findings.before else NOTHING_BEFORE)
    return Panel("earlier", "Records before the first concern", say, rows=at_most(lines), link="Earlier records and gaps",
                 href=f"/cases/{shown.case.reference}/earlier")  # fmt: skip
