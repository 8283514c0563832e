"""The API and the commands over the rules: an encounter in, an answer out, faults told, no harm by hostile JSON."""

import io
import json
import signal
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from lodestar.config import manage
from lodestar.exchange.assess.presenters.rule_pages import RULE_PAGES
from lodestar.platform.accounts import access, actions
from lodestar.platform.accounts.models import ApiToken
from lodestar.platform.audit.models import Event
from lodestar.platform.reference.management.commands import reference_check
from lodestar.platform.tenancy.tenant_transaction import within
from lodestar.platform.text.ids import new_id
from lodestar.platform.text.reference_lists import Unreadable, list_files
from lodestar.platform.time.days import start_of_day
from lodestar.platform.tokens.api import LARGEST
from tests.factories.accounts import ApiTokenFactory, TenantFactory, a_member, a_token
from tests.factories.settings import an_agreed_change, days_ahead
from tests.offenders import each
from tests.rules.meeting import met, someone

SAMPLES = Path(__file__).parents[3] / "rules" / "data" / "encounters-sample.jsonl"
MET = {"reference": "R1", "encountered_at": "2026-03-02T23:40:00+00:00", "people": []}


@pytest.fixture
def bearer(fenmarch):
    return f"Bearer {a_token(a_member('administrator'))}"


def asked(told, bearer, **more):
    """The status and the JSON of an answer. A client without cookies that insists on CSRF, as no browser would be let off."""
    body = told if isinstance(told, bytes) else json.dumps(told).encode()
    headers = {"Authorization": bearer, "Content-Type": "application/json"} | more
    client = Client(enforce_csrf_checks=True)
    response = client.generic("POST", "/api/v1/assess", body, headers=headers, content_type=headers.pop("Content-Type"))
    assert response.headers["Content-Type"] == "application/json"
    assert not response.cookies
    return response.status_code, response.json()


def test_command_and_api_agree_with_the_shipped_settings(bearer, tmp_path):
    out = io.StringIO()
    call_command("assess", str(SAMPLES), stdout=out)
    lines = [json.loads(line) for line in SAMPLES.read_text().splitlines() if line.strip()]
    answers = [asked(line, bearer) for line in lines]
    assert [(200, json.loads(line)) for line in out.getvalue().splitlines()] == answers
    assert {told["settings"] for _, told in answers} == {"shipped"}
    assert Event.objects.filter(code="assess.asked", role="token").count() == len(lines)


def test_the_answer_uses_the_force_s_settings_and_says_since_when(bearer):
    first = days_ahead(7)
    an_agreed_change(a_member("policy_owner"), a_member("policy_owner"), key="pip3_victims", value="1", from_date=first)
    person = {"id": "p1", "roles": ["possible_victim"], "belief": "reasonable_grounds"}
    found = []
    for day in (6, 7):
        met = start_of_day(days_ahead(day)).isoformat()
        _, told = asked({"encountered_at": met, "people": [person]}, bearer)
        found.append((told["settings"], "consider_pip3" in [one["code"] for one in told["case"]["obligations"]]))
    assert found == [("shipped", False), (f"fenmarch {first.isoformat()}", True)]


def test_every_fault_comes_back_with_its_path(bearer):
    bad = MET | {"people": [{"id": "p1", "birth": {"age_min": 20, "age_max": 16}}], "colour": "red"}
    status, told = asked(bad, bearer)
    assert (status, told["reference"]) == (422, "R1")
    assert {one["path"] for one in told["errors"]} == {"colour", "people[0].birth.age_min"}


def deep(opening, closing):
    return (opening * 9_000 + closing * 9_000).encode()


