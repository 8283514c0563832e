"""Rows laid beside each other by Splink, in this process and in memory: nothing of them is written to a disk, and nothing is
asked of a network. Splink is an extra (`requirements/linkage.txt`), and is read when it is first used."""

from collections.abc import Sequence
from importlib import import_module
from logging import ERROR as QUIET
from typing import Any

# Nothing spills to a disk, no file and no address is read, no extension is fetched; and none of it can be set otherwise after.
SHUT = """
set temp_directory = '';
set enable_external_access = false;
set autoinstall_known_extensions = false;
set autoload_known_extensions = false;
set threads = 1;
set lock_configuration = true
"""


class NoLinker(RuntimeError):
    """The packages of the extra are not installed."""


def scored_pairs(rows: Sequence[dict[str, Any]], settings: dict[str, Any], *, likely: float) -> list[tuple[str, str, float]]:
    """The pairs of rows, by their `id`, that are one at least as likely as `likely` (0 to 1) by Splink's `settings`, with how
    likely, the likeliest first. Each column is of one type, and None where nothing is known. Raises NoLinker."""
    if len(rows) < 2:
        return []
    try:
        duckdb, splink, arrow = (import_module(name) for name in ("duckdb", "splink", "pyarrow"))
    except ImportError as missing:
        raise NoLinker(f"{missing.name} is not installed") from None
    connection = duckdb.connect(":memory:")
    try:
        connection.execute(SHUT)
        database = splink.DuckDBAPI(connection=connection)
        linker = splink.Linker(database.register(arrow.Table.from_pylist(list(rows))), settings, log_level=QUIET)
        predictions = linker.inference.predict(threshold_match_probability=likely).as_record_list()
    finally:
        connection.close()
    pairs = [(min(ids), max(ids), likely) for ids, likely in map(_ids_and_likelihood, predictions)]
    return sorted(pairs, key=lambda pair: (-pair[2], pair[0], pair[1]))


def _ids_and_likelihood(pair: dict[str, Any]) -> tuple[tuple[str, str], float]:
    return (str(pair["id_l"]), str(pair["id_r"])), float(pair["match_probability"])
