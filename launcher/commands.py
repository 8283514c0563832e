"""The commands of `./lodestar`, and what each needs before it can run."""

import os
import signal
from collections.abc import Callable, Sequence

from launcher import backup, bench, database, demo, keys, manage, packages, processes, restoring, roles, serving, testing
from launcher.say import Trouble, answer, in_one_line, progress

# What is a command of the application itself: our words, its name, whether it needs the database, what has to follow.
PASSED_ON: dict[tuple[str, ...], tuple[str, bool, str]] = {
    ("admin", "change"): ("admin change", True, "NAME --force SLUG [--role ROLE] [--rank RANK] [--skill SKILL] ..."),
    ("admin", "create"): ("admin create", True, "NAME [NAME]"),
    ("admin", "end"): ("admin end", True, "NAME"),
    ("admin", "renew"): ("admin renew", True, "NAME --force SLUG"),
    ("allocation", "try"): ("allocation_try", False, "FILE|-"),
    ("assess",): ("assess", False, "FILE|-"),
    ("boards", "pack"): ("boards_pack", True, "BOARD --as-at DATE --as USER --out FILE"),
    ("check",): ("check_force", True, ""),
    ("cps", "summary"): ("cps_summary", True, "REFERENCE NUMBER --as USER --to WHOM --why WHY --format pdf|docx"),
    ("deepdive", "sample"): ("deepdive_sample", False, "FRAME|- --seed N --size N"),
    ("demo", "code"): ("demo_code", True, "USER"),
    ("guidance", "pack"): ("guidance_pack", True, ""),
    ("guidance", "reindex"): ("guidance_reindex", True, ""),
    ("guidance", "search"): ("guidance_search", True, '"WORDS" [--json] [--limit N] [--force SLUG]'),
    ("export", "aggregate"): ("export_numbers aggregate", True, "2026-Q3 --as USER --to WHOM --why WHY"),
    ("figure",): ("figure", True, "--from DAY --to DAY --as USER --why WHY [--known DAY] [--json]"),
    ("measures",): ("measures", True, "--from DAY --to DAY --as USER --why WHY [--known DAY] --json"),
    ("respond",): ("respond", True, "REPORT --as-at DATE --as USER --out FOLDER"),
    ("export", "figure"): ("export_numbers figure", True, "2026-Q3 --as USER --to WHOM --why WHY"),
    ("export", "htcds"): ("export_htcds", True, "REFERENCE --as USER --to WHOM --why WHY --for USE"),
    ("export", "return"): ("export_numbers return", True, "2026-10 --as USER --to WHOM --why WHY"),
    ("import", "htcds"): ("import_htcds", True, "FILE --as USER"),
    ("import", "concerns"): ("import_concerns", True, "FILE --as USER [--apply]"),
    ("import", "records"): ("import_records", True, "FILE --kind KIND --as USER [--apply]"),
    ("import", "references"): ("import_references", True, "FILE --as USER [--apply]"),
    ("import", "custody"): ("import_custody", True, "FILE --as USER [--apply]"),
    ("import", "charges"): ("import_charges", True, "FILE --as USER [--apply]"),
    ("import", "template"): ("import_template", False, "KIND [--as csv|xlsx]"),
    ("services", "export"): ("service_list export", True, "--as USER"),
    ("services", "import"): ("service_list import", True, "FILE --as USER [--apply]"),
    ("services", "tonight"): ("service_list tonight", True, "FILE --as USER"),
    ("settings", "export"): ("settings_file export", True, "FILE --as USER [--force SLUG]"),
    ("settings", "import"): ("settings_file import", True, "FILE --as USER [--force SLUG] [--apply]"),
    ("reference", "check"): ("reference_check", False, ""),
    ("trends",): ("trends", False, "FILE|-"),
    ("referral", "check"): ("referral_check", False, "FILE|-"),
    ("referral", "pack"): ("referral_pack", False, "FILE|- --as pdf|docx"),
}
# What the application's own role may not do, whatever a page asks of it: say who can sign in (docs/adr/0028).
BY_THE_OWNER = ("admin change", "admin create", "admin renew", "admin end")
USAGE = """\
usage: ./lodestar COMMAND

  demo [--reset] [--port N]              try Lodestar on invented people; --reset removes what it made
  demo code USER                         the six digits with which USER signs in to the demo just now
  test [--all | PYTEST...]               run the tests
  bench NAME [...]                       a benchmark: allocation, breadth, figure, gaps, import, journeys, ledger, match, proof,
                                         referral, register, search, support
  serve [--port N]                       the web server
  work                                   the jobs
  work --staff                           fulfils requests about staff, as the owner of the database
  migrate                                bring the database up to date
  admin create NAME NAME                 the first two administrators
  admin change NAME --force SLUG         a role, rank, skill or unit, locked or unlocked
  admin end NAME [--force SLUG]          end an account at once
  admin renew NAME --force SLUG          a new password and code generator
  check [--log] [--force SLUG]           what is missing or wrong in each force; --log: whether its log was tampered with
  boards pack BOARD --as-at DATE --as USER --out FILE
                                         the pack of a board as at a day, as .pdf or .docx
  allocation try FILE|-                  which investigators could take the encounter in FILE, and why
  assess FILE|-                          the obligations of the encounter in FILE
  cps summary REFERENCE NUMBER --as USER what section 45 showed for one suspected offence, for the CPS: to whom (--to), why
  deepdive sample FRAME --seed N --size N
                                         a stratified sample of FRAME, a CSV of reference,stratum
  guidance import FOLDER [--publish]     takes the files of a folder into the guidance library
  guidance pack [--to FILE]              the essentials in one file for a device without a network
  guidance reindex [--force SLUG]        what search reads, made anew as this release cuts words
  guidance search "WORDS" [--json]       what the library answers, in an officer's own words
  trends FILE|-                          which chart a series of counts or shares allows, its limits and signals
  figure --from DAY --to DAY --as USER   the six failings of a period, why (--why), as known on a day (--known)
  measures --from DAY --to DAY --as USER every measure of a period as JSON (--json), why (--why), as known on a day (--known)
  respond REPORT --as-at DATE --as USER  briefing, letter and annex that answer a report as on a day, into a folder (--out)
  export htcds REFERENCE --as USER       people of a case as HTCDS 2.0, for whom (--to), why (--why), what for (--for)
  export aggregate 2026-Q3 --as USER     numbers of a quarter; figure 2026-Q3 the six failings; return 2026-10
  import concerns FILE --as USER         what the first reports in FILE would make; with --apply makes it
  import records FILE --kind KIND --as USER
                                         earlier records, of custody, missing, stop, address or call; with --apply
  import htcds FILE --as USER            cases from records of HTCDS 2.0
  import custody FILE --as USER          a list of people in custody; --template prints its columns
  import charges FILE --as USER          a list of people charged; the same
  import references FILE --as USER       crime numbers and other references that came back; with --apply keeps them
  backup --to FOLDER [--log] [--keep N]  an encrypted backup, read back; --list FOLDER, --check FOLDER
  restore --from FOLDER [--at TIME]      brings a backup back, checked, beside what is there
  reference check                        whether the reference data is whole and in date
  referral check FILE|-                  what in the referral that FILE holds could be clearer
  referral pack FILE|- --as pdf|docx     the pack that the answers in FILE make
  services export --as USER              every service as Open Referral UK 3.0
  services import FILE --as USER         what services in FILE would become; with --apply takes them in
  services tonight FILE --as USER        who can take the person in FILE tonight, and near misses
  settings export FILE --as USER         all that a force sets, in one file
  settings import FILE --as USER         what a file of settings would change; with --apply reads it in
  secrets                                the keys that a production needs
  db roles                               the SQL with which a database administrator makes the roles
  db shell                               psql in the embedded database, as the application
  manage COMMAND                         any Django command

PYTHON=/usr/bin/python3.13 chooses the Python. README.md begins; DEVELOPERS.md tells the rest."""


