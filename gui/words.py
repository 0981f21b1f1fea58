"""Sentences of the core as the window says them: by the names its fields have, not by flags of the command line."""

from __future__ import annotations

import re

# What the fields of a training are called, where the setting's own name is short for it.
OF_TRAINING = {
    "lr": "learning rate",
    "warm_up": "warm-up",
    "decay": "rate falls",
    "batch": "batch size",
    "size": "picture size",
    "augment": "augmentation",
    "every": "every nth frame",
    "best": "best epoch by",
    "optimizer": "optimiser",
    "focus": "focus classes",
    "frozen": "train head only",
    "merge": "merge splits",
    "fine_tune_epochs": "fine-tuning epochs",
    "fine_tune_lr": "fine-tuning rate",
    "drop_duplicates": "drop copies",
}
# The same of other forms.
_NAMES = {**OF_TRAINING, "force": "also pictures it has learnt from"}


def in_window(sentence: str) -> str:
    """The sentence without flags.

    >>> in_window("There is not enough memory for batches of 32; use --batch 16.")
    'There is not enough memory for batches of 32; use “batch size” 16.'
    """

    def field(flag: re.Match[str]) -> str:
        name = flag[1].replace("-", "_")
        return f"“{_NAMES.get(name, name.replace('_', ' '))}”"

    return re.sub(r"(?<![\w-])--([a-z][a-z-]*[a-z])", field, sentence)
