"""The entry of every Django command: `python -m lodestar.config.manage COMMAND`."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lodestar.config.settings")
    import django
    from django.core.management import execute_from_command_line

    if sys.argv[1:3] == ["procrastinate", "worker"]:
        django.setup()
        from lodestar.config import checks

        checks.refuse_unfit()  # the jobs are held by the same wall as the pages
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
