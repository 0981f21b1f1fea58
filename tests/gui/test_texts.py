"""Every text of the window can be put into another language."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import resources
from resources import make_texts
from tests.gui.every_text import CLASSES
from tests.gui.panels.samples import INFO
from tfcore.figure.display import COLOURS
from tfcore.registry import PLACES, catalogue

ROOT = Path(__file__).parents[2]
# What is called so in records, on command lines and by whoever made it, whoever reads the window: methods, metrics,
# networks, recipes and colours; files, layers and classes; fields of titles, keys, and numbers with their units.
NAMES = {
    *(spec.name for kind in PLACES for spec in catalogue(kind)),
    *("demo", "imagenet", "entropy", "mutual information", "variance", "z-score", "none", "Heatlens"),
    *("audit", "dissect", "evaluate", "explain", "predict", "train", "triage", "uncertainty"),
    *(*COLOURS, *CLASSES, INFO.name, "Conv2D", "ReLU"),
    *("Ctrl", "Shift", "Alt", "Return", "mm", "pt", "px", "dpi", "HU", "MB", "ms", "left out"),
}
KINDS = [r"\S+\.(?:png|keras)", r"net/\w+", r"stage\d", r"[0-9a-f]{12}"]
KINDS += map(re.escape, sorted(NAMES, key=len, reverse=True))
DATA = re.compile(rf"(?<![\w-])(?:{'|'.join(KINDS)})(?![\w-])|\{{\w+\}}")
SENTENCE = re.compile(r"[^\[]*?([^\W\d_]{2,},? ){3}[^\W\d_]{2,}")
# Qt has texts of its own, in the languages that it has.
OF_QT = {"OK", "Save", "Cancel", "Close", "Float", "Closes the dock widget", "Undocks and re-attaches the dock widget"}
OF_QT |= {"Scroll Left", "Scroll Right"}


def test_the_file_for_translators_is_what_the_sources_say(tmp_path: Path) -> None:
    make_texts.write(tmp_path / "heatlens.ts")
    now = resources.path("texts/heatlens.ts").read_text(encoding="utf-8")
    assert now == (tmp_path / "heatlens.ts").read_text(encoding="utf-8"), "make texts"


def test_in_a_made_up_language_nothing_is_left_of_this_one(tmp_path: Path) -> None:
    every = make_texts.texts()
    made_up = {text: [f"⟦{text}⟧"] * (1 + text.startswith(make_texts.NUMBER)) for text in every}
    make_texts.write(tmp_path / "heatlens_eo.ts", "eo", made_up)
    language = make_texts.release(tmp_path / "heatlens_eo.ts")
    pictures = sorted(resources.path("demo").glob("*.png"))[:2]
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.every_text", *pictures],
        env={**os.environ, "HEATLENS_LANGUAGE": str(language), "HEATLENS_HOME": str(tmp_path)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    assert [text for text in json.loads(done.stdout) if text not in OF_QT and untranslated(text)] == []


def test_a_language_has_its_own_order_of_words_and_its_plurals(tmp_path: Path) -> None:
    said = {
        "{done} of {total} slices …": ["Von {total} Schichten {done} …"],
        "Exported to {path}": ["Nach {nowhere}"],
        "%n picture": ["%n Bild", "%n Bilder"],
    }
    make_texts.write(tmp_path / "heatlens_de.ts", "de", said)
    assert {text: forms for text, forms in make_texts.held(tmp_path / "heatlens_de.ts").items() if any(forms)} == said
    code = (
        "from gui.texts import counted, missing, tr\n"
        "print(tr('{done} of {total} slices …', done=3, total=9), counted(1, 'picture'), counted(1200, 'picture'),\n"
        "      tr('Exported to {path}', path='here'), tr('Jobs'), missing(), sep='|')\n"
    )
    language = str(make_texts.release(tmp_path / "heatlens_de.ts"))
    told = {of: printed(code, HEATLENS_LANGUAGE=of) for of in (language, "xx", "en")}
    assert told[language] == "Von 9 Schichten 3 …|1 Bild|1,200 Bilder|Exported to here|Jobs|\n"
    assert told["en"] == "3 of 9 slices …|1 picture|1,200 pictures|Exported to here|Jobs|\n"
    assert "no texts for the language 'xx'" in told["xx"]


def printed(code: str, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **environment}, cwd=ROOT, capture_output=True, text=True
    )
    assert not done.returncode, done.stderr
    return done.stdout


def test_no_sentence_of_the_window_is_forgotten() -> None:
    for path in sorted((ROOT / "gui").rglob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        spoken = {each for node in nodes for part in said_elsewhere(node) for each in ast.walk(part)}
        texts = (node.value for node in nodes if isinstance(node, ast.Constant) and node not in spoken)
        left = [text for text in texts if isinstance(text, str) and SENTENCE.match(text)]
        # Of the language that is not there nothing can be said in it.
        assert left == [] or path.name == "texts.py", path


def said_elsewhere(node: ast.AST) -> Iterable[ast.AST]:
    """What is gathered, documents code, or tells a programmer of a fault."""
    if isinstance(node, ast.Call):
        called = make_texts.called_as(node.func)
        places = make_texts.TEXTS.get(called, ()) if called in make_texts.NAMES else None
        gathered = [node.args[place] for place in places or () if place < len(node.args)]
        return gathered if places is not None or called not in make_texts.TEXTS else [node]
    fault = isinstance(node, ast.Raise) and "ValueError" in ast.unparse(node)
    return [node] if fault or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)) else []


def untranslated(text: str) -> list[str]:
    """The words that stand outside all brackets and are no data."""
    while (less := re.sub(r"⟦[^⟦⟧]*⟧", " ", text)) != text:
        text = less
    return re.findall(r"[^\W\d_]{2,}", DATA.sub(" ", text))
