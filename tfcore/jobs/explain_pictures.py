"""Each of many pictures through methods at layers, with the files that are made of the heat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from tfcore.engine.context import Context
from tfcore.evaluate.verdict import with_verdicts
from tfcore.explain.beside import beside
from tfcore.explain.completeness import warning
from tfcore.explain.ending import Ending
from tfcore.explain.files import Explained, explain_files
from tfcore.explain.region import Region
from tfcore.explain.superpixels import outlined
from tfcore.figure import Display, export
from tfcore.figure.arrays import save_arrays
from tfcore.figure.display import nearly_flat
from tfcore.figure.save import WITH_RECORD
from tfcore.figure.words import BURNED_IN
from tfcore.jobs.part import Row, Source
from tfcore.pictures.address import file_of
from tfcore.pictures.many import WORKERS, Left
from tfcore.results import Heat
from tfcore.trust.ensemble import Ensemble


def explain_pictures(
    context: Context,
    parts: Iterable[Sequence[Source]],
    models: Mapping[str, Any],
    methods: Mapping[str, Mapping[str, Any]],
    layers: Sequence[str | None],
    figures: Mapping[str, Any],
    target: Any = None,
    region: str | None = None,
    heads: bool = False,
    verdict: bool = False,
    outlines: bool = False,
    below: Mapping[str, str] | None = None,
) -> Iterator[Row]:
    """A row for each, with what is to be said of it; its files are those named beside its address.

    ``figures`` says what they are (see :class:`_Files`). Files of many slices together lie ``below`` the folder of
    results as their own do, and are told of in the last row.
    """
    asked = context.models.together(**models)
    part = None if region is None else Region.of(region)
    begun, parted = Path(figures["out"]) / "parts", context.job.kind == "part"
    ending = Ending(begun / "begun.npz", context.ended)
    written = _Files(below or {}, **figures)
    # Of which there is an estimate only, since the run was ended.
    unfinished: set[Path] = set()

    def explained() -> Iterator[Explained | Left]:
        nonlocal ending
        for some in parts:
            if ending.came:
                return
            if parted:
                # Parts are asked side by side, and each goes on from its own.
                ending.over()
                ending = Ending(
                    begun / f"begun-{sha256(repr([*some[0]]).encode()).hexdigest()[:12]}.npz", context.ended
                )
            written.plan(some)
            paths = [Path(source[0]) for source in some]
            if isinstance(asked, Ensemble):
                yield from asked.explain_files(paths, list(methods), layers, target, methods, part)
            else:
                how: dict[str, Any] = {"region": part, "heads": heads, "ending": ending}
                for one in explain_files(asked, paths, list(methods), layers, target, methods, **how):
                    if ending.came and isinstance(one, Left) and not one.sentence:
                        return
                    if ending.came:
                        unfinished.add(one.path)
                    # Whoever ends the run waits for no verdict.
                    yield from with_verdicts(asked, [one]) if verdict and not ending.came else [one]
        if parted and not ending.came:
            # Who has the rows of the last part may ask for no more.
            ending.over()

    def write(one: Explained) -> list[Path]:
        if outlines and not isinstance(asked, Ensemble):
            one = replace(one, heats=outlined(asked, one.picture, one.heats))
        return written.write(one)

    held: Row | None = None
    try:
        for one, made in beside(explained(), write, written.threads):
            if parted and one.path in unfinished:
                # A part is done with all of its pictures or begun again.
                ending.over()
            if held is not None:
                yield held
            held = _left(one) if isinstance(one, Left) else row_of(one, made)
            if not written.gathering:
                yield held
                held = None
        if held is not None:
            yield held if ending.came else held | written.volumes()
        ending.over()
    except BaseException as error:
        # What was explained stays explained, whatever ends the run.
        for gathered in written.gathering:
            for path, slices in gathered.save(whole=False).items():
                error.add_note(f"The heat of {slices} is in {path}.")
        raise


class _Files:
    """The files of each picture, and those of all slices of a volume together."""

    def __init__(
        self,
        below: Mapping[str, str],
        formats: Iterable[str],
        out: Path,
        overwrite: bool,
        display: Mapping[str, Any],
        dpi: int,
        layout: str,
        keep_identity: bool,
        masks: Sequence[str],
    ) -> None:
        self._below, self._overwrite = below, overwrite
        self._files: dict[Path, list[Path]] = {}
        self._display, self._dpi, self._layout, self._keep_identity = Display(**display), dpi, layout, keep_identity
        # Packing maps takes longer than finding them, and each file of them can be packed by itself.
        self.threads = WORKERS if set(formats) == {"npz"} else 1
        self.gathering: list[Any] = []
        if "nii" in formats:
            from tfcore.figure.volumes import HeatVolumes

            self.gathering.append(HeatVolumes(out, overwrite))
        if "planes" in formats:
            from tfcore.figure.heat_planes import HeatPlanes

            self.gathering.append(HeatPlanes(out, overwrite, self._display, dpi))
        if {"dicom", "dicom-seg"} & set(formats):
            from tfcore.figure.dicom.gathered import HeatMaps, HeatMasks

            how = (out, overwrite, keep_identity)
            self.gathering += [HeatMaps(*how, self._display)] if "dicom" in formats else []
            self.gathering += [HeatMasks(*how, *masks)] if "dicom-seg" in formats else []

    def plan(self, sources: Iterable[Source]) -> None:
        """These come next, each with its files."""
        self._files |= {Path(address): [Path(file) for file in made] for address, *made in sources}

    def write(self, found: Explained) -> list[Path]:
        """The files of a picture, that of a figure's record left out."""
        for gathered in self.gathering:
            for heat in found.heats:
                gathered.add(found.picture, heat, Path(self._below.get(str(file_of(found.path)), "")))
        items = [(heat, found.picture) for heat in found.heats]
        files = [file for file in self._files.pop(found.path) if file.suffix != ".json"]
        if not files:
            return []
        # The record lies beside a figure and names all of its files.
        first, *others = sorted(files, key=lambda file: file.suffix == ".npz")
        if first.suffix == ".npz":
            save_arrays(items, first, self._overwrite)
        else:
            how: dict[str, Any] = {"also": others, "overwrite": self._overwrite, "keep_identity": self._keep_identity}
            export(items, first, self._display, self._dpi, layout=self._layout, **how)
        return files

    def volumes(self) -> Row:
        """Files that hold the heat of many slices, and of how many."""
        made = [[str(path), str(slices)] for each in self.gathering for path, slices in each.save().items()]
        return {"volumes": made, "problems": [said for each in self.gathering for said in each.problems]}


