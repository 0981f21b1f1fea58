"""Picture files of every kind, from a random source: format × depth × colours × layout."""

from __future__ import annotations

import io
import random
import struct
import zlib
from typing import Any

import imagecodecs
import numpy as np
import tifffile
from PIL import Image

SIZES = ((1, 1), (1, 37), (41, 1), (2, 3), (16, 16), (23, 31), (64, 48), (130, 70))
_ORIENTATIONS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 65535)


def pixels(source: random.Random, shape: tuple[int, ...], dtype: Any) -> np.ndarray:
    """Noise, a ramp, one value, a few pixels lit, or the ends of the type."""
    dtype = np.dtype(dtype)
    generator = np.random.default_rng(source.getrandbits(32))
    if dtype.kind == "b":
        return generator.random(shape) < 0.5
    if dtype.kind == "c":
        return (generator.normal(size=shape) + 1j * generator.normal(size=shape)).astype(dtype)
    ends = np.finfo(dtype) if dtype.kind == "f" else np.iinfo(dtype)
    kind = source.choice(("noise", "ramp", "one", "few", "ends", "odd"))
    if kind == "noise":
        return (
            (generator.random(shape) * source.choice((1, 200, 4095, 60000)))
            .astype(np.float64)
            .clip(0, float(ends.max))
            .astype(dtype)
        )
    if kind == "ramp":
        return np.linspace(0, min(float(ends.max), 65535), int(np.prod(shape))).reshape(shape).astype(dtype)
    array = np.full(shape, source.choice((0, 1, 7, 100)), dtype)
    if kind == "few":
        array.reshape(-1)[:: max(1, array.size // 3)] = source.choice((0, 90, min(ends.max, 60000)))
    elif kind == "ends":
        array.reshape(-1)[::2] = source.choice((ends.min, ends.max))
        array.reshape(-1)[::3] = source.choice((ends.min, ends.max, 0))
    elif kind == "odd" and dtype.kind == "f":
        array.reshape(-1)[::5] = source.choice((np.nan, np.inf, -np.inf, ends.tiny, ends.max, -ends.max))
    return array


def png(source: random.Random) -> bytes:
    if source.random() < 0.4:
        shape = (*source.choice(SIZES), *source.choice(((), (2,), (3,), (4,))))
        data = bytes(imagecodecs.png_encode(pixels(source, shape, np.uint16)))
    else:
        mode = source.choice(("1", "L", "LA", "P", "RGB", "RGBA", "I;16"))
        options: dict[str, Any] = {}
        if mode == "P" and source.random() < 0.5:
            options["transparency"] = bytes(source.randrange(256) for _ in range(source.randrange(1, 256)))
        if mode in ("L", "RGB") and source.random() < 0.3:
            options["transparency"] = 7 if mode == "L" else (7, 7, 7)
        if not options and source.random() < 0.1:
            options.update(save_all=True, append_images=[_image(source, mode)])
        data = _saved(_image(source, mode), "PNG", **options)
    return with_chunks(source, data)


def with_chunks(source: random.Random, data: bytes) -> bytes:
    """Orientation, texts and profiles before or behind the pixels."""
    for _ in range(source.choice((0, 0, 1, 3))):
        body = source.choice(
            (
                (b"eXIf", _exif(source)),
                (b"zTXt", b"note\0\0" + zlib.compress(bytes(3_000_000))),
                (b"iTXt", b"note\0\1\0\0\0" + zlib.compress(bytes(2_000_000))),
                (b"tEXt", b"note\0" + b"a" * source.randrange(100_000)),
                (b"iCCP", b"profile\0\0" + zlib.compress(bytes(3_000_000))),
                (b"acTL", struct.pack(">II", source.getrandbits(32), 0)),
                (b"tRNS", bytes(source.randrange(20))),
                (b"PLTE", bytes(source.randrange(20))),
                (b"gAMA", struct.pack(">I", source.choice((0, 45455, 2**32 - 1)))),
                (b"sBIT", bytes([source.randrange(20)] * 3)),
                (b"abCd", source.randbytes(20)),
            )
        )
        chunk = struct.pack(">I", len(body[1])) + body[0] + body[1] + struct.pack(">I", zlib.crc32(body[0] + body[1]))
        at = source.choice((33, len(data) - 12))
        data = data[:at] + chunk + data[at:]
    return data


def jpeg(source: random.Random) -> bytes:
    mode = source.choice(("L", "RGB", "CMYK"))
    options: dict[str, Any] = {"quality": source.choice((1, 50, 95)), "progressive": source.random() < 0.3}
    if source.random() < 0.5:
        options["exif"] = _exif(source)
    return _saved(_image(source, mode), "JPEG", **options)


def bmp(source: random.Random) -> bytes:
    return _saved(_image(source, source.choice(("1", "L", "P", "RGB", "RGBA"))), "BMP")


def gif(source: random.Random) -> bytes:
    frames = [_image(source, source.choice(("L", "P", "RGB", "RGBA"))) for _ in range(source.choice((1, 1, 2, 9)))]
    options = {"save_all": True, "append_images": frames[1:]} if len(frames) > 1 else {}
    data = _saved(frames[0], "GIF", **options)
    if source.random() < 0.2:
        # The smallest frames there can be, many of them.
        data = data[:-1] + b",\0\0\0\0\1\0\1\0\0\2\2D\1\0" * source.choice((9_000, 300_000)) + b";"
    return data


def tiff(source: random.Random) -> bytes:
    """Written by a library, or where that refuses the combination, something simpler."""
    for _ in range(20):
        try:
            return _tiff(source)
        except Exception:
            # A combination that the writer refuses.
            continue
    return _written(pixels(source, (5, 7), np.uint8))


def _tiff(source: random.Random) -> bytes:
    dtype = source.choice(("?", "u1", "u2", "u4", "u8", "i1", "i2", "i4", "i8", "f2", "f4", "f8", "c8", "c16"))
    samples = source.choice((1, 1, 1, 2, 3, 4, 5))
    size = source.choice(SIZES)
    options: dict[str, Any] = {
        "photometric": source.choice(("minisblack", "miniswhite", "rgb", "palette", "separated", "ycbcr", "cielab")),
        "byteorder": source.choice("<>"),
        "bigtiff": source.random() < 0.2,
        "compression": source.choice(
            (None, None, "zlib", "lzw", "packbits", "zstd", "lzma", "jpeg", "jpeg2000", "png", "webp")
        ),
        "extratags": [(274, "H", 1, source.choice(_ORIENTATIONS), True)] if source.random() < 0.4 else [],
    }
    shape: tuple[int, ...] = (*size, samples) if samples > 1 else size
    if samples > 1 and source.random() < 0.3:
        shape = (samples, *size)
        options["planarconfig"] = "separate"
    elif samples > 1:
        options["planarconfig"] = "contig"
    if source.random() < 0.2:
        shape = (source.choice((2, 3, 30)), *shape)
    if samples in (2, 4, 5):
        plain = 3 if options["photometric"] == "rgb" else 4 if options["photometric"] == "separated" else 1
        options["extrasamples"] = [source.choice(("unassalpha", "assocalpha", "unspecified"))] * max(0, samples - plain)
    if source.random() < 0.3:
        options["tile"] = source.choice(((16, 16), (32, 64), (256, 256)))
    elif source.random() < 0.5:
        options["rowsperstrip"] = source.choice((1, 7, 1000))
    if source.random() < 0.2:
        options["predictor"] = True
    if dtype in ("u1", "u2") and source.random() < 0.3:
        options["bitspersample"] = source.choice((2, 4, 6) if dtype == "u1" else (9, 10, 12, 14))
    if source.random() < 0.1:
        options = {"imagej": True}
    if options.get("photometric") == "palette":
        options["colormap"] = pixels(source, (3, 2 ** (8 if dtype == "u1" else 16)), np.uint16)
    return _written(pixels(source, shape, dtype), **options)


def bare_tiff(source: random.Random) -> bytes:
    """A description made of tags with values that contradict each other."""
    order = source.choice("<>")
    count = lambda *usual: source.choice((*usual, *usual, *usual, 0, 1, 65535, 2**31, 2**32 - 1))  # noqa: E731
    width, height = count(8, 30), count(8, 30)
    tags = {
        256: width,
        257: height,
        258: count(1, 2, 4, 8, 8, 8, 12, 16, 24, 32, 64),
        259: count(1, 1, 1, 2, 3, 4, 5, 6, 7, 8, 32773, 34925, 50000),
        262: count(0, 1, 2, 3, 5, 6),
        273: count(8, 200),
        274: count(1, 6),
        277: count(1, 3, 4),
        278: count(8, 30, 2**32 - 1),
        279: count(64, 900),
        284: count(1, 2),
        338: count(0, 1, 2),
        339: count(1, 1, 2, 3, 4, 5, 6),
        317: count(1, 2, 3),
        322: count(16, 64),
        323: count(16, 64),
        324: count(8, 200),
        325: count(64, 900),
        32997: count(1, 3),
    }
    always = (256, 257, 258, 262, 273, 279)
    chosen = sorted(tag for tag in tags if tag in always or source.random() < 0.3)
    entries = b"".join(
        struct.pack(order + "HHII", tag, 4, 1 if source.random() < 0.95 else count(2, 300), tags[tag]) for tag in chosen
    )
    start = 1000
    following = source.choice((0, 0, 0, start, 8, 2**32 - 1))
    directory = struct.pack(order + "H", len(chosen)) + entries + struct.pack(order + "I", following)
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(order + "I", start)
    return head + source.randbytes(start - 8) + directory + source.randbytes(300)


def looping_tiff(source: random.Random) -> bytes:
    """Pages whose chain leads back to one of them."""
    pages = source.choice((1, 3, 150))
    data = bytearray(_written(pixels(source, (pages, 4, 5), np.uint8), photometric="minisblack", byteorder="<"))
    with tifffile.TiffFile(io.BytesIO(bytes(data))) as file:
        offsets = [page.offset for page in file.pages]
    last = offsets[-1]
    count = int.from_bytes(data[last : last + 2], "little")
    struct.pack_into("<I", data, last + 2 + 12 * count, source.choice(offsets))
    return bytes(data)


def bomb(source: random.Random) -> bytes:
    """Small files that claim, or unpack to, very much."""
    side = source.choice((9_000, 9_999, 12_000, 60_000))
    kind = source.choice(("png", "tiff", "strip", "gif", "bmp", "jpeg"))
    if kind == "png":
        depth, colour = source.choice(((8, 0), (8, 2), (8, 6), (16, 0), (16, 2), (16, 6), (1, 3)))
        head = struct.pack(">IIBBBBB", side, side, depth, colour, 0, 0, source.choice((0, 1)))
        chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(10_000_000))), (b"IEND", b""))
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
            for name, body in chunks
        )
    if kind == "strip":
        # A small picture whose one strip unpacks to far more than its place.
        small = _written(np.zeros((8, 8), np.uint8), compression=None)
        packed = zlib.compress(bytes(100_000_000), 1)
        return _patched(small, {259: 8, 273: len(small), 279: len(packed)}) + packed
    if kind == "tiff":
        shape = (64, 64, source.choice((2, 3, 4)))
        data = _written(
            np.zeros(shape, source.choice(("u1", "u2", "f4", "f8"))),
            photometric="minisblack",
            planarconfig="contig",
            compression="zlib",
        )
        return _patched(data, {256: side, 257: side, 278: side})
    if kind == "gif":
        data = bytearray(_saved(Image.new("L", (4, 4)), "GIF"))
        at = source.choice((6, bytes(data).index(b",") + 5))
        struct.pack_into("<HH", data, at, side, side)
        return bytes(data)
    if kind == "bmp":
        data = bytearray(_saved(Image.new("RGB", (4, 4)), "BMP"))
        struct.pack_into("<ii", data, 18, side, source.choice((side, -side)))
        return bytes(data)
    data = _saved(Image.new("RGB", (16, 16)), "JPEG", progressive=source.random() < 0.5)
    at = max(data.find(b"\xff\xc0"), data.find(b"\xff\xc2")) + 5
    return data[:at] + struct.pack(">HH", side, side) + data[at + 4 :]


