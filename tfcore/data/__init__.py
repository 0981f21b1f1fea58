"""Pictures to learn from: opened from many kinds of sources, split, balanced, audited, and fed to TensorFlow."""

from __future__ import annotations

from tfcore.data import augmentations
from tfcore.data.audit import AuditReport, audit
from tfcore.data.balance import class_weights, down_sample, over_sample
from tfcore.data.dataset import SPLITS, Dataset, LeftOut, Outline, Sample, without
from tfcore.data.open import open_data
from tfcore.data.pipeline import Pipeline, pipeline
from tfcore.data.splits import k_folds, load_split, save_split, split

__all__ = [
    "SPLITS",
    "AuditReport",
    "Dataset",
    "LeftOut",
    "Outline",
    "Pipeline",
    "Sample",
    "audit",
    "augmentations",
    "class_weights",
    "down_sample",
    "k_folds",
    "load_split",
    "open_data",
    "over_sample",
    "pipeline",
    "save_split",
    "split",
    "without",
]
