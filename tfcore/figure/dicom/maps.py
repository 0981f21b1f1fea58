"""Heat as a DICOM Parametric Map, and what lies above a threshold of it as a DICOM Segmentation."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from tfcore.errors import HeatlensError
from tfcore.figure import words
from tfcore.figure.dicom.derived import described, equipment, finished, plain, sources, study_of
from tfcore.figure.dicom_kinds import MASK_AT, MASK_KINDS
from tfcore.figure.display import Display, limits, table
from tfcore.figure.volumes import on_picture
from tfcore.files import written_whole
from tfcore.marks import PROGRAM, version
from tfcore.pictures import Picture, Volume, volume
from tfcore.pictures.address import PLANES, Address, parse
from tfcore.pictures.channels import is_case
from tfcore.pictures.dicom.origin import Origin, Stack, origins, stack_of
from tfcore.pictures.formats import HEAD, format_of
from tfcore.pictures.source import contents
from tfcore.pictures.turning import turned_back
from tfcore.pictures.volumes import place, stored
from tfcore.pictures.voxels import laid_down
from tfcore.results import Heat


@dataclass(frozen=True, eq=False)
class Mapped:
    """A slice's heat at every pixel of it, and which slice of which DICOM file or series it is of."""

    heat: Heat
    stack: Stack
    values: np.ndarray
    # Of the map as the network has it, by which a mask of the slice begins.
    mean: float
    sd: float

    @classmethod
    def of(cls, heat: Heat, picture: Picture) -> Mapped:
        """A sentence for what is no DICOM picture."""
        address, values = parse(picture.path), on_picture(heat, picture.height, picture.width)
        if address.plane or (address.file.is_dir() and is_case(address.file)):
            address, values = _as_stored(volume(picture.path), address, values)
        if not is_dicom(address):
            raise HeatlensError(
                f"{picture.path} is no DICOM picture that a DICOM map could refer to; choose npz, nii or dicom-sc."
            )
        wide = heat.map.astype(np.float64)
        return cls(heat, stack_of(address), values, float(wide.mean()), float(wide.std()))

    def above(self, at: str) -> np.ndarray:
        """The mask of the slice."""
        found: np.ndarray = self.values > threshold(at, self.mean, self.sd)
        return found & (not self.heat.degenerate)


def _as_stored(whole: Volume, address: Address, values: np.ndarray) -> tuple[Address, np.ndarray]:
    """Which slice of its series a plane of a volume is, and the values as that one lies."""
    source = stored(whole, address)
    if source is None and is_dicom(parse(whole.path)):
        raise HeatlensError(
            f"{address} is cut from a series and none of its pictures, which a DICOM map refers to; explain "
            "the series slice by slice (#12), or choose nii or dicom-sc."
        )
    plane = PLANES.index(place(whole, address)[0])
    lying = turned_back(np.expand_dims(laid_down(values), plane), whole.turned)[:, :, 0].T
    return source or address, lying


def is_dicom(address: Address) -> bool:
    """Whether it is of a DICOM series, or in a DICOM file; a case is its channels."""
    if address.file.is_dir() and is_case(address.file):
        return False
    return address.file.is_dir() or format_of(contents(address.file, part=HEAD), address.file) == "dicom"


def threshold(at: str, mean: float = 0.0, sd: float = 0.0) -> float:
    """The value above which a mask is; a sentence for what is neither ``mean+std`` nor a number."""
    if at == MASK_AT.default:
        return mean + sd
    try:
        found = float(at)
    except ValueError:
        found = np.nan
    if not np.isfinite(found):
        raise HeatlensError(f"A mask cannot begin at {at!r}; write mean+std or a number.")
    return found


def parametric_map(
    slices: Sequence[Mapped],
    path: str | Path,
    display: Display | None = None,
    keep_identity: bool = False,
    overwrite: bool = False,
) -> Path:
    """The path of a Parametric Map of the slices: raw heat in 32-bit floats, a frame for each slice.

    It has the place in space of the pictures it is of and refers to them; ``display`` says by which window viewers
    show it first. With ``keep_identity`` it is of the same patient and study, else of nobody.
    """
    slices, found = _in_order(slices), [_somewhere(one, slices[0].heat) for one in _origins(slices)]
    display = display or Display()
    low, high = limits([one.values for one in slices], slices[0].heat.signed, display)
    values = np.stack([one.values for one in slices]).astype(np.float32)

    def made(hd: Any, common: dict[str, Any]) -> Any:
        from pydicom.sr.codedict import codes

        mapping = hd.pm.RealWorldValueMapping(
            lut_label="HEAT",
            lut_explanation=plain(f"{slices[0].heat.method}, raw"),
            unit=codes.UCUM.NoUnits,
            value_range=(float(values.min()), float(values.max())),
            slope=1.0,
            intercept=0.0,
        )
        window = hd.VOILUTTransformation(
            window_center=(low + high) / 2, window_width=high - low, voi_lut_function="LINEAR_EXACT"
        )
        return hd.pm.ParametricMap(
            pixel_array=values,
            contains_recognizable_visual_features=False,
            real_world_value_mappings=[mapping],
            voi_lut_transformations=[window],
            content_label="HEAT",
            **common,
        )

    return _written(made, slices, found, path, "raw values, not normalised", keep_identity, overwrite)


