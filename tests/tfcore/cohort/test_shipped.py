"""What is shipped is worked at where the folders are not seen, and what is made of it comes back: the same bytes."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.tfcore.cohort.test_commands import heatlens, made
from tfcore import cli, files
from tfcore.cohort import cluster, rays
from tfcore.data.phantom import write

pytestmark = pytest.mark.usefixtures("demo_stays_open")


# Files that settings name.
_USUAL = ("--samples", 2, "--reference", "data/meningioma", "--baseline", "data/meningioma/PLACE")


class Elsewhere:
    """A cluster in this process, of one worker that does not see a folder while it works."""

    def __init__(self, unseen: Path) -> None:
        self._unseen = unseen
        # Names of what its worker was asked.
        self.asked: list[str] = []

    def cluster_resources(self) -> dict[str, float]:
        return {"CPU": 1}

    def get_runtime_context(self) -> Any:
        return SimpleNamespace(gcs_address="nowhere")

    def put(self, value: Any) -> Any:
        return value

    def remote(self, kind: Callable[..., Any]) -> Any:
        def begin(*given: Any) -> Actor:
            return Actor(self, kind(*given))

        return SimpleNamespace(options=lambda **_: SimpleNamespace(remote=begin))

    def wait(self, some: Sequence[Any], num_returns: int = 1, timeout: float = 0) -> tuple[list[Any], list[Any]]:
        for later in some[:num_returns]:
            later()
        return [*some[:num_returns]], [*some[num_returns:]]

    def get(self, later: Callable[[], Any]) -> Any:
        return later()

    def kill(self, actor: Any) -> None:
        """It ends with the process."""

    def shutdown(self) -> None:
        """There is nobody to leave."""

    def done(self, name: str, work: Callable[[], Any]) -> Any:
        if name != "do":
            return work()
        away = self._unseen.with_name("unseen")
        self._unseen.rename(away)
        try:
            return work()
        finally:
            away.rename(self._unseen)


class Actor:
    def __init__(self, where: Elsewhere, worker: rays.Worker) -> None:
        self._where, self._worker = where, worker

    def __getattr__(self, name: str) -> Any:
        def remote(*given: Any) -> Callable[[], Any]:
            self._where.asked.append(name)
            return cache(lambda: self._where.done(name, lambda: getattr(self._worker, name)(*given)))

        return SimpleNamespace(remote=remote)


@pytest.mark.parametrize(
    "asked",
    [
        ("explain", "data/glioma", "--format", "npz,png", "--layer", "stage3,stage4"),
        ("explain", "data/glioma", "--format", "npz,png", "--method", "expected-gradients,deeplift", *_USUAL),
        pytest.param(("evaluate", "data", "--metrics", "iou,deletion"), marks=pytest.mark.slow),
        pytest.param(("dissect", "data", "--layers", "stage4"), marks=pytest.mark.slow),
    ],
    ids=lambda asked: str(asked[0]),
)
def test_what_is_made_of_shipped_pictures_comes_back(
    asked: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "data", n=6, size=64)
    monkeypatch.chdir(tmp_path)
    asked = tuple(str(each).replace("PLACE", min(Path("data/meningioma").iterdir()).name) for each in asked)
    place = Elsewhere(tmp_path / "data")
    for module in (cluster, rays):
        monkeypatch.setattr(module, "connected", lambda _: place)
    monkeypatch.setattr(rays, "answers", lambda _: True)
    monkeypatch.setattr("tfcore.cohort.actor.share_cores", lambda _: None)
    # Also a folder of results that is called as something that is asked.
    for out, many in (("alone", ("--workers", 0)), ("grad-cam", ("--cluster", "auto", "--ship"))):
        assert heatlens(*asked, "--model", "demo", *many, "--out", out) == cli.DONE
    assert place.asked.count("do") == (2 if asked[0] == "dissect" else 1)
    assert place.asked[-1] == "leave"
    assert not files._away
    alone, shipped = made(Path("alone")), made(Path("grad-cam"))
    assert alone.keys() == shipped.keys()
    for name, content in alone.items():
        if name.endswith((".png", ".json")) and asked[0] == "explain":
            # Records say when they were made.
            one, other = (json.loads(each[name.replace(".png", ".json")])["items"] for each in (alone, shipped))
            for what in ("picture", "model", "command", "probabilities"):
                assert [item[what] for item in one] == [item[what] for item in other]
        else:
            assert content == shipped[name], name
    # What was measured lies under the names that it would have at home, and is not measured twice.
    parts = [{each.name for each in Path(out, "parts").glob("*.npz")} for out in ("alone", "grad-cam")]
    assert parts[0] == parts[1]
