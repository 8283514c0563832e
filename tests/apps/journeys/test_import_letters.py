"""Letters of JSON in old encodings, and files whose bytes are damaged: none is lost without a word, and each refusal is one
sentence."""

import json

import pytest
from django.utils import timezone

from lodestar.cases.models import Person
from lodestar.journeys.entries import as_said
from lodestar.journeys.files_taken_in import file_of, look_at_file
from lodestar.kernel.table_text import NotRead
from lodestar.recognition.models import EarlierRecord
from tests.factories.accounts import MembershipFactory, UserFactory, a_member
from tests.factories.importing import brought_in
from tests.factories.workbooks import sheet, workbook

pytestmark = pytest.mark.usefixtures("fenmarch")
COMMANDS = {"import_concerns": {}, "import_records": {"kind": "custody"}, "import_references": {}}
NO_UTF8 = "not UTF-8 text: save the file as UTF-8"


@pytest.fixture
def bring_in(tmp_path):
    MembershipFactory(user=UserFactory(username="okafor"), roles=["coordinator", "frontline"])

    def bring(content, command="import_concerns", **options):
        return brought_in(command, tmp_path / "file.json", content, **{"user": "okafor", **COMMANDS[command], **options})

    return bring


def as_list(*rows):
    return json.dumps(rows, ensure_ascii=False)


def as_lines(*rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def a_row(name, number=1):
    return {"incident_ref": f"INC {number}", "person_ref": f"P{number}", "name": name}


@pytest.mark.parametrize("shape", [as_list, as_lines])
@pytest.mark.parametrize(
    ("encoding", "name", "told"),
    [
        ("cp1251", "Анна Попова", "Windows-1251"), ("cp1252", "Zoë Müller", "Windows-1252"),
        ("cp1250", "Zofia Łęcka", "Windows-1250"), ("mac_roman", "José Ñúñez", "Mac Roman"),
    ],
)  # fmt: skip
def test_json_in_an_old_encoding_is_read_in_it_and_said_so(bring_in, shape, encoding, name, told):
    code, lines = bring_in(shape(a_row(name), a_row("Ana", 2)).encode(encoding))
    assert (code, set(Person.objects.values_list("name", flat=True))) == (0, {name, "Ana"})
    said = f"note: the file is not UTF-8: it was read as {told}, so look at the letters of the names, such as "
    assert lines[0].startswith(said + name.split()[-1 if name.startswith("Zof") else 0])


def test_an_earlier_record_of_json_in_an_old_encoding_keeps_its_letters(bring_in):
    record = as_list({"custody_ref": "CU/1", "name": "Zoë Müller", "narrative": "x"}).encode("cp1252")
    lines = bring_in(record, "import_records")[1]
    assert (EarlierRecord.objects.get().name, lines[0][:53]) == (
        "Zoë Müller", "note: the file is not UTF-8: it was read as Windows-1"
    )  # fmt: skip


def test_an_item_with_a_byte_that_is_no_letter_is_refused_and_goes_back_as_it_came(bring_in, tmp_path):
    content = as_list(a_row("Zoë Müller"), a_row("M#ller💀\\ud800", 2)).replace("\\\\", "\\").encode().replace(b"#", b"\xfc")
    code, lines = bring_in(content)
    assert (code, lines[1]) == (2, f"item 2: not imported: {NO_UTF8}")
    assert [one.name for one in Person.objects.all()] == ["Zoë Müller"]
    back = (tmp_path / "file.json.rejects.jsonl").read_bytes()
    assert b'"M\xfcller\xf0\x9f\x92\x80\\ud800"' in back


DAMAGED = {
    "a byte more": lambda told: told + b"x",
    "a byte less": lambda told: told[:-1],
    "half a sign": lambda told: b"\0\xd8".join(told.rsplit(b"a\0", 1)),  # in the name of the last
}


@pytest.mark.parametrize("command", sorted(COMMANDS))
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
@pytest.mark.parametrize("damage", sorted(DAMAGED))
def test_damaged_json_of_several_bytes_a_letter_loses_the_damaged_item_alone(bring_in, command, encoding, damage):
    rows = [{"incident_ref": f"INC {n}", "name": name, "our_reference": "FM-1"} for n, name in enumerate(("Zoë", "Ana"), 1)]
    code, lines = bring_in(DAMAGED[damage](as_list(*rows).encode(encoding)), command)
    assert code == 2
    assert len([line for line in lines if NO_UTF8 in line]) == 1
    if command == "import_concerns":
        assert "Zoë" in set(Person.objects.values_list("name", flat=True))


@pytest.mark.parametrize("kind", ["concerns", "custody"])
def test_by_a_page_a_damaged_file_is_told_of_too(kind):
    content = as_list(a_row("Zoë"), a_row("Ana", 2)).encode("utf-16") + b"x"
    try:
        report = look_at_file(a_member("coordinator"), file_of(content, "file.json", kind), timezone.now())
    except NotRead:
        pytest.fail("its good rows can be read")
    assert [line.becomes for line in report.lines] == ["made", "made", "refused"]


def test_half_a_sign_that_was_written_as_such_is_left_out_and_told():
    assert as_said([("name", "M\ud800ller"), ("age", "16")], ("name", "age"))[1] == [
        "half a sign, which is none of any script, was left out: name"
    ]


def test_a_row_of_which_a_workbook_has_lost_a_text_is_refused_and_others_come(bring_in):
    lost = ('t="s"', "<v>7</v>")
    rows = [["incident_ref", "name", lost], ["INC 1", lost, "x"], ["INC 2", "Ana", "38"], [lost, "", ""]]
    code, lines = bring_in(workbook(sheet(rows)))
    assert (code, [one.name for one in Person.objects.all()]) == (2, ["Ana"])
    told = "not imported: the workbook is damaged and does not hold the text of its cells under"
    assert "the workbook does not hold the names of some columns: what stands under them is kept as text" in lines[0]
    for line, row, name in ((lines[1], 2, "name"), (lines[3], 4, "incident_ref")):
        assert line == f"row {row}: {told} {name}: write them there anew"
