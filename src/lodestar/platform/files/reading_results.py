"""The result of reading one document in a process of its own: blocks of text, or the code of a refusal."""

READ, NOT_READABLE, WRONG_KIND, ENCRYPTED, TOO_LARGE, UNSAFE, NOT_KNOWN, TOO_DEEP = 0, 3, 4, 5, 6, 7, 8, 9
MOST_TEXT = 6_000_000  # characters
Block = tuple[int | None, int, str]  # page, depth of a heading (0: none, -1: a page as it is laid out), text


class Refused(Exception):
    """The document is not read; `code` says why."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code
