from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
