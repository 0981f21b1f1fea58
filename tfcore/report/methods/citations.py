"""Whom to cite for what was used: entries of resources/report/references.bib by methods, metrics and programs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import resources
from tfcore.errors import HeatlensError

_ENTRY = re.compile(r"@\w+\{(\w+),.*?^\}$", re.DOTALL | re.MULTILINE)
_AUTHORS, _YEAR = re.compile(r"author = \{(.*?)\}"), re.compile(r"year = \{(\d+)\}")
_OF = {
    "cam": "zhou2016",
    "grad-cam": "selvaraju2017",
    "guided-grad-cam": "selvaraju2017",
    "grad-cam++": "chattopadhay2018",
    "hires-cam": "draelos2020",
    "xgrad-cam": "fu2020",
    "layer-cam": "jiang2021",
    "score-cam": "wang2020",
    "ablation-cam": "desai2020",
    "eigen-cam": "muhammad2020",
    "relevance-cam": "lee2021",
    "xrelevance-cam": "you2022",
    "smooth-grad-cam++": "omeiza2019",
    "ss-cam": "naidu2020",
    "saliency": "simonyan2014",
    "gradient": "simonyan2014",
    "guided-backprop": "springenberg2015",
    "deconvnet": "zeiler2014",
    "occlusion": "zeiler2014",
    "smoothgrad": "smilkov2017",
    "integrated-gradients": "sundararajan2017",
    "deeplift": "shrikumar2017",
    "expected-gradients": "erion2021",
    "lrp-epsilon": "bach2015",
    "lrp-alphabeta": "bach2015",
    "lrp-gamma": "montavon2019",
    "lrp-composite": "kohlbrenner2020",
    "deep-taylor": "montavon2017",
    "clrp": "gu2018",
    "sglrp": "iwana2019",
    "rise": "petsiuk2018",
    "insertion": "petsiuk2018",
    "deletion": "petsiuk2018",
    "lime": "ribeiro2016",
    "kernel-shap": "lundberg2017",
    "prediction-difference": "zintgraf2017",
    "attention-rollout": "abnar2020",
    "gradient-rollout": "chefer2021",
    "attnlrp": "achtibat2024",
    "aopc": "samek2017",
    "average-drop": "chattopadhay2018",
    "increase": "chattopadhay2018",
    "energy-pointing": "wang2020",
    "pointing-game": "zhang2018",
    "sensitivity-axiom": "fu2020",
    "conservation-axiom": "fu2020",
    "sanity": "adebayo2018",
    "faithfulness-correlation": "bhatt2020",
    "complexity": "bhatt2020",
    "max-sensitivity": "yeh2019",
    "temperature": "guo2017",
    "sets": "angelopoulos2023",
    "reference": "lee2018",
    "tcav": "kim2018",
    "tensorflow": "abadi2016",
    "keras": "chollet2015",
    "claim": "tejani2024",
    "tripod-ai": "collins2024",
}


def key(name: str) -> str:
    """The entry to cite for a method, a metric or a program; nothing where none is known."""
    return _OF.get(name, "")


def cited(names: Iterable[str]) -> str:
    """The entries of these methods and metrics as BibTeX; a sentence where none is known."""
    names = list(names)
    if not any(map(key, names)):
        raise HeatlensError(f"No paper is known to cite for {', '.join(names)}; say how it was computed.")
    return bibtex(map(key, names))


def bibtex(keys: Iterable[str]) -> str:
    """The entries, each once, in the order of their keys."""
    return "\n\n".join(_entries()[each] for each in sorted(set(filter(None, keys)))) + "\n"


def named(each: str) -> str:
    """How a sentence names it: ``Selvaraju et al. 2017``."""
    entry = _entries()[each]
    (authors,), (year,) = _AUTHORS.findall(entry), _YEAR.findall(entry)
    first, *others = authors.split(" and ")
    return f"{first.partition(',')[0]}{' et al.' if others else ''} {year}"


@cache
def _entries() -> dict[str, str]:
    text = (resources.path("report") / "references.bib").read_text(encoding="utf-8")
    return {entry[1]: entry[0] for entry in _ENTRY.finditer(text)}
