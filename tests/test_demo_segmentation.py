"""The demo of segmentation: small, and right about the volume it ships with."""

from __future__ import annotations

import hashlib
import json

import resources
import tfcore
from resources import make_demo_segmentation as made

MODEL = resources.path(resources.DEMOS["demo-segmentation"])
CARD = json.loads(resources.path("demo-segmentation.json").read_text(encoding="utf-8"))


def test_the_network_is_small_and_its_card_is_about_it() -> None:
    assert MODEL.stat().st_size <= 1_000_000
    assert CARD["sha256"] == hashlib.sha256(MODEL.read_bytes()).hexdigest()
    assert CARD["provenance"]["dice"]["WT"] >= 0.85
    assert min(CARD["provenance"]["dice"].values()) >= 0.75


def test_it_draws_the_tumour_of_the_volume_that_ships_with_it() -> None:
    found = made.dice(tfcore.load_model("demo-segmentation"), [resources.path("demo-brain")])
    assert found["WT"] >= 0.9
    assert min(found.values()) >= 0.8
