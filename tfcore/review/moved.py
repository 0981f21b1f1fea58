"""Files of a session that are no longer where they were, and the session on the places where they are now."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from tfcore.pictures.address import file_of
from tfcore.review.session import Session


def missing(session: Session) -> list[str]:
    """What was opened, and the table of labels and the model, that is not there."""
    others = [one for one in (session.labels, session.model) if Path(one).is_absolute()]
    return [address for address in (*session.opened, *others) if not _there(address)]


def by_folder(addresses: Iterable[str]) -> dict[str, list[str]]:
    """The folders to ask for: of a file the one it lay in, of a folder itself; one within another goes with it."""
    lost: dict[str, list[str]] = {}
    for address in addresses:
        file = file_of(address)
        folder = str(file.parent if file.suffix or str(file) != address else file)
        lost.setdefault(folder, []).append(address)
    for folder in sorted(lost, key=len, reverse=True):
        outer = next((one for one in lost if one != folder and Path(folder).is_relative_to(one)), None)
        if outer is not None:
            lost[outer] += lost.pop(folder)
    return lost


def moved(session: Session, folder: str, to: str) -> Session:
    """The session with every address below one folder now below another."""
    inside = folder.rstrip(os.sep) + os.sep

    def change(address: str, _name: bool) -> str:
        if address == folder:
            return to
        return os.path.join(to, address[len(inside) :]) if address.startswith(inside) else address  # noqa: PTH118

    return session.changed(change)


def followed(session: Session, folder: str, to: str) -> Session:
    """The folder is found; so are the other lost ones that moved along with it, which need not be asked for."""
    session = moved(session, folder, to)
    old, new = Path(folder), Path(to)
    while old.name == new.name and old != old.parent and new != new.parent:
        old, new = old.parent, new.parent
    for other in by_folder(missing(session)):
        if Path(other).is_relative_to(old) and (there := new / Path(other).relative_to(old)).exists():
            session = moved(session, other, str(there))
    return session


def _there(address: str) -> bool:
    # Path.exists raises where the name is too long to be asked about, or a folder above is closed to us.
    return os.path.exists(file_of(address))  # noqa: PTH110
