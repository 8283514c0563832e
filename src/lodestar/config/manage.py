"""The entry of every Django command: `python -m lodestar.config.manage COMMAND`."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lodestar.config.settings")
    import django
    from django.core.management import execute_from_command_line

    from lodestar.kernel.reference_lists import Unreadable

    if sys.argv[1:3] == ["procrastinate", "worker"]:
        django.setup()
        from lodestar.config import checks

        checks.refuse_unfit()  # the jobs are held by the same wall as the pages
    try:
        execute_from_command_line(sys.argv)
    except Unreadable as broken:
        sys.exit(f"fault: {broken}")


if __name__ == "__main__":
    main()
