"""`./lodestar deepdive sample FRAME --seed N --size N`: the sample of a frame. It uses no database."""

import csv
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lodestar.oversight.deep_dives.rules.sampling import draw, read_frame, sample_csv

BAD = 2  # the exit status of bad input


class Command(BaseCommand):
    """Prints the sample as a CSV like the frame."""

    help = "Draw a stratified sample of FRAME, a CSV with the heading reference,stratum: the same seed draws the same."
    requires_system_checks: tuple[str, ...] = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The frame, the seed and the size."""
        parser.add_argument("frame", help="a CSV file; - reads what is piped in")
        parser.add_argument("--seed", type=int, required=True)
        parser.add_argument("--size", type=int, required=True)

    def handle(self, *args: Any, frame: str, seed: int, size: int, **options: Any) -> None:
        """Reads, draws and prints; what is wrong is named, with exit status 2."""
        try:
            content = sys.stdin.buffer.read() if frame == "-" else Path(frame).read_bytes()
            rows = read_frame(content.decode())
            if size < 1:
                raise ValueError("--size: at least 1")
            sample = draw(rows, seed, size)
        except OSError as error:
            raise CommandError(f"{frame}: {error.strerror}.", returncode=BAD) from None
        except (ValueError, csv.Error) as fault:
            raise CommandError(f"{frame}: {fault}", returncode=BAD) from None
        self.stdout.write(sample_csv(sample), ending="")
