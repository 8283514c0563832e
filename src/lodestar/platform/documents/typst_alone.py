"""Sets one document in a process of its own, from standard input to standard output, and ends with one of these codes.

The text comes as data beside the template: nothing of it is ever read as typst's own language. The process may take so
many seconds of a processor and so much memory, writes no file, and is given no folder to read but the template's.
"""

import json
import os
import re
import resource
import sys

import typst

MADE, NO_GLYPH, REFUSED = 0, 3, 4
MEMORY = 2_000_000_000  # bytes of address space, of which a long pack fills a tenth
_SAYS = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ERROR = re.compile(r"^error: (.*)$", re.MULTILINE)
_QUOTED = re.compile(r"`[^`]*`|\"[^\"]*\"")
_ESCAPED = re.compile(r"\\(?:u\{([0-9a-f]+)\}|(.))", re.DOTALL)


def made(template: str, document: str, fonts: list[str]) -> bytes:
    """The PDF. Raises TypstError, or whatever else typst ends with."""
    faces = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=fonts)
    compiler = typst.Compiler(
        template.encode(), root=os.getcwd(), font_paths=faces, sys_inputs={"document": document},
        package_path=os.devnull, package_cache_path=os.devnull,
    )  # fmt: skip
    pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"])
    if not isinstance(pdf, bytes):
        raise TypeError("typst gave no single file")
    return pdf


def without_glyph(diagnostic: str) -> str:
    """The characters that could not be displayed, out of what typst says."""
    reported = "".join(_SAYS.findall(diagnostic))
    return "".join(sorted(set(_ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], reported))))


def structure_errors(diagnostic: str) -> str:
    """Return typst's errors without anything that it quotes, which may be content of the document."""
    return "; ".join(_QUOTED.sub("[...]", error) for error in _ERROR.findall(diagnostic))


def main(seconds: int) -> int:
    """From standard input to standard output."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)  # pages come first
    request = json.load(sys.stdin)
    try:
        sys.stdout.buffer.write(made(**request))
    except typst.TypstError as error:
        missing = without_glyph(error.diagnostic)
        json.dump(missing or structure_errors(error.diagnostic), sys.stdout)
        return NO_GLYPH if missing else REFUSED
    return MADE


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
