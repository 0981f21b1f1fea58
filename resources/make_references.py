"""Write what the training pictures of the demo networks look like to them (demo.reference.npz and
demo-segmentation.reference.npz), and name these in their cards. Nothing is trained.

python -m resources.make_references

The pictures are those that the networks have learnt from, drawn anew by their seeds; of more than 2,000 as many are
drawn by chance. About three minutes on two cores.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import resources
from resources import make_demo, make_demo_segmentation
from tfcore.data import phantom
from tfcore.models.loading import load_model
from tfcore.trust.reference import MOST, keep, reference


def main() -> None:
    """One after the other."""
    with tempfile.TemporaryDirectory() as place:
        slices, volumes = Path(place) / "phantoms", Path(place) / "brains"
        phantom.write(slices, n=MOST, size=make_demo.SIZE, seed=make_demo.SEED)
        phantom.write_brains(
            volumes, make_demo_segmentation.VOLUMES, make_demo_segmentation.VOXELS, make_demo_segmentation.SEED
        )
        for name, data in (("demo", slices), (make_demo_segmentation.NAME, volumes)):
            model = load_model(str(resources.path(f"{name}.keras")))
            model.save_card(model.stating(reference=keep(reference(model, data), model.file, model.card.sha256)))


if __name__ == "__main__":
    main()
