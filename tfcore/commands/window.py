"""``heatlens [window] [IMAGE|FOLDER …]``: the flags the window is opened with. The window itself lives in ``gui``."""

from __future__ import annotations

from typing import Any


def add(commands: Any) -> None:
    parser = commands.add_parser("window", help="open the window (what happens without a command)")
    parser.add_argument(
        "pictures",
        nargs="*",
        metavar="IMAGE|FOLDER",
        help="pictures to open, also a model or a table of labels, told by its content; none: the demo",
    )
    parser.add_argument("--model", help="demo, zoo:NAME or a model file")
    parser.add_argument("--method", help="explanation method (see 'heatlens methods')")
    parser.add_argument("--layer", help="layer path or stage name")
    parser.add_argument("--device", help="cpu, gpu:0 …")
    parser.add_argument(
        "--screenshot", metavar="FILE", help="save a PNG of the window when nothing runs any more, and leave"
    )
    parser.add_argument("--overwrite", action="store_true", help="let --screenshot replace what Heatlens did not write")
    parser.add_argument("--scheme", choices=("system", "light", "dark"), default="system", help="colours of the window")
