"""Started by `./lodestar`, by path: the folder above becomes the one where the package is found."""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parents[1])
sys.dont_write_bytecode = True  # a clone may be run by root first and by somebody else later

from launcher.commands import main  # the path is set just above

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
