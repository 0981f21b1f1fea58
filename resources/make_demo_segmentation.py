"""Write the demo of segmentation: a small network that draws tumours in phantom brain volumes
(demo-segmentation.keras), its card (demo-segmentation.json), and a volume it never saw (demo-brain/).

python -m resources.make_demo_segmentation

The network is ``res-unet`` with the small encoder, trained by the recipe ``brats-2d`` as anybody can (see
docs/guide/segment.md). The card holds what it reached on volumes of a seed it never saw. Everything is seeded; another
machine may differ in the second decimal. About ten minutes on two cores.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

import resources
from tfcore.data.phantom import write_brains
from tfcore.files import sha256, written_whole
from tfcore.models.model import Model
from tfcore.pictures import case, read

NAME, CASE = "demo-segmentation", "demo-brain"
SIZE, VOXELS = 64, 48
SEED, UNSEEN_SEED, CASE_SEED = 5, 10_000, 2024
VOLUMES, UNSEEN, EPOCHS = 60, 12, 30
HOW: Mapping[str, Any] = {"arch": "res-unet", "encoder": "small", "filters": 4, "size": SIZE, "epochs": EPOCHS}


def trained(folder: Path) -> Path:
    """The model file of a run on phantom volumes."""
    import tfcore

    write_brains(folder / "learnt", VOLUMES, VOXELS, SEED)

    def tell(done: int, total: int, text: str) -> None:
        if text.startswith("epoch") and done == total:
            print(text, flush=True)

    return tfcore.train(folder / "learnt", "brats-2d", out=folder / "run", progress=tell, **HOW).model


def dice(model: Model, brains: Iterable[Path]) -> dict[str, float]:
    """The mean Dice of every region over volumes, each as a whole."""
    from tfcore.data.truth import truth_of
    from tfcore.evaluate import overlap
    from tfcore.explain.drawn import mask_of

    found: dict[str, list[float]] = {}
    for brain in brains:
        slices = [read(f"{brain}#axial={z}") for z in range(case.opened(brain).counts["axial"])]
        batch, boxes = model.prepare_with_boxes(slices)
        answers = zip(slices, model.predict(batch), boxes, strict=True)
        drawn = np.stack([mask_of(model, one, answer, box).labels for one, answer, box in answers])
        truth = np.stack([truth_of(one, model.classes) for one in slices])
        for name, figures in overlap(drawn, truth, regions="brats").items():
            found.setdefault(name, []).append(figures["dice"])
    return {name: round(float(np.mean(values)), 4) for name, values in found.items()}


def save(model: Path, folder: Path, reached: Mapping[str, float]) -> None:
    """Write network and card as they ship: without the state of an optimiser, and saying how they were made."""
    import keras

    from tfcore.models.card import Card

    bare = keras.saving.load_model(model, compile=False)
    path = folder / f"{NAME}.keras"
    with written_whole(path, overwrite=True) as temporary:
        bare.save(temporary)
    card = Card.load(model)
    assert card is not None
    provenance = {
        "made_by": "python -m resources.make_demo_segmentation",
        "data": "phantom brain volumes (tfcore.data.phantom.volumes)",
        "architecture": card.provenance["architecture"],
        "settings": card.provenance["settings"],
        "training_seed": SEED,
        "volumes": VOLUMES,
        "epochs": EPOCHS,
        "unseen_seed": UNSEEN_SEED,
        "unseen_volumes": UNSEEN,
        "dice": dict(reached),
        "licence": "Apache-2.0",
    }
    card.with_(provenance=provenance, sha256=sha256(path)).save(path)


def save_case(folder: Path) -> None:
    """Write the volume that is shown, with its true mask."""
    with tempfile.TemporaryDirectory() as place:
        write_brains(Path(place) / "brains", 1, VOXELS, CASE_SEED)
        for file in (Path(place) / "brains" / "Phantom_000").iterdir():
            with written_whole(folder / CASE / file.name, overwrite=True) as temporary:
                temporary.write_bytes(file.read_bytes())


def main() -> None:
    """Train, measure on volumes never seen, write."""
    import tfcore

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--case", action="store_true", help="write the volume only, without training")
    if not parser.parse_args().case:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            model = trained(folder)
            write_brains(folder / "unseen", UNSEEN, VOXELS, UNSEEN_SEED)
            unseen = [each for each in (folder / "unseen").iterdir() if each.is_dir()]
            reached = dice(tfcore.load_model(str(model)), unseen)
            print(f"Dice on {UNSEEN} volumes of seed {UNSEEN_SEED}: {reached}")
            save(model, resources.HERE, reached)
    save_case(resources.HERE)


if __name__ == "__main__":
    main()
