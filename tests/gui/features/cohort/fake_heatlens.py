"""A command line that does nothing: its parts are numbers in a file, one more whenever somebody looks."""

import json
import sys
import time
from pathlib import Path

_, *line = sys.argv
OUT = Path(line[line.index("--out") + 1] if "--out" in line else line[2])
STATE, STOP = OUT / "state.json", OUT / "stop"


def note(done: int, held: bool) -> None:
    """Put down how far it is, whole or not at all."""
    each = {"parts": done // 2, "pictures": 32 * done, "seconds": 1.0 * done}
    told = {
        "folder": str(OUT),
        "command": "predict",
        "workers": "2 processes",
        "holder": "a run" if held else None,
        "parts": 4,
        "done": done,
        "of": "picture",
        "pictures": 256,
        "pictures_done": 64 * done,
        "failed": [],
        "seconds": 2.0 * done,
        "by_worker": [{"number": number, "at": f"/x/{number}.png", **each} for number in (1, 2)],
        "line": line,
        "given_in": "/",
    }
    OUT.mkdir(parents=True, exist_ok=True)
    new = OUT / "new"
    new.write_text(json.dumps(told))
    new.replace(STATE)


if line[:2] == ["cohort", "stop"]:
    STOP.touch()
elif line[0] == "cohort":
    while True:
        print(STATE.read_text() if STATE.exists() else json.dumps({"error": f"{OUT} has no parts"}), flush=True)
        time.sleep(0.05)
elif "--plan" in line:
    print(json.dumps({"pictures": 256, "parts": 4, "done": 0, "each": 0.5, "workers": "2 processes", "seconds": 64.0}))
elif "missing" in line[1]:
    sys.exit("heatlens: missing: no such folder; name another.")
else:
    STOP.unlink(missing_ok=True)
    done = json.loads(STATE.read_text())["done"] if STATE.exists() else 1
    while done < 4 and not STOP.exists():
        note(done, True)
        time.sleep(0.1)
        # Stands still until it may go on.
        done += (OUT / "go").exists()
    note(done, False)
    sys.exit(130 if done < 4 else 0)
