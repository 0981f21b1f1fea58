"""What layers and their settings were called in Keras 1 and 2."""

from __future__ import annotations

from typing import Any

# Layer types that go by another name today and are otherwise the same at inference.
TODAY = {
    "Convolution1D": "Conv1D",
    "Convolution2D": "Conv2D",
    "Convolution3D": "Conv3D",
    "AtrousConvolution2D": "Conv2D",
    "SeparableConvolution2D": "SeparableConv2D",
    "SeparableConvolution1D": "SeparableConv1D",
    "Convolution2DTranspose": "Conv2DTranspose",
    "BatchNormalizationV1": "BatchNormalization",
    "BatchNormalizationV2": "BatchNormalization",
    "SyncBatchNormalization": "BatchNormalization",
    "GlobalAvgPool2D": "GlobalAveragePooling2D",
    "GlobalMaxPool2D": "GlobalMaxPooling2D",
    "AvgPool2D": "AveragePooling2D",
    "MaxPool2D": "MaxPooling2D",
    "ThresholdedReLU": "ReLU",
    # The dropout of a widespread EfficientNet package; all dropouts pass everything at inference.
    "FixedDropout": "Dropout",
    # Augmentation that Keras 3 dropped; at inference they did nothing.
    "RandomHeight": "Identity",
    "RandomWidth": "Identity",
    "Merge": "Merge",
}

# Settings of Keras 1, for whatever layer they stand in.
SETTINGS = {
    "nb_filter": "filters",
    "subsample": "strides",
    "subsample_length": "strides",
    "filter_length": "kernel_size",
    "atrous_rate": "dilation_rate",
    "border_mode": "padding",
    "dim_ordering": "data_format",
    "bias": "use_bias",
    "output_dim": "units",
    "p": "rate",
    "sigma": "stddev",
    "length": "pool_size",
}
# Settings of single layers of Keras 2.
SETTINGS_OF = {"LeakyReLU": {"alpha": "negative_slope"}, "ThresholdedReLU": {"theta": "threshold"}}
ONLY_KERAS_1 = {"border_mode", "nb_filter", "dim_ordering", "output_dim", "init", "p", "concat_axis"}
_VALUES = {
    ("data_format", "tf"): "channels_last",
    ("data_format", "th"): "channels_first",
    ("data_format", "default"): "channels_last",
}

MERGES = {
    "sum": "Add",
    "mul": "Multiply",
    "concat": "Concatenate",
    "ave": "Average",
    "max": "Maximum",
    "dot": "Dot",
}

# They shape the start of training; the file's weights replace what they drew.
STARTS = ("init", "inner_init", "forget_bias_init", "beta_init", "gamma_init", "weights")
# They act while training; the network computes the same without them.
TRAINING = ("W_regularizer", "b_regularizer", "beta_regularizer", "gamma_regularizer", "W_constraint", "b_constraint")
# Leftovers that say nothing about the function: accepted with these values, refused with any other.
IDLE = {
    "groups": (1,),
    "mode": (0,),
    "implementation": (0, 1, 2),
}
# Left out whatever they say.
ALWAYS_IDLE = (
    "batch_input_shape",
    "input_shape",
    "input_dtype",
    "input_dim",
    "input_length",
    "fused",
    "virtual_batch_size",
    "adjustment",
    "renorm_clipping",
    "renorm_momentum",
    "experimental_autocast",
    "autocast",
    "optional",
    "type_spec",
    "synchronized",
    "create_input",
    "dynamic",
    "time_major",
    "trainable",
    "query_shape",
    "key_shape",
    "value_shape",
)


def value(setting: str, value: Any) -> Any:
    """What a setting says, in the words of Keras 3."""
    return _VALUES.get((setting, value), value) if isinstance(value, str) else value
