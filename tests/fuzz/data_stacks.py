"""Volumes and videos as they lie about, some of a kind that is none."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import cv2
import nibabel
import numpy as np

from tests.fuzz.data_parts import CLASSES, PATIENTS, SIDE, Made, damaged, odd_file, pixels


def volumes(draw: random.Random, root: Path) -> Made:
    """Cases of four channels, one or another of them of a kind that is none."""
    shape = (8, 9, 5)
    for patient, person in enumerate(draw.sample(PATIENTS, draw.randrange(1, 4))):
        folder = root / draw.choice(["", "HGG"]) / person
        for channel in ("t1", "t1ce", "t2", "flair", "seg"):
            volume: np.ndarray = np.zeros(shape, np.int16)
            # Of another patient the brain has another level, the channels share it.
            volume[2:6, 2:6, 1:4] = 2 if channel == "seg" else 100 + 10 * patient
            path = folder / f"{person}_{channel}.nii{draw.choice(['', '.gz'])}"
            path.parent.mkdir(parents=True, exist_ok=True)
            if draw.random() < 0.2:
                volume = _odd_volume(draw, volume)
            nibabel.Nifti1Image(volume, np.eye(4), dtype=volume.dtype).to_filename(path)
            if draw.random() < 0.05:
                path.write_bytes(damaged(draw, path.read_bytes()))
            if draw.random() < 0.05:
                (folder / f"other_{channel}.nii").write_bytes(path.read_bytes())
    if draw.random() < 0.2 and not (root / "again").exists():
        (root / "again").symlink_to(root, target_is_directory=True)
    return Made(root, draw.choice([{}, {"least": 0}, {"least": 0.1}, {"least": 1}]))


def _odd_volume(draw: random.Random, volume: np.ndarray) -> np.ndarray:
    ways: list[Callable[[np.ndarray], np.ndarray]] = [
        lambda v: v.astype(np.complex64),
        lambda v: np.where(v > 0, np.nan, 0).astype(np.float32),
        lambda v: np.where(v > 0, 1e308, 0).astype(np.float64),
        lambda v: v[..., None],
        lambda v: np.stack([v] * 4, -1),
        lambda v: v[..., None, None],
        lambda v: v[..., :2],
        lambda v: v[..., 0],
        lambda v: np.zeros(v.shape, [("R", "u1"), ("G", "u1"), ("B", "u1")]),
        lambda v: v.astype(np.float64) + 0.5,
        lambda v: v.astype(np.uint64),
    ]
    return draw.choice(ways)(volume)


def videos(draw: random.Random, root: Path) -> Made:
    """Videos of patients, some with headers that lie."""
    for label, name in enumerate(CLASSES[: draw.randrange(1, 4)]):
        for patient, person in enumerate(draw.sample(PATIENTS, 2)):
            number = PATIENTS.index(person)
            path = root / name / draw.choice([f"{person}.avi", f"{person}/{patient}.avi", f"{person}%02d.avi"])
            path.parent.mkdir(parents=True, exist_ok=True)
            writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (48, 48))
            for frame in range(draw.randrange(1, 5)):
                writer.write(cv2.resize(pixels(label, number, frame)[SIDE // 2 :, SIDE // 2 :, ::-1], (48, 48)))
            writer.release()
            if draw.random() < 0.4:
                path.write_bytes(_lying(draw, path.read_bytes()))
            if draw.random() < 0.15:
                other = draw.choice([f"ffconcat version 1.0\nfile {path.name}\n", "#EXTM3U\n", "text", ""])
                (root / name / f"{PATIENTS[0]}list.avi").write_text(other)
    if draw.random() < 0.3:
        odd_file(draw, root / CLASSES[0])
    return Made(root, draw.choice([{}, {"every": 1}, {"crop": 12}, {"every": 10**6}, {"every": 0}]))


def _lying(draw: random.Random, data: bytes) -> bytes:
    """An AVI whose header says another length, pace or size."""
    header, stream, form = data.find(b"avih"), data.find(b"strh"), data.find(b"strf")
    places = [header + 8, header + 24, stream + 28, stream + 32, stream + 40, form + 12, form + 16, header + 40]
    changed = bytearray(data)
    for at in draw.sample(places, draw.randrange(1, 3)):
        changed[at : at + 4] = draw.choice([b"\0\0\0\0", b"\xff\xff\xff\x7f", b"\xff\xff\xff\xff", b"\x60\xea\0\0"])
    return damaged(draw, bytes(changed)) if draw.random() < 0.2 else bytes(changed)
