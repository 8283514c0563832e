"""What a reader finds in the files: the text of a PDF as its tags and its fonts tell it, and every part of a Word file."""

import io
import re
import unicodedata
import zipfile

import docx
from pypdf import PdfReader
from pypdf.generic import ContentStream


def bare(text):
    """Text without white space: where lines are broken is the layout's business."""
    return "".join(text.split())


def pdf_text(content):
    """The text of a PDF in its order, without what stands on every page.

    Signs made of several glyphs are read from their ActualText, which pypdf passes over (ISO 32000-1, 14.9.4).
    """
    reader = PdfReader(io.BytesIO(content))
    return "\n".join("".join(_of_page(page, reader)) for page in reader.pages)


def _of_page(page, reader):
    fonts = {name: _letters(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}
    marks, font, run = [], {}, []
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            said = operands[1].get("/ActualText") if len(operands) > 1 and hasattr(operands[1], "get") else None
            marks.append((operands[0], said))
            if said is not None and not _is_apart(marks):
                run.append(str(said))
        elif operator == b"EMC":
            marks.pop()
        elif operator == b"Tf":
            font = fonts[operands[0]]
        elif operator in (b"Tj", b"TJ") and not _is_apart(marks) and all(said is None for _, said in marks):
            parts = operands[0] if operator == b"TJ" else operands
            run += [letter for part in parts if hasattr(part, "original_bytes") for letter in _read(part, font)]
        elif operator == b"ET":
            yield "".join(reversed(run) if _is_from_the_right(run) else run)
            run = []


def _is_apart(marks):
    return any(tag == "/Artifact" for tag, _ in marks)


def _read(part, font):
    codes = part.original_bytes
    return [font[codes[place : place + 2]] for place in range(0, len(codes), 2)]


def _is_from_the_right(run):
    kinds = [unicodedata.bidirectional(letter) for letter in "".join(run)]
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def _letters(font):
    """Code -> text, by the font's own table."""
    table = font["/ToUnicode"].get_object().get_data().decode("latin-1")
    found = {}
    for kind, entries in re.findall(r"beginbf(char|range)(.*?)endbf", table, re.DOTALL):
        told = [bytes.fromhex(each) for each in re.findall(r"<([0-9a-fA-F]*)>", entries)]
        if kind == "char":
            found |= {code: text.decode("utf-16-be") for code, text in zip(told[::2], told[1::2], strict=True)}
        else:
            for first, last, text in zip(told[::3], told[1::3], told[2::3], strict=True):
                begun, start = text.decode("utf-16-be"), int.from_bytes(first)
                for code in range(start, int.from_bytes(last) + 1):
                    found[code.to_bytes(2)] = begun[:-1] + chr(ord(begun[-1]) + code - start)
    return found


def tags(content):
    """The kinds of the tags of a PDF, in their order."""
    root = PdfReader(io.BytesIO(content)).trailer["/Root"]["/StructTreeRoot"]
    return list(_below(root.get("/K")))


def _below(node):
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for each in node:
            yield from _below(each)
    elif hasattr(node, "get"):
        if "/S" in node:
            yield str(node["/S"])
        if "/K" in node:
            yield from _below(node["/K"])


def word_text(content):
    """The paragraphs of a Word file, a line each, without what stands on every page."""
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)


def word_parts(content):
    """Every part of a Word file, by its name."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
