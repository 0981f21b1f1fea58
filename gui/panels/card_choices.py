"""What a card may say of how pictures are prepared and what the network answers."""

from __future__ import annotations

# What a card may say, in its own words and in the reader's.
CHOICES: dict[str, tuple[str, dict[str, str]]] = {
    "scaling": (
        "What becomes of grey levels 0 … 255 before they reach the network",
        {
            "none": "none: 0 … 255 as they are",
            "1/255": "1/255: 0 … 1",
            "x/127.5-1": "x/127.5 − 1: −1 … 1",
            "imagenet-torch": "ImageNet, torch: 1/255, minus mean, over deviation",
            "imagenet-caffe": "ImageNet, caffe: BGR minus mean",
            "per-image standard": "per image: mean 0, deviation 1",
        },
    ),
    "colour": (
        "The order of the channels that the network takes",
        {"grey": "grey, repeated over all channels", "rgb": "red, green, blue", "bgr": "blue, green, red"},
    ),
    "resize": (
        "How a picture is brought to the input size",
        {
            "nearest": "nearest pixel",
            "bilinear": "bilinear",
            "area": "area (averages when shrinking)",
            "lanczos": "Lanczos",
        },
    ),
    "fit": (
        "What becomes of a picture whose sides have another ratio",
        {
            "stretch": "stretch: all of it, distorted",
            "centre": "centre: the middle of it, cut",
            "pad": "pad: all of it, with margins",
        },
    ),
    "outputs": (
        "What the network's last values are, where it ends in no softmax or sigmoid that would tell",
        {
            "logits": "logits: one class of many, before the softmax (one unit: before the sigmoid)",
            "label logits": "label logits: each class on its own, before the sigmoid",
            "probabilities": "probabilities of one class of many",
            "label probabilities": "probabilities, each class on its own",
            "numbers": "plain numbers, no probabilities",
        },
    ),
}
