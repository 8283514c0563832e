"""What goes wrong with a backup, as the one line that whoever stands at the machine reads, and the code it ends with."""

TO_PUT_RIGHT, DAMAGED, WRONG_KEY, BUSY = 1, 3, 4, 5  # exit codes


class Fault(Exception):
    """The backup was not made, or is not to be relied on; nothing that stood before was touched."""

    def __init__(self, line: str, code: int = TO_PUT_RIGHT) -> None:
        super().__init__(line)
        self.code = code


def damaged(line: str) -> Fault:
    """Something in the backup is missing or is not what was written."""
    return Fault(f"{line} Use another (./lodestar backup --list FOLDER, --backup NAME) and keep this one as it is.", DAMAGED)


def wrong_key(line: str) -> Fault:
    """The keys at hand are not those that were used."""
    return Fault(line, WRONG_KEY)
