"""The methods section of a paper: sentences from what is known. What is not known is not said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tfcore.registry.specs import INPUT
from tfcore.report.methods import citations
from tfcore.report.methods.known import Known
from tfcore.report.methods.session import of_session
from tfcore.report.methods.words import Said, and_, answers, learnt, options, preprocessed
from tfcore.training.settings import BEST, PIXELS_BEST
from tfcore.words import counted

# What the program noted: for the authors, not for their text.
REMARKS = "notes of the program"
# Topics in their order, by which a checklist finds its sentences.
TOPICS = (
    *("data", "split", "exclusions", "preprocessing", "model", "output", "training", "selection", "software"),
    *("explanation", "measures", "performance", "calibration", "shift", "validation of explanations", "review"),
    REMARKS,
)


def sentences(known: Known) -> list[Said]:
    """(topic, sentence, entries cited) in the order of :data:`TOPICS`."""
    if known.session is not None:
        card = known.session.card
        found = [*of_session(known.session), *_honesty({}, {} if card is None else card.as_dict())]
    else:
        found = [*(_evaluation(known) if known.evaluation else _run(known))]
    return sorted(found, key=lambda said: TOPICS.index(said[0]))


def _run(known: Known) -> Iterator[Said]:
    report, settings, card = known.report, known.settings, known.card
    how: Mapping[str, Any] = settings.get("settings", {})
    yield from _split(known)
    if left := report.get("left out"):
        yield "exclusions", f"{counted(left, 'test picture')} could not be read and were left out.", ()
    if card.get("input_shape"):
        yield "preprocessing", preprocessed(card), ()
    if augment := how.get("augment"):
        yield "preprocessing", f"Training pictures were augmented: {augment}.", ()
    parameters = f" with {report['parameters']:,} parameters" if "parameters" in report else ""
    start = "pretrained weights" if settings.get("weights") else "random weights"
    arch = settings.get("arch", report.get("arch"))
    yield (
        "model",
        f"The network was {arch}{options(settings.get('architecture', {}))}{parameters}, initialised with {start}.",
        (),
    )
    if card.get("classes"):
        yield "output", answers(card), ()
    if versions := known.versions:
        yield "software", _software("Training was done", report.get("heatlens", ""), versions), _PROGRAMS_CITED
    if how:
        kept = f"seed {settings.get('seed')}; recipe {report['recipe']} of Heatlens"
        yield "training", f"It was trained on {learnt(how, card.get('task', ''))} ({kept}).", ()
    if by := report.get("chosen by"):
        chosen = {**PIXELS_BEST, **BEST}.get(by, f"the best validation {by}")
        said = f"In each run the weights of the epoch with {chosen} were kept."
        if "best epoch" in report:
            said = f"The weights of epoch {report['best epoch']} of {report['epochs']} were kept, which had {chosen}."
        yield "selection", said, ()
    yield from _performance(report)
    yield from _honesty(report, card)
    for note in report.get("notes", ()):
        yield REMARKS, note, ()


def _split(known: Known) -> Iterator[Said]:
    report, sides = known.report, known.report.get("pictures", {})
    if known.labels:
        parts = and_([f"{count} of {name}" for name, count in known.labels.items()])
        yield "data", f"The data held {counted(sum(known.labels.values()), 'labelled picture')}: {parts}.", ()
    if sides:
        parts = and_([f"{_SIDES.get(name, name)} (n = {count})" for name, count in sides.items()])
        yield "split", f"The pictures were split into {parts} sets.", ()
    if "folds" in report:
        yield "split", f"{report['folds']}-fold cross-validation was used.", ()
    if "seeds" in report:
        yield "split", f"Training was repeated from {report['seeds']} seeds on the same split.", ()
    if known.patients and not sides:
        yield "split", f"The pictures were of {counted(sum(known.patients.values()), 'patient')}.", ()
    elif known.patients:
        parts = and_([f"{count} in the {_SIDES.get(name, name)} set" for name, count in known.patients.items()])
        yield "split", f"The numbers of patients were {parts}.", ()
    else:
        said = "The data name no patients, so it is not known whether pictures of one patient lie in two sets."
        yield "split", said, ()
    if "leaks" in report:
        pairs = counted(report["leaks"], "pair") if report["leaks"] else "No pair"
        dropped = report.get("dropped duplicates", 0)
        removed = f"{counted(dropped, 'duplicate')} had been removed before" if dropped else "no duplicate was removed"
        yield "split", f"{pairs} of equal or nearly equal pictures lay in two sets; {removed}.", ()


def _performance(report: Mapping[str, Any]) -> Iterator[Said]:
    if "accuracy interval" in report:
        low, high = report["accuracy interval"]
        yield (
            "measures",
            "Accuracy is given with its 95 % interval (Wilson); macro F1 and mean AUC (each class against all others) "
            "are means over the classes.",
            (),
        )
        told = [f"accuracy was {report['accuracy']:.3f} (95 % interval {low:.3f} to {high:.3f})"]
        told += [f"macro F1 {report['macro']['f1']:.3f}"]
        told += [f"mean AUC {report['macro auc']:.3f}"] if report.get("macro auc") is not None else []
        yield "performance", f"On {counted(report['n'], 'test picture')} {and_(told)}.", ()
        recalls = {name: row for name, row in report["classes"].items() if row["recall"] is not None}
        each = [f"{row['recall']:.3f} for {name} (n = {row['support']})" for name, row in recalls.items()]
        yield "performance", f"Recall was {and_(each)}.", ()
    for name, region in report.get("regions", {}).items():
        dice = region["dice"]
        if dice["mean"] is not None:
            interval = f" (95 % interval {dice['low']:.3f} to {dice['high']:.3f}, n = {dice['n']})"
            yield (
                "performance",
                f"The Dice coefficient of {name} was {dice['mean']:.3f}{interval if dice['low'] is not None else ''}.",
                (),
            )
    if kind := next((name for name in ("folds", "seeds") if name in report), None):
        told = [f"{mean:.3f} ± {report['sd'][name]:.3f} for {name}" for name, mean in report["mean"].items()]
        yield "performance", f"Over the {kind}, mean ± standard deviation was {and_(told)}.", ()


def _honesty(report: Mapping[str, Any], card: Mapping[str, Any]) -> Iterator[Said]:
    if kept := card.get("calibration"):
        on = f"{counted(kept['pictures'], 'picture')} ({kept['on']}){_trained_on(kept)}"
        said = f"Probabilities were calibrated by temperature scaling (T = {kept['temperature']:.3f}), fitted to {on}."
        yield "calibration", said, (citations.key("temperature"),)
    if errors := report.get("calibration", {}).get("test"):
        before, after = errors["ece"]
        yield (
            "calibration",
            f"On the test pictures the expected calibration error was {before:.3f} before and {after:.3f} after it.",
            (),
        )
    if sets := card.get("sets"):
        of = f"{counted(sets['pictures'], 'picture')}{_trained_on(sets)}"
        said = f"Split conformal sets ({sets['score']}, α = {sets['alpha']:g}) were learnt from {of}."
        yield "calibration", said, (citations.key("sets"),)
    if missed := card.get("missed"):
        parts = and_([f"{name} from {each['threshold']:.3f} on" for name, each in missed["structures"].items()])
        said = f"So that at most {100 * missed['alpha']:g}% is missed, structures were taken by probability: {parts}."
        yield "calibration", said, ()
    if usual := card.get("reference"):
        said = (
            "Pictures unlike the training pictures are told by the Mahalanobis distance of their features at "
            f"{usual['layer']} and by their nearest neighbours, against "
            f"{counted(usual['pictures'], 'training picture')}."
        )
        yield "shift", said, (citations.key("reference"),)


def _trained_on(kept: Mapping[str, Any]) -> str:
    """What the card says of pictures that were taken all the same."""
    return f", {count} of which it had been trained on" if (count := kept.get("learnt from")) else ""


def _evaluation(known: Known) -> Iterator[Said]:
    found = known.evaluation
    facts, rows, patients = found["facts"], found["rows"], sum(known.patients.values())
    models = facts.get("models", ())
    for model in models:
        yield "model", f"The network {model['name']} (SHA-256 {model['model_sha256']}) was explained.", ()
    yield from _cards(models)
    for name, (right, labelled) in known.right.items():
        by = f" by {name}" if len(models) > 1 else ""
        yield "performance", f"Of {counted(labelled, 'labelled picture')}, {right} were given their label{by}.", ()
    of = f" of {counted(patients, 'patient')}" if patients else ""
    yield "data", f"Heatmaps of {counted(facts['pictures'], 'picture')}{of} were evaluated (seed {facts['seed']}).", ()
    if known.labels:
        parts = and_([f"{count} {name}" for name, count in known.labels.items()])
        yield "data", f"Their labels were {parts}.", ()
    if versions := found.get("versions"):
        yield "software", _software("Heatmaps were made and measured", found["heatlens"], versions), _PROGRAMS_CITED
    settings = found.get("settings", facts.get("params", {}))
    target = "predicted class" if facts["target"] == "predicted" else f"class {facts['target']}"
    places = dict.fromkeys((row["method"], row["layer"]) for row in rows)
    cited = [citations.key(method) for method, _ in places]
    made = [
        f"{_placed(method, layer)}{options(settings.get(method, {}))}{f' ({citations.named(entry)})' if entry else ''}"
        for (method, layer), entry in zip(places, cited, strict=True)
    ]
    yield "explanation", f"Heatmaps for the {target} were made by {and_(made)}.", tuple(cited)
    by_metric: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        by_metric.setdefault(row["metric"], []).append(row)
    measured = and_([f"{name}{options(settings.get(name, {}))}" for name in by_metric])
    drawn = f" of {found['resamples']:,} resamples of {'patients' if patients else 'pictures'}" * ("resamples" in found)
    said = f"Heatmaps were measured by {measured}; intervals are bootstrap 95 % intervals{drawn}."
    yield "validation of explanations", said, tuple(map(citations.key, by_metric))
    for metric, some in by_metric.items():
        told = and_([_figures(row, len(models) > 1) for row in some])
        yield "validation of explanations", f"The mean {metric} ({some[0]['better']} is better) was {told}.", ()
    for note in facts.get("notes", ()):
        yield REMARKS, note, ()
    if unread := found.get("unread"):
        yield "exclusions", f"{counted(len(unread), 'picture')} could not be read and were left out.", ()


def _cards(models: Sequence[Mapping[str, Any]]) -> Iterator[Said]:
    """What each network tells apart and is given; what holds for all of them is said once."""
    cards = {model["name"]: model["card"] for model in models if "card" in model}
    for topic, told in (("output", answers), ("preprocessing", preprocessed)):
        alike: dict[str, list[str]] = {}
        for name, card in cards.items():
            alike.setdefault(told(card), []).append(name)
        for sentence, names in alike.items():
            of_some = f"For {and_(names)}, {sentence[:1].lower()}{sentence[1:]}"
            yield topic, sentence if len(alike) == 1 else of_some, ()


def _software(what: str, own: str, versions: Mapping[str, str]) -> str:
    used = and_([f"{_PROGRAMS[name]} {version}" for name, version in versions.items() if name in _PROGRAMS])
    return f"{what} with Heatlens {own}, {used}."


def _placed(method: str, layer: str | None) -> str:
    return f"{method} at {layer}" if layer and layer != INPUT else method


def _figures(row: Mapping[str, Any], named: bool) -> str:
    of = _placed(row["method"], row["layer"]) + f" of {row['model']}" * named
    left = [f"{count} left out: {why}" for why, count in row["left_out"].items()]
    if row["mean"] is None:
        return f"not measured for {of} ({'; '.join(left)})"
    count = row["n"]
    interval = "" if row["low"] is None else f", 95 % interval {row['low']:.3f} to {row['high']:.3f}"
    return f"{row['mean']:.3f} for {of} ({'; '.join([f'n = {count}{interval}', *left])})"


_SIDES = {"train": "training", "val": "validation", "test": "test"}
_PROGRAMS = {"python": "Python", "tensorflow": "TensorFlow", "keras": "Keras", "numpy": "NumPy"}
_PROGRAMS_CITED = (citations.key("keras"), citations.key("tensorflow"))