@each(
    "body",
    [
        b" ", b"{", b"\xff\xfe", b"nul", b"NaN", b'{"a": Infinity}', b'{"reference": 1, "reference": 2}', b"[]", b"null", b"7",
        b'"text"', deep("[", "]"), deep('{"a":', "}"), b'{"encountered_at": ' + b"9" * 5000 + b"}", b"{} {}",
        json.dumps(MET | {"people": [{"id": "p"}] * 3}).encode(), json.dumps(MET | {"case": {"deaths": 1e300}}).encode(),
        b'{"encountered_at": "2026-03-02T23:40:00+00:00", "case": {"deaths": -0.0}}',
    ],
)  # fmt: skip
def test_what_is_no_encounter_is_told_and_does_no_harm(bearer, body):
    status, told = asked(body, bearer)
    assert status == 422
    assert told["errors"]


@each("text", ["\ud800", "\udfff\ud800 x", "\x00", "\u202e", "</script>", "x" * 10_000])
def test_odd_text_is_echoed_as_it_came(bearer, text):
    status, told = asked(json.dumps(MET | {"reference": text}).encode(), bearer)
    assert (status, told["reference"]) == (200, text)


def test_a_body_that_is_too_long_is_not_read(bearer):
    assert asked(MET | {"reference": "x" * LARGEST}, bearer)[0] == 413


@each(
    ("sent", "status"),
    [("text/plain", 415), ("application/x-www-form-urlencoded", 415), ("application/json; charset=utf-16", 415),
     ("application/json; charset=utf-8", 200), ("Application/JSON", 200)],
)  # fmt: skip
def test_only_json_is_taken(bearer, sent, status):
    assert asked(MET, bearer, **{"Content-Type": sent})[0] == status


def test_only_post_is_taken(client, bearer):
    for method in ("get", "put", "delete", "head", "options"):
        response = getattr(client, method)("/api/v1/assess", headers={"Authorization": bearer})
        assert response.status_code == 405, method


def test_no_token_a_wrong_one_and_a_revoked_one_look_the_same(bearer):
    good = bearer.removeprefix("Bearer ")
    sent = access.sent_token(good)
    answers = [
        asked(MET, told)
        for told in (
            "", "Bearer", "Basic dXNlcjpwYXNz", good[:-1], f"{bearer[:-1]}{'A' if bearer[-1] != 'A' else 'B'}",
            f"Bearer {access.token_text('fenmarch', new_id(), sent.secret)}",
        )
    ]  # fmt: skip
    actions.revoke_token(by=a_member("administrator"), at=start_of_day(days_ahead(0)), token=sent.id)
    answers.append(asked(MET, bearer))
    assert answers == [answers[0]] * len(answers)
    assert answers[0][0] == 401
    assert Event.objects.filter(code="assess.asked").count() == 0


def test_a_token_for_something_else_may_not_ask(fenmarch):
    secret = "s" * 43
    token = ApiTokenFactory(permission="something_else", secret_hash=access.secret_hash(secret))
    assert asked(MET, f"Bearer {access.token_text('fenmarch', token.id, secret)}")[0] == 403


@pytest.mark.django_db
def test_a_token_is_good_in_its_own_force_only():
    for slug, prefix in (("fenmarch", "FM"), ("eastern", "ER")):
        TenantFactory(slug=slug, name=slug.title(), reference_prefix=prefix)
    with within("fenmarch"):
        good = a_token(a_member("administrator"))
        an_agreed_change(a_member("policy_owner"), a_member("policy_owner"), from_date=days_ahead(1))
    with within("eastern"):
        other = a_token(a_member("administrator"))
    sent = access.sent_token(good)
    for told in ("eastern", "nowhere"):
        assert asked(MET, f"Bearer {access.token_text(told, sent.id, sent.secret)}")[0] == 401
    later = MET | {"encountered_at": start_of_day(days_ahead(2)).isoformat()}
    answers = [asked(later, f"Bearer {one}") for one in (good, other)]
    assert [told["settings"] for _, told in answers] == [f"fenmarch {days_ahead(1).isoformat()}", "shipped"]
    with within("fenmarch"):
        assert ApiToken.objects.get().last_used_at is not None


