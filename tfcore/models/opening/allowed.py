"""What a model file may name and still open without trust: parts of Keras that compute numbers and do nothing else.

Every name is looked up here and written into the configuration anew, so that nothing but these parts is ever asked
of Keras. What is missing on purpose: whatever runs functions (Lambda, Switch, Map, Scan, WhileLoop …), reads or writes
files (TFSMLayer, StringLookup, TextVectorization …), makes arrays whose size no shape shows (Arange, Equalization,
CategoryEncoding …) or belongs to tables, texts and sound.
"""

from __future__ import annotations


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


LAYERS = _names("""
    InputLayer Dense EinsumDense Embedding ReversibleEmbedding Identity Masking
    Activation ELU LeakyReLU PReLU ReLU Softmax
    Conv1D Conv2D Conv3D Convolution1D Convolution2D Convolution3D
    Conv1DTranspose Conv2DTranspose Conv3DTranspose
    Convolution1DTranspose Convolution2DTranspose Convolution3DTranspose
    DepthwiseConv1D DepthwiseConv2D SeparableConv1D SeparableConv2D SeparableConvolution1D SeparableConvolution2D
    MaxPooling1D MaxPooling2D MaxPooling3D MaxPool1D MaxPool2D MaxPool3D
    AveragePooling1D AveragePooling2D AveragePooling3D AvgPool1D AvgPool2D AvgPool3D
    GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D GlobalMaxPool1D GlobalMaxPool2D GlobalMaxPool3D
    GlobalAveragePooling1D GlobalAveragePooling2D GlobalAveragePooling3D
    GlobalAvgPool1D GlobalAvgPool2D GlobalAvgPool3D
    AdaptiveAveragePooling1D AdaptiveAveragePooling2D AdaptiveAveragePooling3D
    AdaptiveMaxPooling1D AdaptiveMaxPooling2D AdaptiveMaxPooling3D
    Add Average Concatenate Dot Maximum Minimum Multiply Subtract
    BatchNormalization GroupNormalization LayerNormalization RMSNormalization SpectralNormalization UnitNormalization
    Flatten Permute RepeatVector Reshape Cropping1D Cropping2D Cropping3D
    UpSampling1D UpSampling2D UpSampling3D ZeroPadding1D ZeroPadding2D ZeroPadding3D
    AdditiveAttention Attention GroupQueryAttention GroupedQueryAttention MultiHeadAttention
    ActivityRegularization AlphaDropout Dropout GaussianDropout GaussianNoise
    SpatialDropout1D SpatialDropout2D SpatialDropout3D
    Normalization Rescaling Resizing CenterCrop AutoContrast Solarization
    RandAugment RandomBrightness RandomColorDegeneration RandomColorJitter RandomContrast RandomCrop
    RandomElasticTransform RandomErasing RandomFlip RandomGaussianBlur RandomGrayscale RandomHue RandomInvert
    RandomPerspective RandomPosterization RandomRotation RandomSaturation RandomSharpness RandomShear
    RandomTranslation RandomZoom
    Bidirectional TimeDistributed RNN StackedRNNCells SimpleRNN SimpleRNNCell GRU GRUCell LSTM LSTMCell
    ConvLSTM1D ConvLSTM2D ConvLSTM3D
    """)

MODELS = {
    "Sequential": ("keras", "Sequential"),
    "Functional": ("keras.src.models.functional", "Functional"),
    # What Keras makes of a Model with inputs and outputs.
    "Model": ("keras.src.models.functional", "Functional"),
}

