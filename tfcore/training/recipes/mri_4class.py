"""Brain MR slices in a few classes, as in 000."""

from __future__ import annotations

from tfcore.data.dataset import Dataset
from tfcore.registry import RecipeSpec, register
from tfcore.training.settings import params


@register(
    RecipeSpec(
        "mri-4class",
        family="classification",
        summary="given splits merged, 60/20/20; AdamW 1e-4; weights averaged over 2 epochs; epoch of the least "
        "validation loss; 40 epochs for cnn-2, else 20",
        params=params(
            optimizer="adamw",
            lr=1e-4,
            weight_decay=0.004,
            # Ours, and why: docs/results/recipes-phantoms.md.
            averaging=2.0,
            split="60/20/20",
            merge=True,
            epochs=None,
        ),
        note="as in 000 with --augment 'affine, blur, noise, salt-and-pepper' --balance over",
        arch="cnn-5",
        epochs={"cnn-2": 40, "": 20},
    )
)
def mri_4class(data: Dataset) -> Dataset:
    """Merging the given splits is a setting; nothing else is done before the split."""
    return data
