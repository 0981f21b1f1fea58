"""An evaluation that several do together: each some of the pictures, and at the end one that puts them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from tfcore.evaluate.run import Evaluation
from tfcore.explain.runners import Progress, silent

if TYPE_CHECKING:
    from tfcore.evaluate.subjects import Subject


class Shared(Evaluation):
    """Its parts lie in a folder that all of them see, under names that do not tell who measured them."""

    def __init__(
        self, models: Any, data: Any, means: Mapping[str, Sequence[float] | None] | None = None, **asked: Any
    ) -> None:
        super().__init__(models, data, **asked)
        # What is compared with the mean is so with that of all pictures, however few are measured or seen.
        self._means = {
            name: None if mean is None else np.array(mean, np.float32) for name, mean in (means or {}).items()
        }

    @property
    def means(self) -> Mapping[str, np.ndarray | None]:
        """Of all pictures as each model eats them, where anything is compared with that."""
        self._means = self._means or {subject.name: super(Shared, self)._mean(subject) for subject in self.subjects}
        return self._means

    def finish(self, addresses: set[str], progress: Progress = silent) -> None:
        """Measure some of the pictures: whole groups of ``lanes.together``, counted from the first."""
        data, self.data = self.data, self.data.with_samples(each for each in self.data if each.address in addresses)
        try:
            for _ in self.measured(progress):
                pass
        finally:
            self.data, self._found, self._answers, self._unread = data, {}, [], []

    def leave_out(self, failed: Mapping[str, str]) -> None:
        """Go on without the pictures of groups that could not be measured, and say why."""
        if failed:
            self.data = self.data.with_samples(each for each in self.data if each.address not in failed)
            self._unread += failed.values()

    def _mean(self, subject: Subject) -> np.ndarray | None:
        return self.means[subject.name]
