"""What people type, made fit to keep: any script and any sign of it, without what is no writing and could do harm."""

import unicodedata

# Marks that turn the direction of all that follows. Names need none: letters carry their own direction.
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Signs that nobody sees and no script needs: they would make two of one name.
_UNSEEN = dict.fromkeys([0xAD, 0x200B, 0x2060, 0xFEFF])
_LINES = {ord("\r"): "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n", ord("\v"): "\n", ord("\f"): "\n"}
BLANK_LINES = 2  # kept between two paragraphs; more say nothing


def one_line(text: str) -> str:
    """The text on one line: white space is a space, and control characters, marks that turn the direction and signs that nobody
    sees are gone.

    Joiners and accents stay: Persian, Sinhala and emoji are spelt with them.
    """
    line = " ".join(several_lines(text).translate(_UNSEEN).split())
    return line if line.isascii() or any(unicodedata.category(letter) != "Cf" for letter in line) else ""


def several_lines(text: str) -> str:
    """The text with its lines and without control characters, marks that turn the direction, and white space around."""
    lines = text.replace("\r\n", "\n").translate(_LINES).translate(_TURNS).split("\n")
    clean_lines = ["".join(filter(_is_writing, line.replace("\t", " "))).rstrip() for line in lines]
    output_lines: list[str] = []
    for line in clean_lines:
        if line or output_lines[-BLANK_LINES:] != [""] * BLANK_LINES:
            output_lines.append(line)
    return "\n".join(output_lines).strip()


def _is_writing(character: str) -> bool:
    return unicodedata.category(character) not in ("Cc", "Cs")  # letters newer than this Python stay


def whole_number(written: str) -> int:
    """A number from 0 to 999999 as an address gives it; 0 for anything else."""
    return int(written) if written.isdecimal() and len(written) < 7 and written.isascii() else 0