# Bare operations among the layers, by the module of keras.src.ops that holds them; the first that has a name counts.
OPERATIONS = {
    "numpy": _names("""
        Add Subtract Multiply Divide DivideNoNan TrueDivide FloorDivide Power Mod Fmod Negative Reciprocal
        Maximum Minimum Fmax Fmin Hypot Arctan2 Logaddexp Logaddexp2 Heaviside
        Absolute Abs Fabs Sign Square Sqrt Cbrt Exp Exp2 Expm1 Log Log10 Log1p Log2
        Sin Cos Tan Sinc Arcsin Arccos Arctan Sinh Cosh Tanh Arcsinh Arccosh Arctanh Deg2rad Rad2deg
        Ceil Floor Round Trunc Clip NanToNum Copy ZerosLike OnesLike
        Equal NotEqual Greater GreaterEqual Less LessEqual Isclose Isfinite Isinf Isnan Signbit
        LogicalAnd LogicalNot LogicalOr LogicalXor Where
        Mean Sum Prod Max Min Amax Amin Std Var Any All Argmax Argmin Average CountNonzero Cumprod Cumsum
        Median Percentile Quantile Ptp Trace Diff
        Nanargmax Nanargmin Nancumprod Nancumsum Nanmax Nanmean Nanmedian Nanmin Nanpercentile Nanprod Nanquantile
        Nanstd Nansum Nanvar
        Reshape Ravel Transpose Swapaxes Moveaxis Squeeze ExpandDims BroadcastTo GetItem Take TakeAlongAxis
        Concatenate Stack Hstack Vstack Dstack Split ArraySplit Hsplit Vsplit Dsplit
        Flip Fliplr Flipud Roll Rot90 Tile Repeat Pad Diagonal Tril Triu Sort Argsort
        Matmul Dot Einsum Tensordot Inner Outer Vdot Cross
        """),
    "nn": _names("""
        Relu Relu6 Sigmoid SparseSigmoid Softplus Softsign SoftShrink SparsePlus Silu Squareplus LogSigmoid LeakyRelu
        HardSigmoid HardSilu Elu Selu Gelu Celu Glu TanhShrink HardTanh HardShrink Threshold
        Softmax LogSoftmax Sparsemax
        MaxPool AveragePool AdaptiveMaxPool AdaptiveAveragePool Conv DepthwiseConv SeparableConv ConvTranspose
        Moments BatchNorm LayerNorm RMSNorm Normalize DotProductAttention DepthToSpace SpaceToDepth Unfold Fold
        """),
    "math": _names("Logsumexp Rsqrt Erf Erfc Erfinv TopK"),
    "core": _names("Cast SaturateCast StopGradient Unstack"),
    "image": _names("RGBToGrayscale RGBToHSV HSVToRGB Resize ExtractPatches PadImages CropImages SobelEdges"),
    "linalg": frozenset(["Norm"]),
    "einops": frozenset(["Rearrange"]),
}

# Everything else that a setting may hold: kind → its module, its classes, and the names of its functions.
SHELVES = {
    "activation": (
        "keras.activations",
        frozenset(),
        _names("""
            celu elu exponential gelu glu hard_shrink hard_sigmoid hard_silu hard_swish hard_tanh leaky_relu linear
            log_sigmoid log_softmax mish relu relu6 selu sigmoid silu swish soft_shrink softmax softplus softsign
            sparse_plus sparse_sigmoid sparsemax squareplus tanh tanh_shrink threshold
            """),
    ),
    "initializer": (
        "keras.initializers",
        _names("""
            Constant GlorotNormal GlorotUniform HeNormal HeUniform Identity IdentityInitializer LecunNormal
            LecunUniform Ones Orthogonal OrthogonalInitializer RandomNormal RandomUniform TruncatedNormal
            VarianceScaling Zeros
            """),
        _names("""
            glorot_normal glorot_uniform he_normal he_uniform identity lecun_normal lecun_uniform ones one orthogonal
            random_normal random_uniform normal uniform truncated_normal variance_scaling zeros zero
            """),
    ),
    "regularizer": (
        "keras.regularizers",
        frozenset(["L1", "L2", "L1L2", "OrthogonalRegularizer"]),
        frozenset(["l1", "l2", "orthogonal_regularizer"]),
    ),
    "constraint": (
        "keras.constraints",
        frozenset(["MaxNorm", "MinMaxNorm", "NonNeg", "UnitNorm"]),
        frozenset(["max_norm", "min_max_norm", "non_neg", "unit_norm"]),
    ),
    "policy": (
        "keras.dtype_policies",
        frozenset(
            ["DTypePolicy", "FloatDTypePolicy", "DTypePolicyMap", "QuantizedDTypePolicy", "QuantizedFloat8DTypePolicy"]
        ),
        frozenset(),
    ),
    "seed": ("keras.random", frozenset(["SeedGenerator"]), frozenset()),
}

DTYPES = _names("""
    float16 bfloat16 float32 float64 int8 int16 int32 int64 uint8 uint16 uint32 uint64 bool
    """)
