from __future__ import annotations

import inspect
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tfcore.pictures.files import noise, saved
from tfcore.errors import HeatlensError
from tfcore.pictures import find, is_picture, read
from tfcore.pictures.find import natural


def laid_out(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return folder


def found(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in find([folder])]


def test_the_suffix_promises_a_picture() -> None:
    assert is_picture("a.PNG")
    assert is_picture(Path("b/scan.ome.tiff"))
    assert not is_picture("notes.txt")
    assert not is_picture("png")


def test_slice_2_comes_before_slice_10(tmp_path: Path) -> None:
    laid_out(tmp_path, "s10.png", "s2.png", "S1.png", "notes.txt")
    assert found(tmp_path) == ["S1.png", "s2.png", "s10.png"]


def test_folders_are_searched_to_the_bottom_after_their_own_pictures(tmp_path: Path) -> None:
    laid_out(tmp_path, "p10/a.png", "p2/deep/b.png", "p2/c.png", "z.png")
    assert found(tmp_path) == ["z.png", "p2/c.png", "p2/deep/b.png", "p10/a.png"]


def test_hidden_files_and_folders_are_left_out(tmp_path: Path) -> None:
    laid_out(tmp_path, ".a.png", ".hidden/b.png", "c.png")
    assert found(tmp_path) == ["c.png"]


def test_masks_are_found_only_where_they_are_asked_for(tmp_path: Path) -> None:
    for name in ("a.png", "glioma/b.png", "Masks/a.png", "glioma/masks/b.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [path.name for path in find([tmp_path])] == ["a.png", "b.png"]
    assert list(find([tmp_path / "Masks"])) == [tmp_path / "Masks" / "a.png"]


def test_masks_beside_their_pictures_are_left_out_and_said(tmp_path: Path) -> None:
    named = (
        "x (1).png",
        "x (1)_mask.png",
        "x (1)_mask_1.png",
        "Y.PNG",
        "y_Mask.tif",
        "alone_mask.png",
        "in/z_mask.png",
    )
    laid_out(tmp_path, *named)
    masks: list[Path] = []
    shown = [path.name for path in find([tmp_path], masks=masks)]
    assert shown == ["alone_mask.png", "x (1).png", "Y.PNG", "z_mask.png"]
    assert sorted(path.name for path in masks) == ["x (1)_mask.png", "x (1)_mask_1.png", "y_Mask.tif"]
    assert list(find([masks[0]])) == masks[:1]


def test_given_files_are_handed_on_as_they_are(tmp_path: Path) -> None:
    given_paths = [tmp_path / "b.txt", tmp_path / "missing.png", tmp_path / "a.png"]
    assert list(find(given_paths)) == given_paths
    assert list(find([str(given_paths[0])])) == given_paths[:1]


def test_a_link_to_a_folder_above_does_not_lead_round_in_circles(tmp_path: Path) -> None:
    laid_out(tmp_path, "in/a.png")
    try:
        (tmp_path / "in" / "up").symlink_to(tmp_path, target_is_directory=True)
    except OSError:
        pytest.skip("links are not allowed here")
    assert found(tmp_path) == ["in/a.png"]


def linked(path: Path, to: Path | str) -> None:
    try:
        path.symlink_to(to)
    except OSError:
        pytest.skip("links are not allowed here")


def test_a_link_that_leads_back_to_itself_costs_its_own_name_only(tmp_path: Path) -> None:
    laid_out(tmp_path, "a.png", "z/b.png")
    linked(tmp_path / "loop.png", "loop.png")
    linked(tmp_path / "loop", "loop")
    linked(tmp_path / "gone.png", "nowhere")
    assert found(tmp_path) == ["a.png", "gone.png", "loop.png", "z/b.png"]
    with pytest.raises(HeatlensError, match=r"loop\.png is a link that leads back to itself"):
        read(tmp_path / "loop.png")
    with pytest.raises(HeatlensError, match=r"gone\.png is a link to a file that is not there"):
        read(tmp_path / "gone.png")


def test_a_folder_is_searched_once_however_many_links_lead_to_it(tmp_path: Path) -> None:
    # Each of them reaches all others: by paths there are more than atoms.
    for number in range(30):
        laid_out(tmp_path, f"{number}/{number}.png")
        for other in range(30):
            linked(tmp_path / str(number) / f"to{other}", tmp_path / str(other))
    assert sorted(path.name for path in find([tmp_path])) == sorted(f"{number}.png" for number in range(30))


def test_folders_may_lie_deeper_than_python_calls(tmp_path: Path) -> None:
    laid_out(tmp_path, "d/" * 300 + "a.png")
    calls = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + 60)
    try:
        names = [path.name for path in find([tmp_path])]
    finally:
        sys.setrecursionlimit(calls)
    assert names == ["a.png"]


def test_a_name_that_is_no_text_is_found_and_read(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.png"))
    try:
        path.write_bytes(saved(noise(3, 4), "PNG"))
    except OSError:
        pytest.skip("this file system knows only names that are text")
    assert list(find([tmp_path])) == [path]
    assert read(path).width == 4


def test_a_picture_that_vanishes_after_it_was_found_says_so(tmp_path: Path) -> None:
    laid_out(tmp_path, "a.png", "b.png")
    paths = find([tmp_path])
    gone = next(paths)
    gone.unlink()
    with pytest.raises(HeatlensError, match=r"a\.png does not exist"):
        read(gone)
    assert [path.name for path in paths] == ["b.png"]


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="this system shows no processes as files")
def test_what_is_no_disk_is_not_searched(tmp_path: Path) -> None:
    linked(tmp_path / "processes", "/proc")
    laid_out(tmp_path, "a.png")
    assert found(tmp_path) == ["a.png"]
    assert list(find(["/proc"])) == []


def test_a_search_ends_when_it_is_told_to(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / str(number)).mkdir()
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 5

    assert list(find([tmp_path], stop)) == []
    assert len(asked) == 6


def test_more_than_a_collection_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    laid_out(tmp_path, *(f"{number}.png" for number in range(30)))
    module = sys.modules[find.__module__]
    monkeypatch.setattr(module, "MOST", 31)
    assert len(found(tmp_path)) == 30
    monkeypatch.setattr(module, "MOST", 20)
    with pytest.raises(HeatlensError, match="has more than 20 pictures and folders below it; name a folder inside it"):
        found(tmp_path)


def test_a_folder_that_may_not_be_opened_is_handed_on_to_say_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out(tmp_path, "a.png", "locked/b.png")

    real = os.scandir

    def scandir(path: Path) -> object:
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return real(path)

    # The system's own refusal cannot be had as the administrator.
    monkeypatch.setattr(os, "scandir", scandir)
    assert found(tmp_path) == ["a.png", "locked"]
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(HeatlensError, match="is a folder that may not be opened"):
        read(tmp_path / "locked")


def test_the_first_picture_comes_before_later_folders_are_searched(tmp_path: Path) -> None:
    laid_out(tmp_path, "a.png", "later/b.png")
    walk = find([tmp_path])
    assert next(walk).name == "a.png"
    laid_out(tmp_path, "later/c.png")
    assert [path.name for path in walk] == ["b.png", "c.png"]


@given(st.lists(st.text(alphabet="aB²٣1 09._-", min_size=1), max_size=12))
@settings(deadline=None, derandomize=True)
def test_any_names_can_be_sorted(names: list[str]) -> None:
    ordered = sorted(names, key=natural)
    names.reverse()
    assert ordered == sorted(names, key=natural)


def test_many_names_that_are_laid_out_alike_come_in_the_order_of_people(tmp_path: Path) -> None:
    names = [f"{word} {number % 13:02d}-{number}.png" for number in range(150) for word in ("slice", "Slice", "Ärm 7")]
    laid_out(tmp_path, *names)
    assert found(tmp_path) == sorted(names, key=natural)
