"""`python -m tests.killed.importing FILE USER STATEMENT...`: imports a file in processes of which each kills itself at one of its
statements to the database, without a chance to tidy up; then in one that lives. Prints how each ended.

The application is loaded once and forked.
"""

import os
import signal
import sys


def main(path: str, user: str, statements: list[int]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "lodestar.config.settings"
    import django

    django.setup()
    for statement in (*statements, 0):
        child = os.fork()
        if not child:
            run(path, user, statement)
        _, status = os.waitpid(child, 0)
        ended = f"killed by {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"ended with {os.WEXITSTATUS(status)}"
        print(ended, flush=True)


def run(path: str, user: str, last: int) -> None:
    """Imports the file in this process, which dies before the statement of this number, counted from 1."""
    from django.core.management import call_command
    from django.db import connection

    count = 0

    def counted(execute, sql, params, many, context):
        nonlocal count
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    code = 0
    try:
        with connection.execute_wrapper(counted), open(os.devnull, "w") as quiet:
            call_command("import_concerns", path, user=user, apply=True, stdout=quiet)
    except BaseException:
        code = 1
    os._exit(code)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], [int(word) for word in sys.argv[3:]])
