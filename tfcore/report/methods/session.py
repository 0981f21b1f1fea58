"""What a session says: which pictures, which network and method, and how the pictures were judged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import resources
from tfcore.data.open import open_data
from tfcore.models.card import Card
from tfcore.report.methods import citations
from tfcore.report.methods.words import Said, and_, options, preprocessed
from tfcore.review.file import read
from tfcore.review.session import Session
from tfcore.words import counted


@dataclass(frozen=True)
class Worked:
    """A session, how many pictures it lists, how many of these have each label, and the card of its network."""

    session: Session
    pictures: int
    labels: dict[str, int]
    card: Card | None


def worked(path: Path) -> Worked:
    """From its file; the pictures that it lists are counted where they lie."""
    session, data = read(path), open_data(path)
    source = session.model
    model = Path(source) if Path(source).exists() else resources.path(f"{source}.keras")
    card = Card.load(model) if model.exists() else None
    return Worked(session, len(data), dict(Counter(one.label for one in data if one.label is not None)), card)


def of_session(known: Worked) -> Iterator[Said]:
    """(topic, sentence, entries cited)."""
    session, card = known.session, known.card
    yield "data", f"{counted(known.pictures, 'picture')} were looked at.", ()
    if known.labels:
        parts = and_([f"{count} {name}" for name, count in sorted(known.labels.items())])
        yield "data", f"Their labels were {parts}.", ()
    name = Path(session.model).stem if session.model else ""
    if card is not None and name:
        hashed = f" (SHA-256 {card.sha256})" if card.sha256 else ""
        yield "model", f"The network {name}{hashed} was asked, which tells {and_(card.classes)}.", ()
        yield "preprocessing", preprocessed(card.as_dict()), ()
    elif name:
        yield "model", f"The network {name} was asked.", ()
    if method := session.request.get("method"):
        layer = session.request.get("layer")
        settings = options(session.request.get("params", {}))
        said = f"Heatmaps were made by {method}{f' at {layer}' if layer else ''}{settings}."
        yield "explanation", said, (citations.key(method),)
    yield from _judged(session)


def _judged(session: Session) -> Iterator[Said]:
    judged = [each for each in session.judgments.values() if each]
    if not judged:
        return
    counts = {
        "starred": sum(each.star for each in judged),
        "rated": sum(each.rating > 0 for each in judged),
        "tagged": sum(bool(each.tags) for each in judged),
        "noted on": sum(bool(each.note) for each in judged),
    }
    parts = [f"{count} {what}" for what, count in counts.items() if count]
    yield "review", f"{counted(len(judged), 'picture')} were judged by eye: {and_(parts)}.", ()
    if rated := Counter(each.rating for each in judged if each.rating):
        ratings = and_([f"{count} × {rating}" for rating, count in sorted(rated.items())])
        yield "review", f"Ratings, of 5: {ratings}.", ()
    if tags := Counter(tag for each in judged for tag in each.tags):
        yield "review", f"Tags: {and_([f'{tag} {count}' for tag, count in sorted(tags.items())])}.", ()
    if session.regions:
        yield "review", f"{counted(len(session.regions), 'region')} were drawn and measured.", ()
