"""Names and numbers in sentences: what cannot be printed is spelt out, what is long is cut, of many some are named."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

# Names that a sentence holds before it only counts the rest.
MOST = 10


def shown(text: object, most: int = 100) -> str:
    """A name that fits on a line, whatever it holds.

    >>> shown("a\\0b"), len(shown("a" * 5000))
    ('a\\\\x00b', 100)
    """
    whole = str(text)
    visible = _visible(whole[: 2 * most])
    if max(len(visible), len(whole)) <= most:
        return visible
    return f"{visible[: most // 2]}…{_visible(whole[-most:])[-((most - 1) // 2) :]}"


def _visible(text: str) -> str:
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in text)


def listed(names: Sequence[object], most: int = MOST) -> str:
    """The first names, and how many more there are.

    >>> listed(["a", "b", "c"], 2)
    'a, b and 1 more'
    """
    text = ", ".join(map(shown, names[:most]))
    return text if len(names) <= most else f"{text} and {len(names) - most} more"


def model_name(source: str) -> str:
    """A model by its file, without folders and ending; where that is only called model, as in every run, by its folder.

    >>> model_name("runs/first/model.keras"), model_name("nets/unet.h5"), model_name("demo")
    ('first', 'unet', 'demo')
    """
    return _way(source)[-1]


def model_names(sources: Iterable[str]) -> dict[str, str]:
    """Models by name, those of one name with as many folders as tell them apart.

    >>> model_names(["a/net.keras", "b/net.keras", "demo"])
    {'a/net.keras': 'a/net', 'b/net.keras': 'b/net', 'demo': 'demo'}
    """
    return apart({source: _way(source) for source in sources})


def apart(ways: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Of each way the last part, with as many of those before it as tell it from the others.

    >>> apart({"1": ("x", "a", "net"), "2": ("x", "b", "net"), "3": ("x", "unet")})
    {'1': 'a/net', '2': 'b/net', '3': 'unet'}
    """
    found = {}
    for name, own in ways.items():
        others, count = [way for way in ways.values() if way != own], 1
        while count < len(own) and any(way[-count:] == own[-count:] for way in others):
            count += 1
        found[name] = "/".join(own[-count:])
    return found


def _way(source: str) -> tuple[str, ...]:
    """Folders and name of a model."""
    path = Path(source)
    above = path.parent.parts
    return above if path.stem == "model" and path.parent.name else (*above, path.stem)


def counted(count: int, one: str, many: str = "") -> str:
    """So many of a thing.

    >>> counted(1, "picture"), counted(1200, "picture"), counted(2, "copy", "copies")
    ('1 picture', '1,200 pictures', '2 copies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def probability(value: float, digits: int = 2) -> str:
    """So many digits, never rounded to a certainty that is not there.

    >>> probability(0.972), probability(0.9998), probability(1.0), probability(0.0002, 3)
    ('0.97', '>.99', '1.00', '<.001')
    """
    step = 10**-digits
    if 0 < value < step / 2:
        return f"<{step:.{digits}f}".replace("0.", ".", 1)
    if 1 - step / 2 <= value < 1:
        return f">{1 - step:.{digits}f}".replace("0.", ".", 1)
    return f"{value:.{digits}f}"


def percent(share: float) -> str:
    """A share in two digits, never as a power of ten.

    >>> percent(0.034), percent(1), percent(12.4)
    ('3.4 %', '100 %', '1200 %')
    """
    return f"{float(f'{100 * share:.2g}'):.10g} %"


def clock(seconds: float) -> str:
    """Minutes and seconds, hours where there are any.

    >>> clock(7), clock(3725)
    ('0:07', '1:02:05')
    """
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def nearest(name: str, names: Iterable[str], most: int = 12) -> str:
    """How a sentence about a mistyped name ends: 'did you mean …?', or the list of names."""
    from difflib import get_close_matches

    names = list(names)
    if close := get_close_matches(name, names, n=3):
        return f"did you mean {' or '.join(close)}?"
    return f"there are {', '.join(names[:most])}{' …' if len(names) > most else ''}." if names else "there are none."


def plain(text: str) -> str:
    """A name without what the eye passes over: case, spaces around it, invisible signs, ways of writing an accent.

    >>> plain(" Glioma ") == plain("glioma"), plain("Öde\\u0301m") == plain("o\\u0308dém")
    (True, True)
    """
    if text.isascii():
        return " ".join(text.lower().split())
    folded = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return " ".join("".join(sign for sign in folded if unicodedata.category(sign) != "Cf").split())


def matched(labels: Sequence[str], classes: Sequence[str], stated: Mapping[str, str]) -> dict[str, str]:
    """The class that each label means: as stated, of the same name, or the only one spelt alike.

    >>> matched(["No tumour", "glioma"], ["glioma", "no_tumour"], {})
    {'No tumour': 'no_tumour', 'glioma': 'glioma'}
    >>> matched(["No tumor", "Hemorrhage"], ["no_tumour", "haemorrhage"], {})
    {'No tumor': 'no_tumour', 'Hemorrhage': 'haemorrhage'}
    """
    # What is stated of another model's classes says nothing of this one's.
    said = {label: class_ for label, class_ in stated.items() if class_ in classes or not class_}
    found = {label: said.get(label, label) for label in labels if said.get(label, label) in classes}
    free = [name for name in classes if name not in found.values()]
    for spelt in (plain, _letters, _american):
        alike = Counter(map(spelt, free))
        for label in labels:
            if label not in found and label not in said and alike[spelt(label)] == 1:
                found[label] = next(name for name in free if spelt(name) == spelt(label))
    return {label: found[label] for label in labels if label in found}


def stated_for(model: str, stated: Mapping[str, str]) -> dict[str, str]:
    """What is stated of labels for one of several models: what is stated of all, unless ``MODEL:LABEL`` is.

    >>> stated_for("mine", {"yes": "tumour", "mine:yes": "glioma"})["yes"]
    'glioma'
    """
    own = f"{model}:"
    return {**stated, **{said.removeprefix(own): class_ for said, class_ in stated.items() if said.startswith(own)}}


def _letters(text: str) -> str:
    return "".join(sign for sign in plain(text) if sign.isalnum())


def _american(text: str) -> str:
    """Letters that are the same for a British and an American spelling, however odd the word looks."""
    text = _letters(text)
    for british, american in (("grey", "gray"), ("our", "or"), ("ae", "e"), ("oe", "e"), ("re", "er")):
        text = text.replace(british, american)
    return text
