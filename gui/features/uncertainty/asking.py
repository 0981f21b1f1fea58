"""What is asked about how sure a model is: the question under which an answer is kept, and the job that finds it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gui.features.uncertainty.panel import Settings
from gui.features.uncertainty.words import origin
from gui.state import Opened
from gui.texts import tr
from tfcore.engine.protocol import Job
from tfcore.registry import find
from tfcore.results import Heat


@dataclass(frozen=True)
class Asking:
    """One model under one set of settings; all pictures of a ranking are asked by the same."""

    model: Opened
    settings: Settings

    @property
    def origin(self) -> str:
        """Passes, seed and what was inserted, in words."""
        return origin(self.settings.passes, self.settings.seed, self.settings.insert)

    def of_model(self) -> Hashable:
        """Has the network dropout?"""
        return self.model.key

    def of_picture(self, path: str) -> Hashable:
        """How sure is the model of this picture?"""
        return (path, self.model.decides, self.settings)

    def of_heat(self, heat: Heat) -> Hashable:
        """How much does this heatmap change from pass to pass?"""
        asked = (heat.method, heat.layer, heat.target, heat.region, repr(sorted(heat.params.items())))
        return (*asked, self.of_picture(heat.path))

    def model_job(self) -> Job:
        return Job("dropout_layers", self.model.asked(), priority=-1)

    def picture_job(self, path: str, priority: int = 0) -> Job:
        named = f"{Path(path).name} · {self.origin}"
        return Job("uncertainty", self._arguments(path), title=named, priority=priority)

    def volume_job(self, slices: Sequence[str]) -> dict[str, Any]:
        """Of the job that asks about all slices of a volume, what it takes."""
        asked = self.settings
        return self.model.deciding(pictures=list(slices), passes=asked.passes, seed=asked.seed, insert=asked.insert)

    def heat_job(self, heat: Heat) -> Job:
        asked = {
            "method": heat.method,
            "layer": heat.layer if find("method", heat.method).has_layers else None,
            "target": heat.target,
            "params": heat.params,
            "region": heat.region or None,
        }
        named = tr(
            "{method} under dropout · {name} · {origin}",
            method=heat.method,
            name=Path(heat.path).name,
            origin=self.origin,
        )
        return Job("heat_spread", {**self._arguments(heat.path), **asked}, title=named)

    def _arguments(self, path: str) -> dict[str, Any]:
        asked = self.settings
        return self.model.deciding(picture=path, passes=asked.passes, seed=asked.seed, insert=asked.insert)