def main(arguments: Sequence[str]) -> int:
    """Runs the command that `arguments` name and returns its exit code; trouble is told in one line."""
    processes.listen()
    try:
        return _run(list(arguments))
    except Trouble as trouble:
        progress(f"lodestar: {trouble}")
        return 1
    except BrokenPipeError:
        return 128 + signal.SIGPIPE  # whoever read our answers has enough: a filter ends then, and says nothing
    except OSError as error:
        progress(f"lodestar: {in_one_line(error)}")
        return 1
    except processes.Stopped as stopped:
        return 128 + stopped.number


def _run(words: list[str]) -> int:
    for length in (2, 1):
        name = tuple(words[:length])
        if name in PASSED_ON:
            command, needs_database, wanted = PASSED_ON[name]
            if wanted and not words[length:]:
                raise Trouble(f"Say more: ./lodestar {' '.join(name)} {wanted}")
            rest = words[length:]
            return _pass_on(command, needs_database and rest != ["--template"], rest)
        if name in _OWN:
            return _OWN[name](words[length:])
    progress(USAGE)
    return 0 if words in (["--help"], ["-h"], ["help"]) else 1


def _pass_on(command: str, needs_database: bool, rest: list[str]) -> int:
    packages.ensure("base")
    if not needs_database:
        return manage.through({}, *command.split(), *rest)
    with database.in_use() as used:
        addresses = manage.as_owner(used.addresses) if command in BY_THE_OWNER else used.addresses
        return manage.through(addresses, *command.split(), *rest)


def _migrate(rest: list[str]) -> int:
    packages.ensure("base")
    with database.in_use() as used:
        return manage.through(manage.as_owner(used.addresses), "migrate", *rest)


def _manage(rest: list[str]) -> int:
    return _pass_on(rest[0] if rest else "help", True, rest[1:])


def _secrets(_rest: list[str]) -> int:
    for name, value in keys.new().items():
        answer(f"{name}={value}")
    return 0


def _guidance_import(rest: list[str]) -> int:
    """Where this clone's own database holds nobody yet, the demo force is made first: guidance belongs to a force."""
    if not rest:
        raise Trouble("Say more: ./lodestar guidance import FOLDER [--manifest FILE] [--publish] [--as USER] [--force SLUG]")
    packages.ensure("base")
    with database.in_use() as used:
        if not os.environ.get("DATABASE_URL") and not keys.is_production():
            demo.fill(used.addresses)
        return manage.through(used.addresses, "guidance_import", *rest)


def _db_shell(_rest: list[str]) -> int:
    packages.ensure("base")
    with database.embedded() as server:
        return server.shell(roles.APP)


def _db_roles(_rest: list[str]) -> int:
    answer(f"create database {database.NAME};\n{roles.role_sql(database.NAME)}")
    answer(f"\\connect {database.NAME}")
    answer(roles.schema_sql())
    return 0


_OWN: dict[tuple[str, ...], Callable[[list[str]], int]] = {
    ("demo",): demo.run,
    ("test",): testing.run,
    ("bench",): bench.run,
    ("guidance", "import"): _guidance_import,
    ("serve",): serving.serve,
    ("work",): serving.work,
    ("backup",): backup.run,
    ("restore",): restoring.run,
    ("migrate",): _migrate,
    ("secrets",): _secrets,
    ("db", "roles"): _db_roles,
    ("db", "shell"): _db_shell,
    ("manage",): _manage,
}
