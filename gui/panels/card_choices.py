"""What a card may say of how pictures are prepared and what the network answers."""

from __future__ import annotations

from gui.texts import tr

# What a card may say, in its own words and in the reader's.
CHOICES: dict[str, tuple[str, dict[str, str]]] = {
    "scaling": (
        tr("What becomes of grey levels 0 … 255 before they reach the network"),
        {
            "none": tr("none: 0 … 255 as they are"),
            "1/255": "1/255: 0 … 1",
            "x/127.5-1": "x/127.5 − 1: −1 … 1",
            "imagenet-torch": tr("ImageNet, torch: 1/255, minus mean, over deviation"),
            "imagenet-caffe": tr("ImageNet, caffe: BGR minus mean"),
            "per-image standard": tr("per image: mean 0, deviation 1"),
        },
    ),
    "colour": (
        tr("The order of the channels that the network takes"),
        {"grey": tr("grey, repeated over all channels"), "rgb": tr("red, green, blue"), "bgr": tr("blue, green, red")},
    ),
    "resize": (
        tr("How a picture is brought to the input size"),
        {
            "nearest": tr("nearest pixel"),
            "bilinear": tr("bilinear"),
            "area": tr("area (averages when shrinking)"),
            "lanczos": tr("Lanczos"),
        },
    ),
    "fit": (
        tr("What becomes of a picture whose sides have another ratio"),
        {
            "stretch": tr("stretch: all of it, distorted"),
            "centre": tr("centre: the middle of it, cut"),
            "pad": tr("pad: all of it, with margins"),
        },
    ),
    "outputs": (
        tr("What the network's last values are, where it ends in no softmax or sigmoid that would tell"),
        {
            "logits": tr("logits: one class of many, before the softmax (one unit: before the sigmoid)"),
            "label logits": tr("label logits: each class on its own, before the sigmoid"),
            "probabilities": tr("probabilities of one class of many"),
            "label probabilities": tr("probabilities, each class on its own"),
            "numbers": tr("plain numbers, no probabilities"),
        },
    ),
}
