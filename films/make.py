"""Make the project's own films anew: slides with words, captions, and a film of them without sound.

    apt-get install ffmpeg fonts-dejavu-core
    .venv/3.11/bin/python films/make.py

What a film shows and says stands in src/lodestar/knowledge/library/reference/films/NAME.toml. Beside it are put NAME.webm
(VP8) and NAME.vtt. Both are kept in the repository, so that nobody needs ffmpeg to run Lodestar; they are made again when
the words change. Nothing says who made them or when.

films/the-path.toml is the film of Lodestar's own pages. It is made where PICTURES names the folder in which their tests
left pictures of them:

    PICTURES=../pages ./lodestar test tests/journeys/test_record_concern.py tests/journeys/test_do_now.py \\
        tests/journeys/test_whole_by_law.py
    PICTURES=../pages .venv/3.11/bin/python films/make.py
"""

import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parent
FILMS = HERE.parent / "src/lodestar/knowledge/library/reference/films"
FONTS = Path("/usr/share/fonts/truetype/dejavu")
WIDE, HIGH = 640, 360
TELEPHONE = 320, 600  # pixels of a page beside the words
NIGHT, INK, STAR = (19, 33, 60), (255, 255, 255), (255, 211, 77)
LARGEST = 1_000_000  # bytes of a film in the repository
EACH_SECOND = 5  # frames: a slide does not move


def main() -> int:
    """Make every film. Returns the exit code; says one line whatever happens."""
    if shutil.which("ffmpeg") is None or not FONTS.is_dir():
        print("The films cannot be made: apt-get install ffmpeg fonts-dejavu-core", file=sys.stderr)
        return 1
    of_pages = [HERE / "the-path.toml"] if os.environ.get("PICTURES") else []
    for path in (*sorted(FILMS.glob("*.toml")), *of_pages):
        slides = tomllib.loads(path.read_text(encoding="utf-8"))["slide"]
        path.with_suffix(".vtt").write_text(captions(slides), encoding="utf-8")
        size = film(slides, path.with_suffix(".webm"))
        print(f"{path.stem}: {sum(one['seconds'] for one in slides)} seconds, {size:,} bytes")
        if size > LARGEST:
            return 1
    return 0


def captions(slides: list[dict]) -> str:
    """What is said, as WebVTT: one cue for each slide."""
    parts, at = ["WEBVTT"], 0
    for one in slides:
        parts.append(f"{clock(at)} --> {clock(at + one['seconds'])}\n{one['says']}")
        at += one["seconds"]
    return "\n\n".join(parts) + "\n"


def clock(seconds: int) -> str:
    return f"{seconds // 60:02}:{seconds % 60:02}.000"


def film(slides: list[dict], into: Path) -> int:
    """Write the film and return its size in bytes."""
    with tempfile.TemporaryDirectory() as folder:
        lines = []
        for number, one in enumerate(slides):
            picture = Path(folder) / f"{number}.png"
            drawn(one["heading"], one["lines"], page(one)).save(picture)
            lines += [f"file '{picture}'", f"duration {one['seconds']}"]
        listed = Path(folder) / "list.txt"
        listed.write_text("\n".join([*lines, lines[-2]]) + "\n")
        subprocess.run(
            [
                *("ffmpeg", "-v", "error", "-y", "-f", "concat", "-safe", "0", "-i", str(listed), "-r", str(EACH_SECOND)),
                *("-c:v", "libvpx", "-crf", "20", "-b:v", "200k", "-pix_fmt", "yuv420p", "-an", "-g", str(EACH_SECOND * 12)),
                *("-t", str(sum(one["seconds"] for one in slides))),
                *("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", str(into)),
            ],
            check=True,
        )
    return into.stat().st_size


def page(slide: dict) -> Image.Image | None:
    """What a telephone's window shows of the page of the slide; None for a slide of words alone."""
    if "picture" not in slide:
        return None
    wide, high = TELEPHONE
    window = Image.new("RGB", TELEPHONE, INK)
    with Image.open(Path(os.environ["PICTURES"]) / f"{slide['picture']}.png") as whole:
        window.paste(whole.crop((0, slide["from"], wide, min(whole.height, slide["from"] + high))))
    return window


def drawn(heading: str, lines: list[str], beside: Image.Image | None = None) -> Image.Image:
    """One slide: the heading, and below it a few large words; to the right of them a page, where there is one."""
    size = (WIDE + TELEPHONE[0], TELEPHONE[1] + 40) if beside else (WIDE, HIGH)
    picture = Image.new("RGB", size, NIGHT)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 12, size[1]), fill=STAR)
    draw.text((48, 56), heading, font=font("DejaVuSans-Bold.ttf", 38, heading), fill=STAR)
    for number, line in enumerate(lines):
        draw.text((48, 140 + 54 * number), line, font=font("DejaVuSans.ttf", 34, line), fill=INK)
    if beside:
        picture.paste(beside, (WIDE - 20, 20))
    return picture


def font(name: str, size: int, words: str) -> ImageFont.FreeTypeFont:
    """The font as large as the words have room for."""
    while True:
        made = ImageFont.truetype(str(FONTS / name), size)
        if made.getlength(words) <= WIDE - 96:
            return made
        size -= 1


if __name__ == "__main__":
    sys.exit(main())
