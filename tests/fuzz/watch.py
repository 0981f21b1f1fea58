"""Side effects of a case, seen as they happen: files outside its folder, other programs, the network, libraries.

What would change or run anything is also prevented. Python's own calls are seen through an audit hook; what a library
writes by itself is seen in a marker folder and in the folders around the case, which must stay as they were.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.fuzz.findings import PROJECT, Finding, here

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_READABLE = (
    *{sys.prefix, sys.base_prefix, *sysconfig.get_paths().values(), str(PROJECT)},
    *("/usr", "/lib", "/lib64", "/proc", "/sys", "/dev", "/opt"),
    *(f"/etc/{name}" for name in ("fonts", "localtime", "mime.types", "ssl", "machine-id", "OpenCL", "vulkan")),
    *(f"/etc/{name}" for name in ("os-release", "nsswitch.conf", "host.conf", "apache2", "httpd", "ld.so.cache")),
)
_LIBRARIES = (sys.prefix, sys.base_prefix, "/usr", "/lib", "/lib64", "/opt")
_WRITABLE = ("/dev/null", "/dev/tty", "/dev/shm", "/proc/self")
# How many path arguments an event has that are changed, and where its folder descriptors stand.
_CHANGES = {
    "os.remove": ((0,), (1,)),
    "os.rmdir": ((0,), (1,)),
    "os.rename": ((0, 1), (2, 3)),
    "os.mkdir": ((0,), (2,)),
    "os.link": ((1,), (3,)),
    "os.symlink": ((1,), (2,)),
    "os.truncate": ((0,), ()),
    "os.chmod": ((0,), (2,)),
    "os.chown": ((0,), (3,)),
    "os.utime": ((0,), (3,)),
    "os.setxattr": ((0,), ()),
    "shutil.rmtree": ((0,), (1,)),
}
_RUNS = ("os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn")
_NETWORK = ("socket.connect", "socket.bind", "socket.sendto", "socket.getaddrinfo", "urllib.Request")
# How libraries learn whether the machine knows IPv6.
_OWN_ADDRESSES = (("::1", 0), ("127.0.0.1", 0))
# Programs that libraries ask about the machine.
_ASKS = ("ldconfig", "gcc", "cc", "ld", "objdump", "uname", "fc-list", "lscpu", "file")
# Classes that arrays and random states are stored as.
_UNPICKLED = ("numpy", "_codecs", "copyreg", "builtins.bytearray", "collections.OrderedDict")


class Watch:
    """One per process, since a hook cannot be taken out again; it is quiet outside ``over``."""

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self.marker = scratch / "marker"
        self._own = [str(scratch / name) for name in ("home", "tmp")]
        self._over: str | None = None
        self._busy = False
        self._found: dict[tuple[str, str], Finding] = {}
        sys.addaudithook(self._hear)

    @contextmanager
    def over(self, folder: Path) -> Iterator[dict[tuple[str, str], Finding]]:
        """Watch what happens meanwhile; what was found stands in the answer at the end."""
        before = _content(self.marker), _names(self._scratch, folder)
        self._found = {}
        self._over = str(folder)
        try:
            yield self._found
        finally:
            self._over = None
        after = _content(self.marker), _names(self._scratch, folder)
        for changed, what in zip((before[0] != after[0], before[1] != after[1]), ("marker", "around"), strict=True):
            if changed:
                told = {"marker": "the marker folder was changed", "around": "something was put beside the case"}[what]
                self._found[told, ""] = Finding(told, "unseen by Python", f"before: {before}\nafter: {after}")

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self._over is None or self._busy:
            return
        self._busy = True
        try:
            wrong, forbidden = self._judge(event, arguments)
        finally:
            self._busy = False
        if wrong:
            place = here()
            self._found.setdefault((wrong.partition(":")[0], place), Finding(wrong.partition(":")[0], place, wrong))
            if forbidden:
                raise PermissionError(errno.EACCES, f"the watch over this test forbids it ({wrong})")

    def _judge(self, event: str, arguments: tuple[Any, ...]) -> tuple[str, bool]:
        if event == "open":
            return self._opened(*arguments[:3])
        if event in _CHANGES:
            paths, folders = _CHANGES[event]
            for number, argument in enumerate(paths):
                folder = dict(enumerate(arguments)).get(folders[number]) if number < len(folders) else None
                if (path := _absolute(arguments[argument], folder)) and not self._writable(path):
                    return f"{event} outside: {path}", True
        if event == "subprocess.Popen":
            program = Path(os.fsdecode(arguments[0] or _first(arguments[1]))).name
            return ("", False) if program in _ASKS else (f"another program was run: {arguments[:2]}", True)
        if event.startswith(_RUNS):
            return f"another program was run: {event} {arguments}", True
        if event in _NETWORK and not (event == "socket.bind" and arguments[1] in _OWN_ADDRESSES):
            return f"the network was asked: {event} {arguments[1:]}", True
        if event == "ctypes.dlopen" and arguments[0]:
            name = os.fsdecode(arguments[0])
            if "/" in name and not _below(os.path.realpath(name), _LIBRARIES):
                return f"a foreign library was loaded: {name}", True
        if event == "pickle.find_class" and not f"{arguments[0]}.{arguments[1]}".startswith(_UNPICKLED):
            return f"a pickle was opened: {arguments[0]}.{arguments[1]}", True
        return "", False

    def _opened(self, path: Any, mode: Any, flags: Any) -> tuple[str, bool]:
        if (name := _absolute(path)) is None:
            return "", False
        written = any(letter in (mode or "") for letter in "wax+") or bool((flags or 0) & _WRITING)
        if written:
            return ("", False) if self._writable(name) else (f"written outside: {name}", True)
        known = _below(name, (*_READABLE, *self._own, self._over or ""))
        return ("", False) if known else (f"read outside: {name}", False)

    def _writable(self, name: str) -> bool:
        real = os.path.join(os.path.realpath(os.path.dirname(name)), os.path.basename(name))  # noqa: PTH118, PTH119, PTH120
        return _below(real, (*_WRITABLE, *map(os.path.realpath, (*self._own, self._over or ""))))


def _absolute(path: Any, folder: Any = None) -> str | None:
    if not isinstance(path, str | bytes | os.PathLike):
        return None
    name = os.fsdecode(path)
    if isinstance(folder, int) and folder >= 0 and not os.path.isabs(name):  # noqa: PTH117
        with contextlib.suppress(OSError):
            name = f"{os.readlink(f'/proc/self/fd/{folder}')}/{name}"  # noqa: PTH115
    return os.path.abspath(name)  # noqa: PTH100


def _below(name: str, roots: tuple[str, ...]) -> bool:
    return any(name == root or name.startswith(root.rstrip("/") + "/") for root in roots if root)


def _first(arguments: Any) -> Any:
    return arguments if isinstance(arguments, str | bytes) else next(iter(arguments), "")


def _content(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() if path.is_file() else b"" for path in sorted(folder.rglob("*"))}


def _names(scratch: Path, folder: Path) -> set[str]:
    return {str(path) for place in (scratch, folder.parent) for path in place.iterdir() if path != folder}


def marked(scratch: Path) -> None:
    """Make the marker folder: somebody else's files, which nobody may touch."""
    marker = scratch / "marker"
    marker.mkdir(parents=True, exist_ok=True)
    for name, content in {"labels.csv": "path,label\n", "P1.png": "somebody's picture", "secret": "Σ"}.items():
        (marker / name).write_text(content, encoding="utf-8")