def _left(one: Left) -> Row:
    return {"path": one.path, "error": one.sentence}


def row_of(found: Explained, files: Sequence[Path]) -> Row:
    # Each goes on from the name of the picture.
    notes = []
    if (shift := found.heats[0].shift) and shift.words:
        notes.append(f": {shift.words}")
    for heat in found.heats:
        if said := warning(heat.params, heat.facts):
            notes.append(f", {heat.method}: {said}")
        if heat.verdict is not None:
            notes.append(f", {heat.method}, {heat.place}: {heat.verdict.words}")
    # What the network says is told once for all heats of the same answer.
    answered = [(heat.weights, id(heat.probabilities), id(heat.shift)) for heat in found.heats]
    answers = dict(zip(answered, found.heats, strict=True))
    places = {each: place for place, each in enumerate(answers)}
    row: Row = {"path": found.path, "files": list(map(str, files)), "heats": list(map(_facts, found.heats))}
    row |= {"answers": list(map(_answer, answers.values())), "answer": [places[each] for each in answered]}
    row |= {"notes": notes} if notes else {}
    burned_in = found.picture.burned_in and {file.suffix for file in files} & set(WITH_RECORD)
    return row | ({"burned_in": BURNED_IN} if burned_in else {})


def heats_told(row: Row) -> list[dict[str, Any]]:
    """The heats of a row, each with what the network says."""
    return [row["answers"][place] | heat for place, heat in zip(row["answer"], row["heats"], strict=True)]


def _answer(heat: Heat) -> dict[str, Any]:
    return {
        "weights": heat.weights,
        "prediction": heat.classes[int(heat.probabilities.argmax())],
        "probabilities": dict(zip(heat.classes, map(float, heat.probabilities), strict=True)),
        **({} if heat.shift is None else {"shift": heat.shift.as_dict()}),
    }


def _facts(heat: Heat) -> dict[str, Any]:
    return {
        "method": heat.method,
        "layer": heat.layer,
        "params": heat.params,
        "target": heat.classes[heat.target],
        "region": heat.region or None,
        "degenerate": heat.degenerate,
        "nearly_flat": nearly_flat(heat),
        "seconds": heat.seconds,
        "facts": heat.facts,
        **({} if heat.verdict is None else {"verdict": heat.verdict.as_dict()}),
    }
