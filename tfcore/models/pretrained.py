"""The pretrained weights the zoo knows: whose they are, how they are recognised, where Keras would fetch them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_KERAS = "https://storage.googleapis.com/tensorflow/keras-applications/"


@dataclass(frozen=True)
class Pretrained:
    """ImageNet weights of one network; ``tensors`` and ``values`` count them without a classifier.

    ``folder`` is where Keras keeps the file; empty for timm's, which are brought by hand.
    """

    architecture: str
    file: str
    tensors: int
    values: int
    folder: str = ""
    md5: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)

    @property
    def timm(self) -> bool:
        return self.file.endswith(".safetensors")

    @property
    def url(self) -> str:
        return f"{_KERAS}{self.folder}/{self.file}" if self.folder else ""

    @property
    def name(self) -> str:
        """The network and the settings the weights are for.

        >>> pretrained("mobilenetv2", {"alpha": 0.35}).name
        'mobilenetv2 alpha 0.35'
        """
        return " ".join([self.architecture, *(f"{name} {value:g}" for name, value in self.params.items())])


def pretrained(architecture: str, settings: Mapping[str, Any]) -> Pretrained | None:
    """The ImageNet weights that fit the network with these settings."""
    of_it = (known for known in PRETRAINED if known.architecture == architecture)
    return next((known for known in of_it if known.params.items() <= settings.items()), None)


_MOBILE = "mobilenet_v2_weights_tf_dim_ordering_tf_kernels_{}_224_no_top.h5"
# By width; Keras publishes no hash of these.
_MOBILE_VALUES = {0.35: 410_208, 0.5: 706_224, 0.75: 1_382_064, 1.0: 2_257_984, 1.3: 3_766_048, 1.4: 4_363_712}
_NO_TOP = "_weights_tf_dim_ordering_tf_kernels_notop.h5"
_DENSE = "densenet"

PRETRAINED = (
    Pretrained("vgg16", f"vgg16{_NO_TOP}", 26, 14_714_688, "vgg16", "6d6bbae143d832006294945121d1f1fc"),
    Pretrained("densenet121", f"densenet121{_NO_TOP}", 604, 7_037_504, _DENSE, "30ee3e1110167f948a6b9946edeeb738"),
    Pretrained("densenet201", f"densenet201{_NO_TOP}", 1004, 18_321_984, _DENSE, "c13680b51ded0fb44dff2d8f86ac8bb1"),
    Pretrained("resnet50", f"resnet50{_NO_TOP}", 318, 23_587_712, "resnet", "4d473c1dd8becc155b73f8504c6f6626"),
    *(
        Pretrained("mobilenetv2", _MOBILE.format(alpha), 260, values, "mobilenet_v2", params={"alpha": alpha})
        for alpha, values in _MOBILE_VALUES.items()
    ),
    Pretrained("resnext50", "resnext50_32x4d.safetensors", 265, 23_048_128),
    Pretrained("sk-resnext50", "skresnext50_32x4d.safetensors", 441, 25_515_328),
    Pretrained("vit-tiny16", "vit_tiny_patch16_224.safetensors", 150, 5_524_416),
    Pretrained("vit-b16", "vit_base_patch16_224.safetensors", 150, 85_798_656),
)
