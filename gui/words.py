"""Sentences of the core as the window says them: by the names its fields have, not by flags of the command line."""

from __future__ import annotations

import re

from gui.texts import tr

# What the fields of a training are called, where the setting's own name is short for it.
OF_TRAINING = {
    "lr": tr("learning rate"),
    "warm_up": tr("warm-up"),
    "decay": tr("rate falls"),
    "batch": tr("batch size"),
    "size": tr("picture size"),
    "augment": tr("augmentation"),
    "every": tr("every nth frame"),
    "best": tr("best epoch by"),
    "optimizer": tr("optimiser"),
    "focus": tr("focus classes"),
    "frozen": tr("train head only"),
    "merge": tr("merge splits"),
    "fine_tune_epochs": tr("fine-tuning epochs"),
    "fine_tune_lr": tr("fine-tuning rate"),
    "drop_duplicates": tr("drop copies"),
}
# The same of other forms.
_NAMES = {**OF_TRAINING, "force": tr("also pictures it has learnt from")}


def in_window(sentence: str) -> str:
    """The sentence without flags.

    >>> in_window("There is not enough memory for batches of 32; use --batch 16.")
    'There is not enough memory for batches of 32; use “batch size” 16.'
    """

    def field(flag: re.Match[str]) -> str:
        name = flag[1].replace("-", "_")
        return f"“{_NAMES.get(name, name.replace('_', ' '))}”"

    return re.sub(r"(?<![\w-])--([a-z][a-z-]*[a-z])", field, sentence)
