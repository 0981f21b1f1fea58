"""From samples to batches: read in parallel, kept within a memory budget, augmented anew every epoch, seeded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from tfcore.data.augmentations import Step, augmented
from tfcore.data.dataset import Dataset, LeftOut, Sample
from tfcore.data.store import Store
from tfcore.data.threads import WORKERS, Progress
from tfcore.errors import HeatlensError
from tfcore.lazy import tf
from tfcore.models.card import Card
from tfcore.models.intensity import Z_SCORE
from tfcore.models.prepare import scaled

# Batches that wait for the network, and copies of one while it is made.
_AHEAD = 2
_IN_FLIGHT = _AHEAD + 3


def pipeline(
    dataset: Dataset,
    card: Card,
    batch: int = 32,
    *,
    training: bool = False,
    augment: Sequence[Step] = (),
    seed: int = 0,
    memory: int = 2 * 1024**3,
    cache_dir: str | Path | None = None,
    progress: Progress | None = None,
) -> Pipeline:
    """Batches of one part of a dataset, prepared by the card exactly as for inference.

    With ``training`` every epoch has an order and variations of its own, the same for the same seed; without it the
    order is that of the samples and nothing is changed. ``memory`` bounds, in bytes, what is kept between epochs and
    in flight; beyond it levels go to a file in ``cache_dir``, or are read anew every epoch. Pictures kept in memory
    may be rounded to 8 bits when training, never when measuring.

    >>> train = pipeline(data.part("train"), card, training=True, augment=parse("flip"))   # doctest: +SKIP
    >>> network.fit(train.data, epochs=20)                                                 # doctest: +SKIP
    """
    if batch < 1:
        raise HeatlensError(f"batch = {batch} is not a number of pictures; choose 1 or more.")
    if augment and not training:
        raise HeatlensError("Only training pictures are augmented; leave the augmentation out or train with it.")
    scores = card.intensity == Z_SCORE
    of_levels = [step.augmentation.name for step in augment if not step.augmentation.moves]
    if of_levels and scores:
        raise HeatlensError(
            f"{', '.join(of_levels)}: grey levels from 0 to 255 are varied, and this card takes z-scores; leave "
            "it out, or state percentiles as the card's intensity."
        )
    height, width, channels = card.input_shape
    if height is None or width is None:
        raise HeatlensError("Pictures of one size are needed; state the height and width of the input in the card.")
    in_flight = _IN_FLIGHT * batch * height * width * channels * 4
    if in_flight > memory:
        raise HeatlensError(
            f"Batches of {batch} need {in_flight / 1024**2:.0f} MB and {memory / 1024**2:.0f} MB are allowed; make the "
            "batch smaller or allow more memory."
        )
    samples, left = _usable(dataset, card)
    values = None if dataset.mask_values is None else dict(dataset.mask_values)
    folder = None if cache_dir is None else Path(cache_dir)
    # Samples repeated by over-sampling are kept once.
    once = {sample.identity: sample for sample in samples}
    store = Store(tuple(once.values()), card, memory - in_flight, folder, training and not scores, values)
    return Pipeline(store, samples, left, card, batch, training, tuple(augment), seed, progress)


class Pipeline:
    """Batches for Keras, and what they consist of. ``data`` gives one epoch each time it is iterated.

    ``epoch`` is the number of the next one: set it to go on where a training stopped. Where a file breaks in the
    middle of an epoch (possible only when nothing is kept), TensorFlow raises and ``failure`` holds the sentence.
    """

    def __init__(
        self,
        store: Store,
        samples: Sequence[Sample],
        left: Sequence[LeftOut],
        card: Card,
        batch: int,
        training: bool,
        augment: tuple[Step, ...],
        seed: int,
        progress: Progress | None,
    ) -> None:
        self._store, self.card, self._batch = store, card, batch
        self._training, self._augment, self._seed = training, augment, seed
        self._masked = card.task == "segmentation"
        broken = store.fill(progress)
        self.left_out = (*left, *broken)
        gone = {one.sample.identity for one in broken}
        self.samples = tuple(one for one in samples if one.identity not in gone)
        if not self.samples:
            raise HeatlensError(f"None of {len(samples)} pictures can be used; the first: {self.left_out[0].sentence}")
        row = {one.identity: number for number, one in enumerate(store.samples)}
        self._rows = np.array([row[one.identity] for one in self.samples], np.int64)
        # Of each row in the store; masks are targets of their own.
        self._classes = np.array(
            [0 if self._masked else card.classes.index(str(one.label)) for one in store.samples], np.int32
        )
        self.targets = self._classes[self._rows]
        self.storage = store.kind
        self.steps = -(-len(self._rows) // batch)
        self.epoch = 0
        self.data = self._made()

    def __len__(self) -> int:
        return len(self.samples)

    @property
    def kept(self) -> int:
        """Bytes of memory taken from epoch to epoch."""
        return self._store.kept

    @property
    def mask_values(self) -> dict[int, int] | None:
        """The class index of each value in a mask file; without them every value but 0 is 1."""
        return self._store.mask_values

    @property
    def failure(self) -> HeatlensError | None:
        """Why reading failed in the middle of an epoch."""
        return self._store.failure

    def _made(self) -> tf.data.Dataset:
        numbers = tf.data.Dataset.from_generator(
            self._order, output_signature=(tf.TensorSpec([], tf.int64), tf.TensorSpec([2], tf.int32))
        ).apply(tf.data.experimental.assert_cardinality(len(self._rows)))
        pictures = numbers.map(self._picture, num_parallel_calls=WORKERS, deterministic=True)
        batches = pictures.batch(self._batch).map(self._scaled, num_parallel_calls=1, deterministic=True)
        return batches.prefetch(_AHEAD)

    def _order(self) -> Iterator[tuple[int, np.ndarray]]:
        """Row numbers of one epoch, each with the seed of its variations."""
        epoch, self.epoch = self.epoch, self.epoch + 1
        rng = np.random.default_rng([self._seed, epoch])
        order = rng.permutation(self._rows) if self._training else self._rows
        seeds = rng.integers(0, 2**31 - 1, (len(order), 2), np.int32)
        yield from zip(order, seeds, strict=True)

    def _picture(self, row: tf.Tensor, seed: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        height, width, channels = self.card.input_shape
        levels, mask = tf.numpy_function(self._store.item, [row], (tf.float32, tf.uint8))
        levels = tf.ensure_shape(levels, (height, width, channels))
        mask = tf.ensure_shape(mask, (height, width) if self._masked else (1, 1))
        levels, moved = augmented(levels, tf.cast(mask, tf.float32)[..., tf.newaxis], seed, self._augment)
        return levels, tf.cast(moved[..., 0], tf.int32) if self._masked else tf.gather(tf.constant(self._classes), row)

    def _scaled(self, levels: tf.Tensor, targets: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        card = self.card
        batch = tf.numpy_function(lambda batch: scaled(np.array(batch), card), [levels], tf.float32)
        return tf.ensure_shape(batch, levels.shape), targets


def _usable(dataset: Dataset, card: Card) -> tuple[list[Sample], list[LeftOut]]:
    """Samples that say what the task asks for, and the others."""
    if card.task == "segmentation":
        chosen = [one for one in dataset if one.mask is not None or one.outlines]
        lacking = "has no mask"
    else:
        odd = set(dataset.classes) - set(card.classes)
        if odd:
            raise HeatlensError(
                f"{dataset.root} has the class {', '.join(sorted(odd))}, which the model ({', '.join(card.classes)}) "
                "does not know; name the classes alike."
            )
        chosen = [one for one in dataset if one.label is not None]
        lacking = "is unannotated"
    if not chosen:
        raise HeatlensError(f"{dataset.root}: every picture {lacking}, so there is nothing to learn from.")
    there = {one.identity for one in chosen}
    return chosen, [LeftOut(one, f"{one.name} {lacking}.") for one in dataset if one.identity not in there]
