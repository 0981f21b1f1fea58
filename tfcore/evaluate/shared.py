"""An evaluation that several do together: each some of the pictures, and at the end one that puts them together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tfcore.evaluate.run import Evaluation
from tfcore.explain.runners import Progress, silent

if TYPE_CHECKING:
    import numpy as np

    from tfcore.evaluate.subjects import Subject


class Shared(Evaluation):
    """Its parts lie in a folder that all of them see, under names that do not tell who measured them."""

    _means: Mapping[str, np.ndarray | None] = {}

    def finish(self, addresses: set[str], progress: Progress = silent) -> None:
        """Measure some of the pictures: whole groups of ``lanes.together``, counted from the first."""
        self._settle()
        data, self.data = self.data, self.data.with_samples(each for each in self.data if each.address in addresses)
        try:
            for _ in self.measured(progress):
                pass
        finally:
            self.data, self._found, self._answers, self._unread = data, {}, [], []

    def leave_out(self, failed: Mapping[str, str]) -> None:
        """Go on without the pictures of groups that could not be measured, and say why."""
        if failed:
            self._settle()
            self.data = self.data.with_samples(each for each in self.data if each.address not in failed)
            self._unread += failed.values()

    def _settle(self) -> None:
        # What is compared with the mean is so with that of all pictures, however few are measured.
        self._means = {subject.name: self._mean(subject) for subject in self.subjects}

    def _mean(self, subject: Subject) -> np.ndarray | None:
        return self._means[subject.name] if subject.name in self._means else super()._mean(subject)
