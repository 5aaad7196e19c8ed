"""`python -m fnn_helpers.feedback grade notebook.ipynb`: a notebook's checks as JSON."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from .grade import LIMIT, grade


def main(arguments: Sequence[str] | None = None) -> int:
    """Grade a notebook; 0 if it ran, whatever its checks say, 1 if it cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m fnn_helpers.feedback", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    grading = commands.add_parser("grade", help="run a notebook and print its checks as JSON")
    grading.add_argument("notebook", type=Path)
    grading.add_argument("--json", type=Path, metavar="OUT", help="write them to a file instead")
    grading.add_argument(
        "--timeout", type=float, default=LIMIT, metavar="S", help="seconds for a cell"
    )
    given = parser.parse_args(arguments)
    try:
        report = grade(given.notebook, given.timeout)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    text = json.dumps(report, indent=1)
    if given.json is None:
        print(text)
    else:
        given.json.write_text(text + "\n", encoding="utf-8")
        print(f"{report['solved']} of {report['total']} solved")
    return 0


if __name__ == "__main__":
    sys.exit(main())
