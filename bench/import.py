"""`bench/import [ROWS] [TAKEN]`: a table of ROWS rows (100,000) is looked at, one of TAKEN rows (2,000) is taken in, and taken in
again: rows a second, and the most memory that the process held."""

import csv
import io
import resource
import sys
import tempfile
import time
from pathlib import Path
from random import Random

from bench.match_people import Inventor
from bench.scenery import load, seed, set_up

HEAD = [
    "incident_ref", "reported_at", "happened_at", "place", "postcode", "police_area", "person_ref", "role", "name", "born", "age",
    "sex", "nationality", "language", "phone", "address", "offence", "offence_date", "narrative", "source", "officer",
]  # fmt: skip
MARKED = ("Nguyễn Thị Hồng", "Ştefan Țurcanu", "Жанна Цой", "نور حسن", "ਗੁਰਪ੍ਰੀਤ", "王小明", "김민수", "Ana Moore")


def main(rows: int, taken: int) -> None:
    set_up()
    print(seed(1))
    print(load())
    with tempfile.TemporaryDirectory() as folder:
        whole, part = Path(folder) / "whole.csv", Path(folder) / "part.csv"
        whole.write_text(table(rows), encoding="utf-8")
        part.write_text(table(taken), encoding="utf-8")
        print(f"a table of {rows} rows, {whole.stat().st_size // 1000} kB")
        print("looked at:", told(rows, whole))
        print("taken in:", told(taken, part, apply=True))
        print("taken in again:", told(taken, part, apply=True))
    print(load())


def table(rows: int) -> str:
    """Two people an incident, every column filled in: names as common as names are, births and houses of their own."""
    people, random = Inventor(1), Random(1)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for n in range(rows):
        one = people.person()
        born = one.born or f"{random.randrange(1950, 2012)}"
        name = MARKED[n // 50 % len(MARKED)] if n % 50 == 0 else one.name
        writer.writerow([
            f"INC-{n // 2}", "03/11/2026 02:25", "02/11/2026 22:30", f"{n // 2 % 90} Mill Lane", "LN1 1AA", "lincolnshire",
            f"N-{n}", ("victim", "suspect")[n % 2], name, born, "", "F", "Romanian", "Romanian",
            f"07{random.randrange(10**9):09}", f"{random.randrange(300)} {people.name()} Road, Lincoln", "theft", "2026-11",
            f"Met at a shop, {n}. " * 4, "999", "PC 1",
        ])  # fmt: skip
    return out.getvalue()


def told(rows: int, path: Path, *, apply: bool = False) -> str:
    from django.core.management import call_command

    out = io.StringIO()
    began, worked = time.perf_counter(), time.process_time()
    call_command("import_concerns", str(path), user="officer", apply=apply, stdout=out)
    took, own = time.perf_counter() - began, time.process_time() - worked
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    last = out.getvalue().splitlines()[-1].partition(". ")[0]
    return f"{rows / took:.0f} rows a second ({rows / own:.0f} of our own processor time), at most {most} MB; {last}"


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, int(sys.argv[2]) if len(sys.argv) > 2 else 2_000)