def segmentation(
    slices: Sequence[Mapped],
    path: str | Path,
    at: str = MASK_AT.default,
    kind: str = "binary",
    keep_identity: bool = False,
    overwrite: bool = False,
) -> Path:
    """The path of a Segmentation of what lies above a threshold of the heat, a frame for each slice.

    ``at`` is ``mean+std`` (each slice by its own, as in the metric iou) or a value of the map; ``kind`` is ``binary``
    or ``labelmap``.
    """
    if kind not in MASK_KINDS:
        raise HeatlensError(f"A mask is written as {' or '.join(MASK_KINDS)}, not as {kind!r}.")
    slices, found = _in_order(slices), _origins(slices)
    masks = np.stack([one.above(at) for one in slices]).astype(np.uint8)
    heat = slices[0].heat

    def made(hd: Any, common: dict[str, Any]) -> Any:
        from pydicom.sr.codedict import codes

        segment = hd.seg.SegmentDescription(
            segment_number=1,
            segment_label=plain(f"{words.class_name(heat, heat.target)}: {heat.method} > {at}"),
            segmented_property_category=codes.cid7150.SpatialAndRelationalConcept,
            segmented_property_type=codes.DCM.ImageRegion,
            algorithm_type="AUTOMATIC",
            algorithm_identification=hd.AlgorithmIdentificationSequence(
                name=plain(heat.method),
                family=codes.cid7162.ArtificialIntelligence,
                version=version(),
                source=PROGRAM,
            ),
            display_color=hd.color.CIELabColor.from_rgb(*(int(part) for part in table("viridis")[220])),
        )
        return hd.seg.Segmentation(
            pixel_array=masks,
            segmentation_type=kind.upper(),
            segment_descriptions=[segment],
            omit_empty_frames=False,
            content_label="HEATMASK",
            **common,
        )

    return _written(made, slices, found, path, f"the mask is where it is above {at}", keep_identity, overwrite)


def _in_order(slices: Sequence[Mapped]) -> list[Mapped]:
    if not slices:
        raise HeatlensError("There is no slice to write; give at least one.")
    first = slices[0]
    alike = {(one.stack.file, one.stack.place, one.values.shape, one.heat.method, one.heat.layer) for one in slices}
    if len(alike) > 1:
        raise HeatlensError(
            f"{first.heat.path} and others are not slices of one series and size, explained in one way; write a DICOM "
            "file for each."
        )
    return sorted(slices, key=lambda one: one.stack.index)


def _origins(slices: Sequence[Mapped]) -> list[Origin]:
    ordered = sorted(slices, key=lambda one: one.stack.index)
    return origins([one.stack.slices[one.stack.index] for one in ordered])


def _somewhere(origin: Origin, heat: Heat) -> Origin:
    """A map has to lie in space: a picture that is nowhere, as an X-ray, has a space of its own."""
    if origin.corner:
        return origin
    if origin.spacing is None:
        raise HeatlensError(
            f"{heat.path} names neither its place nor the size of its pixels, which a DICOM map has to; choose "
            "dicom-seg, dicom-sc or npz."
        )
    uids = origin.uids | {"FrameOfReferenceUID": ""}
    return replace(origin, uids=uids, corner=(0.0, 0.0, 0.0), axes=(1.0, 0.0, 0.0, 0.0, 1.0, 0.0))


def _written(
    make: Any,
    slices: Sequence[Mapped],
    found: Sequence[Origin],
    path: str | Path,
    done: str,
    keep_identity: bool,
    overwrite: bool,
) -> Path:
    # A second and a half to import.
    import highdicom

    path, heat = Path(path), slices[0].heat
    common = {
        "source_images": sources(found, study_of(found, keep_identity)),
        "content_description": described(heat),
        **equipment(),
    }
    try:
        with warnings.catch_warnings():
            # Remarks on odd names of patients would quote them.
            warnings.simplefilter("ignore")
            whose = slices[0].stack.slices[slices[0].stack.index].path if keep_identity else None
            content = finished(make(highdicom, common), found, heat, done, whose)
    except HeatlensError:
        raise
    # It complains in many ways about pictures that say too little of themselves.
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, RuntimeError) as error:
        raise HeatlensError(
            f"{heat.path} says too little of itself, or something odd, for a DICOM file that refers to it; choose "
            "another format."
        ) from error
    with written_whole(path, overwrite) as temporary:
        temporary.write_bytes(content)
    return path