def _patched(data: bytes, values: dict[int, int]) -> bytes:
    changed = bytearray(data)
    with tifffile.TiffFile(io.BytesIO(data)) as file:
        for tag in file.pages.first.tags:
            if tag.code in values and tag.count == 1:
                struct.pack_into(
                    "<H" if tag.dtype == 3 else "<I",
                    changed,
                    tag.valueoffset,
                    values[tag.code] & (0xFFFF if tag.dtype == 3 else 2**32 - 1),
                )
    return bytes(changed)


def _image(source: random.Random, mode: str) -> Image.Image:
    height, width = source.choice(SIZES)
    if mode == "P":
        image = Image.fromarray(pixels(source, (height, width), np.uint8)).convert("P")
        image.putpalette(source.randbytes(768))
        return image
    if mode == "I;16":
        return Image.fromarray(pixels(source, (height, width), np.uint16))
    channels = {"LA": (2,), "RGB": (3,), "RGBA": (4,), "CMYK": (4,)}.get(mode, ())
    array = pixels(source, (height, width, *channels), np.uint8)
    return Image.frombytes(mode, (width, height), array.tobytes()) if channels else Image.fromarray(array).convert(mode)


def _exif(source: random.Random) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = source.choice(_ORIENTATIONS)
    whole = exif.tobytes()
    return source.choice((whole, whole, whole[: source.randrange(len(whole))], source.randbytes(40)))


def _saved(image: Image.Image, form: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, form, **options)
    return stream.getvalue()


def _written(array: np.ndarray, **options: Any) -> bytes:
    stream = io.BytesIO()
    tifffile.imwrite(stream, array, **options)
    return stream.getvalue()


MAKERS = (png, png, jpeg, jpeg, bmp, gif, tiff, tiff, tiff, tiff, bare_tiff, bare_tiff, looping_tiff, bomb, bomb)
