"""Write texts/heatlens.ts: every text of the window for Qt Linguist, and with a language its file too.

python -m resources.make_texts [LANGUAGE]

What stands in a language's file already is kept; what Qt reads (.qm) is made of it beside.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as Xml

import resources
from tfcore.registry import Param

HERE, ROOT = resources.path("texts"), resources.HERE.parent
# Calls that show a text which is also a name of the program, by the places of those arguments.
NAMES = {
    "Command": (0, 1),
    "menus.Command": (0, 1),
    "menus.menu": (0,),
    "docks.add": (0,),
    "docks.add_tab": (0,),
    "docks.add_drawer": (0,),
}
# Tables of the window whose keys are such names.
TABLES = ("MODES_HELP", "AGAINST", "ACROSS", "_PLANES", "CONVENTIONS_HELP", "HELP", "_CHOICES", "CHOICES")
# In ``counted`` the number stands for itself, so that a language can put it where it likes.
NUMBER = "%n "
TEXTS = {"tr": (0,), "counted": (1,), "Param": (0, 3), **NAMES}


def main(language: str = "") -> None:
    """The file of the sources, and where a language is named its own, with what it holds already."""
    HERE.mkdir(exist_ok=True)
    write(HERE / "heatlens.ts")
    if language:
        own = HERE / f"heatlens_{language}.ts"
        write(own, language, held(own) if own.exists() else {})
        release(own)


@cache
def texts() -> dict[str, set[str]]:
    """Every text with the files it stands in."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "gui").rglob("*.py")):
        for text in of_code(path.read_text(encoding="utf-8")):
            found.setdefault(text, set()).add(path.relative_to(ROOT).as_posix())
    for text in of_catalogue():
        found.setdefault(text, set()).add("tfcore/registry")
    return dict(sorted(found.items()))


def of_code(code: str) -> Iterator[str]:
    """What stands in ``tr`` and ``counted``, and the names of commands, menus, docks and settings."""
    nodes = list(ast.walk(ast.parse(code)))
    known = {name: value for node in nodes for name, value in named(node)}
    for name in TABLES:
        if isinstance(table := known.get(name), ast.Dict):
            yield from (key.value for key in table.keys if isinstance(key, ast.Constant))
    for call in (node for node in nodes if isinstance(node, ast.Call)):
        called = called_as(call.func)
        for place in TEXTS.get(called, ()):
            given: object = call.args[place] if place < len(call.args) else None
            if isinstance(given, ast.Name):
                given = known.get(given.id)
            text = given.value if isinstance(given, ast.Constant) else None
            if isinstance(text, str) and text.strip("- "):
                yield from as_shown(called, text)


def called_as(function: ast.expr) -> str:
    """The function by its name, of what belongs to menus and docks with theirs: ``docks.add``."""
    if not isinstance(function, ast.Attribute):
        return function.id if isinstance(function, ast.Name) else ""
    owner = function.value
    whose = owner.attr if isinstance(owner, ast.Attribute) else owner.id if isinstance(owner, ast.Name) else ""
    return f"{whose}.{function.attr}" if whose in ("docks", "menus") else function.attr


def as_shown(called: str, text: str) -> Iterator[str]:
    """What the window makes of it."""
    if called == "counted":
        yield NUMBER + text
    elif called == "Param":
        yield from filter(None, (text.replace("_", " "), Param("", "text", None, text).blank))
    else:
        yield from text.split(" ▸ ") if called in NAMES else [text]


def named(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Names, and what they stand for."""
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
        yield node.target.id, node.value
    elif isinstance(node, ast.Assign):
        target, value = node.targets[0], node.value
        pairs = [(target, value)]
        if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
            pairs = list(zip(target.elts, value.elts, strict=True))
        yield from ((one.id, other) for one, other in pairs if isinstance(one, ast.Name))


def of_catalogue() -> Iterator[str]:
    """What the window says of methods, metrics, networks, recipes, figures, and of the settings of all of them."""
    from tfcore.figure import composition, dicom_kinds, display, panel, titles
    from tfcore.registry import PLACES, catalogue, maximising
    from tfcore.review.study import QUESTIONS

    for table in (display.NORMALISE_HELP, dicom_kinds.KINDS, composition.PRESETS, QUESTIONS):
        yield from (*table, *(each for each in table.values() if isinstance(each, str)))
    yield from ("classification", "segmentation")
    yield from (*titles.FIELDS.values(), *maximising.FIGURES.values(), *panel.LAYOUTS, *composition.SHOWS)
    for names in (composition.LETTERS, composition.BARS, composition.SCALES, composition.HEATS, composition.PAPERS):
        yield from (name for name in names if name.isalpha() and len(name) > 1)
    params = [*display.SETTINGS.values(), *maximising.PARAMS, dicom_kinds.MASK_AT]
    for spec in (spec for kind in PLACES for spec in catalogue(kind)):
        yield from filter(None, (spec.family, spec.summary, spec.note, spec.terms))
        params += spec.params
    for param in params:
        choices = () if param.open else param.choices
        yield from filter(None, (param.name.replace("_", " "), param.help, param.unit, param.blank, *choices))


def write(path: Path, language: str = "", said: dict[str, list[str]] | None = None) -> None:
    """A file of Qt's; ``said`` holds what is translated already, in as many forms as there are."""
    root = Xml.Element("TS", version="2.1", sourcelanguage="en", **({"language": language} if language else {}))
    context = Xml.SubElement(root, "context")
    Xml.SubElement(context, "name").text = "Heatlens"
    for text, files in texts().items():
        message = Xml.SubElement(context, "message", {"numerus": "yes"} if text.startswith(NUMBER) else {})
        for file in sorted(files):
            Xml.SubElement(message, "location", filename=f"../../{file}")
        Xml.SubElement(message, "source").text = text
        forms = (said or {}).get(text, [])
        translation = Xml.SubElement(message, "translation", {} if any(forms) else {"type": "unfinished"})
        if text.startswith(NUMBER):
            for form in forms or ["", ""]:
                Xml.SubElement(translation, "numerusform").text = form
        else:
            translation.text = "".join(forms)
    Xml.indent(root, space="")
    whole = Xml.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{whole}\n', encoding="utf-8")


def held(path: Path) -> dict[str, list[str]]:
    """What is translated in a file."""
    found: dict[str, list[str]] = {}
    for message in Xml.parse(path).iter("message"):
        forms = message.findall("translation/numerusform") or message.findall("translation")
        found[message.findtext("source", "")] = [form.text or "" for form in forms]
    return found


def release(path: Path) -> Path:
    """What Qt reads, beside it."""
    made = path.with_suffix(".qm")
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    subprocess.run([tool, "-silent", path, "-qm", made], check=True)
    return made


if __name__ == "__main__":
    main(*sys.argv[1:])
