"""Few of many pictures, picked while all of them go by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from tfcore.inside.concepts import Marks

# Pictures whose concepts filters are held against that fired in others, and how many each picture is.
MOST, _EACH = 64, 1


class Strangers:
    """Concepts of pictures, drawn by chance from all that went by, each as likely as any other."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        self._kept: list[Marks] = []
        self.met = 0

    def meet(self, marks: Marks) -> None:
        self.met += 1
        if len(self._kept) < MOST:
            self._kept.append(marks)
        elif (place := int(self._random.integers(self.met))) < MOST:
            self._kept[place] = marks

    def arrays(self) -> dict[str, np.ndarray]:
        """Those that were kept."""
        found: dict[str, np.ndarray] = {}
        for place, one in enumerate(self._kept):
            found |= {f"{place} codes": one.codes, f"{place} members": one.members}
            found |= {f"{place} patient": np.array(one.patient)}
            found |= {} if one.foreground is None else {f"{place} foreground": one.foreground}
        return found

    def read(self, arrays: Mapping[str, np.ndarray]) -> Strangers:
        """Those of somebody else, as :meth:`arrays` gave them."""
        self.met = sum(name.endswith(" codes") for name in arrays)
        self._kept = [
            Marks(
                arrays[f"{place} codes"],
                arrays[f"{place} members"],
                arrays.get(f"{place} foreground"),
                str(arrays[f"{place} patient"]),
            )
            for place in range(self.met)
        ]
        return self

    def of(self, marks: Marks, random: np.random.Generator | None = None) -> list[Marks]:
        """Some of other patients, of the same size."""
        others = [one for one in self._kept if one.patient != marks.patient and one.codes.shape == marks.codes.shape]
        return [others[place] for place in (random or self._random).permutation(len(others))[:_EACH]]


class Strongest:
    """The pictures that each of K filters fires most strongly in."""

    def __init__(self, filters: int, few: int = 5) -> None:
        self._few = few
        self.values = np.zeros((filters, 0))
        # (K, few): the strongest first.
        self.numbers = np.zeros((filters, 0), np.int64)

    def add(self, numbers: Sequence[int], values: np.ndarray) -> None:
        """Pictures by number, and how strongly each filter fires in them (n, K)."""
        self.meet(np.broadcast_to(np.array(numbers), (values.shape[1], len(numbers))), values.T)

    def meet(self, numbers: np.ndarray, values: np.ndarray) -> None:
        """For each filter pictures of its own, and how strongly it fires in them (K, n)."""
        self.values = np.concatenate([self.values, values], 1)
        self.numbers = np.concatenate([self.numbers, numbers], 1)
        order = np.argsort(-self.values, axis=1, kind="stable")[:, : self._few]
        self.values = np.take_along_axis(self.values, order, 1)
        self.numbers = np.take_along_axis(self.numbers, order, 1)