POLICIES = DTYPES | {"mixed_float16", "mixed_bfloat16"}

# Texts that a call may be given.
WORDS = DTYPES | _names("""
    valid same causal channels_last channels_first constant reflect symmetric edge nearest bilinear bicubic area
    lanczos3 lanczos5 max average
    """)

# What the graph of a SavedModel may run. Missing on purpose: files, texts, tables, queues, Python, devices, debugging,
# loops, and whatever comes from elsewhere.
GRAPH = _names("""
    Placeholder PlaceholderWithDefault Const NoOp Identity IdentityN StopGradient PreventGradient Snapshot EnsureShape
    VarHandleOp ReadVariableOp ResourceGather VarIsInitializedOp AssignVariableOp DisableCopyOnRead
    PartitionedCall StatefulPartitionedCall If StatelessIf Case StatelessCase
    Add AddV2 AddN AccumulateNV2 Sub Mul MulNoNan Div DivNoNan RealDiv FloorDiv TruncateDiv Mod FloorMod Pow Neg Inv
    Reciprocal Abs Sign Square Sqrt Rsqrt SquaredDifference Exp Expm1 Log Log1p Xlogy Xlog1py Xdivy
    Sin Cos Tan Asin Acos Atan Atan2 Sinh Cosh Tanh Asinh Acosh Atanh Erf Erfc Erfinv Ndtri Lgamma Digamma
    Ceil Floor Round Rint Maximum Minimum ClipByValue IsNan IsInf IsFinite
    Equal NotEqual ApproximateEqual Greater GreaterEqual Less LessEqual LogicalAnd LogicalOr LogicalNot Select SelectV2
    BitwiseAnd BitwiseOr BitwiseXor Invert LeftShift RightShift Cast Bitcast
    Sum Mean Prod Max Min All Any ArgMax ArgMin Cumsum Cumprod EuclideanNorm L2Loss TopK TopKV2 InTopKV2 BiasAdd
    BiasAddV1 UnsortedSegmentSum SegmentSum SegmentMean Bincount
    Reshape Transpose ExpandDims Squeeze Shape ShapeN Size Rank Concat ConcatV2 ConcatOffset Split SplitV Pack Unpack
    Slice StridedSlice Gather GatherV2 GatherNd ScatterNd TensorScatterUpdate TensorScatterAdd Tile Pad PadV2 MirrorPad
    BroadcastTo BroadcastArgs Fill ZerosLike OnesLike Range LinSpace OneHot Where Reverse ReverseV2 Roll
    InvertPermutation MatrixBandPart MatrixDiag MatrixDiagV3 MatrixDiagPartV3 MatrixSetDiagV3 DepthToSpace
    SpaceToDepth BatchToSpaceND SpaceToBatchND BatchToSpace SpaceToBatch Unique UniqueV2
    MatMul BatchMatMul BatchMatMulV2 BatchMatMulV3 Einsum Cross
    Conv2D Conv3D Conv DepthwiseConv2dNative Conv2DBackpropInput Conv3DBackpropInputV2 Dilation2D
    MaxPool MaxPoolV2 MaxPool3D MaxPoolWithArgmax AvgPool AvgPool3D ExtractImagePatches
    FusedBatchNorm FusedBatchNormV2 FusedBatchNormV3 LRN
    Relu Relu6 LeakyRelu Elu Selu Softplus Softsign Sigmoid Softmax LogSoftmax
    QuantizeV2 Dequantize QuantizeAndDequantizeV2 QuantizeAndDequantizeV3 FakeQuantWithMinMaxArgs
    FakeQuantWithMinMaxVars FakeQuantWithMinMaxVarsPerChannel
    ResizeBilinear ResizeNearestNeighbor ResizeBicubic ResizeArea ScaleAndTranslate CropAndResize AdjustContrastv2
    AdjustHue AdjustSaturation RGBToHSV HSVToRGB ImageProjectiveTransformV2 ImageProjectiveTransformV3
    RandomUniform RandomUniformInt RandomStandardNormal TruncatedNormal StatelessRandomUniformV2
    StatelessRandomNormalV2 StatelessRandomGetKeyCounter StatelessRandomGetAlg
    """)