def test_a_file_is_found_from_the_callers_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one.jsonl").write_text(json.dumps(met(someone(), reference="A1")) + "\n", encoding="utf-8")
    said = StringIO()
    call_command("assess", "one.jsonl", stdout=said)
    assert [json.loads(line)["reference"] for line in said.getvalue().splitlines()] == ["A1"]


def test_one_bad_line_is_exit_status_2_and_the_others_are_answered(tmp_path: Path) -> None:
    good = json.dumps(met(someone(), reference="A1"))
    (tmp_path / "two.jsonl").write_text(f"{good}\nno json\n{good}\n", encoding="utf-8")
    said = StringIO()
    with pytest.raises(CommandError, match="1 of 3") as bad:
        call_command("assess", str(tmp_path / "two.jsonl"), stdout=said)
    assert bad.value.returncode == 2
    assert ["errors" in json.loads(line) for line in said.getvalue().splitlines()] == [False, True, False]


def test_who_reads_no_further_hears_of_no_fault(tmp_path: Path) -> None:
    """`./lodestar assess FILE | head -1` ends quietly."""
    (tmp_path / "many.jsonl").write_text(f"{json.dumps(met(someone()))}\n" * 40, encoding="utf-8")
    asked = [sys.executable, "-m", "lodestar.config.manage", "assess", str(tmp_path / "many.jsonl")]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asking:
        assert asking.stdout is not None
        asking.stdout.close()
        assert asking.stderr is not None
        said = asking.stderr.read()
    assert (said, asking.returncode) == (b"", 128 + signal.SIGPIPE)


@pytest.mark.parametrize(("text", "word"), [(None, "No such file"), ("\n", "nothing in it")])
def test_no_file_or_nothing_in_it_is_one_sentence(tmp_path: Path, text: str | None, word: str) -> None:
    if text is not None:
        (tmp_path / "it").write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=word) as bad:
        call_command("assess", str(tmp_path / "it"))
    assert bad.value.returncode == 2


def checked(on: str) -> tuple[str, Any]:
    """What the check says of a day, and its fault."""
    said = StringIO()
    try:
        call_command("reference_check", "--on", on, stdout=said)
    except CommandError as fault:
        return said.getvalue(), fault
    return said.getvalue(), None


def test_the_check_fails_once_a_review_is_past() -> None:
    said, fault = checked("2026-11-24")
    assert fault is None
    assert "obligations/obligations:" in said
    said, fault = checked("2031-01-01")
    assert fault
    assert "fault: obligations/obligations was to be reviewed by" in said


def test_a_list_in_another_encoding_is_one_fault_and_the_others_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "cases" / "reference" / "broken.toml"
    broken.parent.mkdir(parents=True)
    broken.write_bytes('title = "Café"'.encode("cp1252"))
    monkeypatch.setattr(reference_check, "list_files", lambda: (broken, *list_files()))
    said, fault = checked("2026-11-24")
    assert str(fault) == "1 fault in the reference data."
    assert [line for line in said.splitlines() if line.startswith("fault")] == [
        "fault: cases/broken is not in UTF-8: byte 12 is 0xe9"
    ]
    assert "obligations/obligations:" in said


def test_a_list_that_cannot_be_read_at_the_start_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_arguments: list[str]) -> None:
        raise Unreadable("cases/settings is not in UTF-8: byte 2 is 0xff")

    monkeypatch.setattr("django.core.management.execute_from_command_line", broken)
    monkeypatch.setattr("sys.argv", ["manage", "reference_check"])
    with pytest.raises(SystemExit, match="fault: cases/settings is not in UTF-8"):
        manage.main()


def test_the_pages_of_rules_are_as_the_list_says() -> None:
    said = StringIO()
    call_command("rule_pages", "--dry-run", stdout=said)
    named = said.getvalue().split()
    assert all((RULE_PAGES / name).exists() for name in named)
