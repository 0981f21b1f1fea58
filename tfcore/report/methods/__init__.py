"""The methods section that writes itself: text, a page to paste from, what to cite, and a checklist (``report``)."""

from __future__ import annotations

from html import escape
from pathlib import Path

from tfcore.errors import HeatlensError
from tfcore.files import make_folder, write_whole
from tfcore.marks import version
from tfcore.report.methods import citations
from tfcore.report.methods.checklists import CHECKLISTS, PLAIN
from tfcore.report.methods.known import known
from tfcore.report.methods.sentences import REMARKS, Said, sentences
from tfcore.training.report.style import STYLE

STYLES = (*CHECKLISTS, PLAIN)
FILES = ("methods.html", "methods.txt", "references.bib")
_OPEN = "for the authors to fill in"


def write_methods(folder: str | Path, out: str | Path, style: str = PLAIN, overwrite: bool = False) -> list[Path]:
    """From the files of a run or an evaluation, or a session; every number is theirs, and what they do not say is open.

    ``style``: ``claim`` or ``tripod-ai`` add that checklist to the page. The paths written come back.
    """
    if style not in STYLES:
        raise HeatlensError(f"--for {style} is not one of {', '.join(STYLES)}.")
    said = sentences(known(folder))
    cited = {each for _, _, entries in said for each in entries} | {citations.key(style)}
    made = {FILES[0]: _page(said, style), FILES[1]: _text(said), FILES[2]: _references(cited)}
    out = Path(out)
    make_folder(out)
    return [write_whole(out / name, content, overwrite) for name, content in made.items()]


def _text(said: list[Said]) -> str:
    parts = []
    for topic, some in _by_topic(said).items():
        told = " ".join(map(_cited, some))
        parts.append(f"[{topic.capitalize()}: {told}]" if topic == REMARKS else told)
    return "\n\n".join(parts) + "\n"


def _by_topic(said: list[Said]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = {}
    for each in said:
        found.setdefault(each[0], []).append(each)
    return found


def _cited(said: Said) -> str:
    """With whom it cites before its last full stop, but for those that it names itself."""
    _, sentence, entries = said
    cited = map(citations.named, dict.fromkeys(filter(None, entries)))
    names = "; ".join(name for name in cited if name not in sentence)
    return f"{sentence[:-1]} ({names})." if names else sentence


def _references(cited: set[str]) -> str:
    return f"% heatlens {version()}\n\n{citations.bibtex(cited)}"


def _page(said: list[Said], style: str) -> str:
    """HTML of headings, paragraphs and a plain table: what word processors take as it is."""
    topics = _by_topic(said)
    body = ["<h1>Methods</h1>"]
    for name, some in topics.items():
        body.append(f"<h2>{escape(name.capitalize())}</h2><p>{escape(' '.join(map(_cited, some)))}</p>")
    if style in CHECKLISTS:
        title, numbers, items = CHECKLISTS[style]
        rows = []
        for number, asks, answers in items:
            told = [_cited(each) for name in answers for each in topics.get(name, ())]
            cell = escape(" ".join(told)) if told else f"<em>{_OPEN}</em>"
            rows.append(f"<tr><td>{number}</td><td>{escape(asks)}</td><td>{cell}</td></tr>")
        heads = "<tr><th>item</th><th>asks for</th><th>answer</th></tr>"
        note = (
            f"Numbers are those of {numbers}; wording is ours. Items about what no file knows are left to the authors."
        )
        body.append(f"<h1>{escape(title)}</h1><p>{escape(note)}</p><table>{heads}{''.join(rows)}</table>")
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="generator" content="heatlens">'
        f"<title>Methods</title><style>{STYLE}</style></head>\n<body>{''.join(body)}</body></html>\n"
    )
