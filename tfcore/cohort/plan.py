"""What is asked of many pictures, and the parts it is cut into: by nothing but what is asked, whoever does them."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from tfcore.jobs.part import Source, content
from tfcore.marks import version
from tfcore.pictures.address import file_of
from tfcore.pictures.find import find
from tfcore.plain import json_text
from tfcore.registry import catalogue

# A part is to be worth its way to a worker and back, and to be a small loss: pictures, and passes of the network.
_PICTURES, _PASSES = 64, 2048
# The last ones are smaller, so that many workers end at nearly the same time: an eighth of what is left, or so few.
_SHARE, _FEW = 8, 8
# Of files that are read for it.
_BYTES = 1024**3
# Of a folder that a setting names, no method looks at more pictures than that.
_LOOKED_AT = 500


@dataclass(frozen=True)
class Asked:
    """A kind of job (a file of ``tfcore.jobs`` that gives a row for each picture) with its keywords."""

    kind: str
    arguments: Mapping[str, Any]
    # Pictures in one batch of the network: its shape decides the last bits of the numbers.
    together: int = 1
    # What a picture takes, in passes of the network.
    passes: int = 1
    # What else the numbers come from: hashes and cards of the models.
    facts: Mapping[str, Any] = field(default_factory=dict)
    # Whether all pictures of one "file" or "folder" stay together, since something is made of all of them.
    whole: str = ""
    # What there is a row of, for whoever asks how far it is.
    of: str = "picture"

    def named(self) -> list[str]:
        """Files and folders besides pictures and models: a baseline, references, the mask of a region."""
        settings = [spec.params for spec in catalogue("method")] + [spec.params for spec in catalogue("metric")]
        own = {param.name: param.choices for params in settings for param in params if param.path}
        return list(dict.fromkeys(_named(self.arguments, own)))


@dataclass(frozen=True)
class Part:
    """Some pictures, known by all that their rows come from but the content of the files."""

    number: int
    sources: tuple[Source, ...]
    key: str


def cut(asked: Asked, sources: Sequence[Source]) -> list[Part]:
    """The parts of bounded cost, in the order of the pictures."""
    named = {name: list(map(content, looked_at(name))) for name in asked.named()}
    told = {"version": version(), "kind": asked.kind, "arguments": asked.arguments, "facts": asked.facts}
    beginning = hashlib.sha256(json_text({**told, "named": named}).encode())
    parts: list[Part] = []
    for some in groups(asked, sources):
        digest = beginning.copy()
        digest.update(repr(some).encode("utf-8", "surrogatepass"))
        parts.append(Part(len(parts), some, digest.hexdigest()[:32]))
    return parts


def looked_at(name: str) -> list[str]:
    """The file of that name, or those of a folder's pictures that a method may look at."""
    return list(dict.fromkeys(str(file_of(path)) for path in islice(find([name]), _LOOKED_AT)))


def _named(asked: Any, own: Mapping[str, Collection[str]]) -> Iterator[str]:
    for name, value in asked.items():
        if isinstance(value, Mapping):
            yield from _named(value, own)
        elif isinstance(value, str) and name == "region" and value.startswith("mask="):
            yield value.removeprefix("mask=")
        elif isinstance(value, str) and name in own and value not in own[name]:
            yield value


def groups(asked: Asked, sources: Sequence[Source]) -> Iterator[tuple[Source, ...]]:
    """The pictures of each part."""
    together = asked.together
    most = max(together, min(_PICTURES, _PASSES // max(asked.passes, 1)) // together * together)
    few = min(most, -(-_FEW // together) * together)
    some: list[Source] = []
    held, last, left = 0, None, len(sources)
    for source in sources:
        file = file_of(source[0])
        whole = asked.whole and last is not None and _whole(asked.whole, file) == _whole(asked.whole, last)
        # Between two batches: those of a part are the same as if all were asked in one go.
        # A file of many pictures is not opened by several for that.
        enough = most if file == last else min(most, max(few, left // _SHARE // together * together))
        if (len(some) >= enough or held >= _BYTES) and not len(some) % together and not whole:
            yield tuple(some)
            left -= len(some)
            some, held, last = [], 0, None
        some.append(source)
        if file != last:
            last = file
            with suppress(OSError):
                held += file.stat().st_size
    if some:
        yield tuple(some)


def _whole(what: str, file: Path) -> Path:
    return file if what == "file" or file.is_dir() else file.parent
