"""What a network's training pictures looked like to it, and how far from them a new picture lies (METHODS.md §7).

Beside ``model.keras`` lies ``model.reference.npz``: of the last feature map, pooled, the mean of each class, the
covariance they share, some of the pictures' features, and the distances that the training pictures themselves have. No
name is in it, and no picture unless thumbnails were asked for. :mod:`tfcore.trust.reference` learns it.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.files import sha256, why, written_whole
from tfcore.lazy import tf
from tfcore.marks import MEMBER, PROGRAM, version
from tfcore.pictures import Picture
from tfcore.pictures.plain_look import plain_look, remarks
from tfcore.plain import json_text
from tfcore.results.shift import BEYOND, Shift

if TYPE_CHECKING:
    from tfcore.models.card import Card

SUFFIX = ".reference.npz"
# Which of the nearest training pictures tells how far the next ones are.
NEIGHBOUR = 5
_MOST_BYTES = 64 * 2**20
# Nearest training pictures that are shown.
_SHOWN = 4
_ARRAYS = ("means", "axes", "scales", "points", "deviations", "own")


@dataclass(frozen=True, eq=False)
class Reference:
    """Of K features: ``means`` (C, K); the shared covariance as its leading ``axes`` (r, K) with the standard deviation
    along each, ``scales`` (r + 1), the last one that of all other directions; some of the training pictures' features,
    ``points`` (m, K), in units of ``deviations`` (K); and at equal steps of rank the distances that training pictures
    have from the others, ``own`` (2, q), Mahalanobis and to the fifth nearest. ``usual`` is what the pictures looked
    like, ``facts`` on what it was learnt, for the card. ``thumbnails`` (m, H, W, 3) are those of the points, or none.
    """

    means: np.ndarray
    axes: np.ndarray
    scales: np.ndarray
    points: np.ndarray
    deviations: np.ndarray
    own: np.ndarray
    usual: Mapping[str, Any]
    facts: Mapping[str, Any]
    thumbnails: np.ndarray | None = None

    def distances(self, features: np.ndarray) -> np.ndarray:
        """(2, N): Mahalanobis to the nearest class, and to the fifth nearest picture."""
        return np.stack(
            [
                mahalanobis(features, self.means, self.axes, self.scales),
                neighbours(features / self.deviations, self.points),
            ]
        )

    def shift(self, features: np.ndarray, picture: Picture | None = None) -> Shift:
        """Of one picture, by its features (K,)."""
        if features.shape != self.means.shape[1:]:
            raise HeatlensError(
                f"The network has {features.size} features, its reference {self.means.shape[1]}; make that anew with "
                "heatlens card MODEL --reference DATA."
            )
        found = self.distances(features[None].astype(np.float64))[:, 0]
        percentile = max(map(self._percentile, found, self.own))
        beyond = percentile >= min(BEYOND, self._highest)
        return Shift(
            percentile=percentile,
            mahalanobis=float(found[0]),
            neighbours=float(found[1]),
            beyond=beyond,
            remarks=() if picture is None else remarks(plain_look(picture), self.usual),
            nearest=self._nearest(features) if beyond else (),
        )

    def _nearest(self, features: np.ndarray) -> tuple[np.ndarray, ...]:
        if self.thumbnails is None:
            return ()
        away = np.linalg.norm(self.points - features / self.deviations, axis=1)
        return tuple(self.thumbnails[np.argsort(away)[:_SHOWN]])

    @property
    def _highest(self) -> float:
        """The percentile beyond the furthest of the training pictures: the next one would be one of n + 1."""
        n = int(self.facts["pictures"])
        return 100 * n / (n + 1)

    def _percentile(self, distance: float, own: np.ndarray) -> float:
        if distance > own[-1]:
            return self._highest
        return min(float(np.interp(distance, own, np.linspace(0, 100, len(own)))), self._highest)

    # --- the file ---

    def save(self, path: Path, overwrite: bool = False) -> Path:
        """Write it in the least room: half precision is finer than what it is learnt from."""
        stream = io.BytesIO()
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        half = {
            name: array.astype(np.float16 if name in ("axes", "points") else np.float32)
            for name, array in arrays.items()
        }
        if self.thumbnails is not None:
            half["thumbnails"] = self.thumbnails
        told = np.array(json_text({"usual": dict(self.usual), "facts": dict(self.facts)}))
        np.savez_compressed(stream, allow_pickle=False, **{MEMBER: np.array(version())}, told=told, **half)
        with written_whole(path, overwrite) as temporary:
            temporary.write_bytes(stream.getvalue())
        return path

    @classmethod
    def load(cls, path: Path) -> Reference:
        """What :meth:`save` wrote, or a sentence."""
        broken = HeatlensError(f"{path} is no reference of {PROGRAM}, or damaged; make it anew with heatlens card.")
        try:
            with zipfile.ZipFile(path) as archive:
                if sum(info.file_size for info in archive.infolist()) > _MOST_BYTES:
                    raise broken
            with np.load(path, allow_pickle=False) as stored:
                arrays = {name: stored[name].astype(np.float64) for name in _ARRAYS}
                told = json.loads(str(stored["told"]))
                looks = stored.get("thumbnails")
            found = cls(**arrays, usual=told["usual"], facts=told["facts"], thumbnails=looks)
            found._check()
        except OSError as error:
            raise HeatlensError(f"{path} was not read: {why(error)}.") from error
        except (ValueError, KeyError, TypeError, IndexError, EOFError, zipfile.BadZipFile) as error:
            raise broken from error
        return found

    def _check(self) -> None:
        arrays = [getattr(self, name) for name in _ARRAYS]
        k = self.means.shape[1]
        shapes = self.axes.shape[1] == k == self.points.shape[1] == len(self.deviations)
        whole = shapes and len(self.scales) == len(self.axes) + 1 and len(self.own) == 2 and len(self.points)
        sound = all(np.isfinite(array).all() for array in arrays) and (self.scales > 0).all()
        if (looks := self.thumbnails) is not None and not (
            looks.dtype == np.uint8 and looks.ndim == 4 and len(looks) == len(self.points) and looks.shape[-1] == 3
        ):
            raise ValueError("thumbnails")
        if not (whole and sound and (self.deviations > 0).all() and int(self.facts["pictures"]) > 0):
            raise ValueError("shapes")
        remarks(np.zeros(5 + len(self.usual["levels"])), self.usual)


def pooled(values: tf.Tensor) -> tf.Tensor:
    """Feature maps, or tokens, as the mean over their positions (N, K)."""
    return tf.reduce_mean(tf.cast(values, tf.float32), range(1, values.shape.rank - 1))


def beside(model: Path) -> Path:
    """Where the reference of a model file or folder lies."""
    return model.with_name(f"{model.name if model.is_dir() else model.stem}{SUFFIX}")


def of(card: Card, model: Path) -> Reference | None:
    """The reference that belongs to these weights, by their card; one of others, or of an earlier state, is none."""
    path = beside(model)
    if not card.reference or card.reference.get("model") != card.sha256 or not path.is_file():
        return None
    return Reference.load(path) if card.reference.get("sha256") == sha256(path) else None


def mahalanobis(features: np.ndarray, means: np.ndarray, axes: np.ndarray, scales: np.ndarray) -> np.ndarray:
    """(N,): to the nearest of the means, in deviations along the axes and across all of them."""
    nearest = np.full(len(features), np.inf)
    for mean in means:
        away = features - mean
        along = away @ axes.T
        across = np.maximum((away**2).sum(1) - (along**2).sum(1), 0)
        nearest = np.minimum(nearest, ((along / scales[:-1]) ** 2).sum(1) + across / scales[-1] ** 2)
    return np.sqrt(nearest)


def neighbours(features: np.ndarray, points: np.ndarray) -> np.ndarray:
    """(N,): the distance to the fifth nearest point (to the furthest where there are fewer)."""
    place = min(NEIGHBOUR, len(points)) - 1
    found = []
    for some in np.array_split(features, max(1, len(features) // 256)):
        squares = (some**2).sum(1)[:, None] + (points**2).sum(1) - 2 * some @ points.T
        found.append(np.sqrt(np.maximum(np.partition(squares, place, 1)[:, place], 0)))
    return np.concatenate(found)
