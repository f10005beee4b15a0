"""Two hundred uploads that mean no good: cut off, two things at once, huge, not what they say, oddly named."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
from PIL import Image

from emotion_gui.core.paths import assets_folder
from tests.vision.portraits import portrait

_NAMES = (
    "../../../../etc/passwd", "..\\..\\windows\\system32\\x.dll", "C:\\con", "nul.png", "", ".", "..", "/", "a/b/c.png",
    "x" * 5000 + ".jpg", "\u202egpj.exe", "\U0001f600.png", "a\x00b.png", "a\r\nSet-Cookie: x=1", "%2e%2e%2fx.png",
    "<script>alert(1)</script>.png", "'; DROP TABLE sessions; --.png", "photo.png.exe", "-rf.jpg", "\x7f\x1b[31m.png",
)  # fmt: skip


@dataclass(frozen=True)
class Hostile:
    """One upload: what it is about, the file's name as stated, its content, its stated type."""

    what: str
    name: str
    content: bytes
    mimetype: str = "image/png"


def hostile_uploads() -> list[Hostile]:
    """The same two hundred each time."""
    chance = random.Random(200)
    photo, video = _jpeg(), (assets_folder() / "demo.mp4").read_bytes()
    made = [
        *_cut_off(chance, photo, video),
        *_noise(chance),
        *_two_at_once(photo),
        *_huge(),
        *_bombs(),
        *_wrong_type(),
        *(Hostile("odd name", name, _nobody(), "image/jpeg") for name in _NAMES),
    ]
    while len(made) < 200:
        made.append(Hostile("flipped bits", "photo.jpg", _flipped(chance, photo), "image/jpeg"))
    return made


def _jpeg() -> bytes:
    return cv2.imencode(".jpg", cv2.resize(portrait(), (256, 300)))[1].tobytes()


def _nobody() -> bytes:
    return cv2.imencode(".png", portrait()[:60, :60])[1].tobytes()


def _png() -> bytes:
    return cv2.imencode(".png", cv2.resize(portrait(), (128, 150)))[1].tobytes()


def _cut_off(chance: random.Random, photo: bytes, video: bytes) -> Iterator[Hostile]:
    for _ in range(25):
        yield Hostile("cut off photo", "photo.jpg", photo[: chance.randrange(1, len(photo))])
    for _ in range(15):
        yield Hostile("cut off picture", "photo.png", _png()[: chance.randrange(1, 3000)])
    for _ in range(20):
        yield Hostile("cut off video", "video.mp4", video[: chance.randrange(1, len(video) // 2)], "video/mp4")


def _noise(chance: random.Random) -> Iterator[Hostile]:
    heads = (
        b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"BM", b"II*\x00", b"MM\x00*", b"RIFF\xff\xff\xff\xffWEBP",
        b"RIFF\xff\xff\xff\xffAVI ", b"\x00\x00\x00\x20ftypisom", b"\x00\x00\x00\x00moov", b"\x1a\x45\xdf\xa3",
    )  # fmt: skip
    for head in heads:
        for length in (0, 100, 20_000):
            yield Hostile("noise after a head", "x", head + chance.randbytes(length))


def _two_at_once(photo: bytes) -> Iterator[Hostile]:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("evil.html", "<script>alert(1)</script>")
    page = b"<html><script>alert(document.cookie)</script></html>"
    for tail in (archive.getvalue(), page, b"%PDF-1.7\n", b"#!/bin/sh\nrm -rf /\n", b"MZ" + bytes(100)):
        yield Hostile("photo and more", "photo.jpg", photo + tail, "text/html")
        yield Hostile("more and photo", "photo.jpg", tail + photo, "image/jpeg")
        yield Hostile("picture and more", "photo.png", _png() + tail, "image/svg+xml")


def _huge() -> Iterator[Hostile]:
    for width, height in ((30_000, 30_000), (60_000, 1_000), (2**31 - 1, 2**31 - 1), (1, 2**31 - 1), (8_000, 7_000)):
        yield Hostile("huge picture", "photo.png", _png_of(width, height, bytes(100)))
        head = struct.pack(
            "<2sIHHIIiiHHIIiiII", b"BM", 54, 0, 0, 54, 40, min(width, 2**30), 2**20, 1, 24, 0, 0, 0, 0, 0, 0
        )
        yield Hostile("huge bitmap", "photo.bmp", head)
    flat = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(flat, "TIFF", compression="group4")
    yield Hostile("huge and well packed", "photo.tif", flat.getvalue())


def _bombs() -> Iterator[Hostile]:
    zeros = bytes(5_000_000)
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for number in range(5):
            file.writestr(f"{number}.bin", zeros)
    yield Hostile("zip bomb", "photo.zip", archive.getvalue())
    yield Hostile("zip bomb as a photo", "photo.png", archive.getvalue())
    yield Hostile("gzip bomb", "photo.png.gz", gzip.compress(zeros))
    yield Hostile("pixels that never end", "photo.png", _png_of(16, 16, zeros))
    yield Hostile("pixels that never end, flat", "photo.png", _png_of(4_000, 4_000, zeros[:4_000_000]))
    text = b"Comment\x00\x00" + zlib.compress(zeros)
    for kind in (b"zTXt", b"iCCP", b"iTXt"):
        yield Hostile("words that never end", "photo.png", _png()[:33] + _chunk(kind, text) + _png()[33:])


def _wrong_type() -> Iterator[Hostile]:
    for content in (
        b"", b"\x00", b"hello", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<!DOCTYPE html><script>alert(1)</script>", b"%PDF-1.7\n", b"GIF89a" + bytes(50), b"\x7fELF" + bytes(200),
        b"#EXTM3U\nhttp://127.0.0.1:1/secret.ts\n", b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"v=0\no=- 0 0 IN IP4 127.0.0.1\n", b"\x80\x04\x95" + bytes(50),
    ):  # fmt: skip
        for name in ("photo.jpg", "video.mp4"):
            yield Hostile("not what it says", name, content, "image/jpeg")


def _flipped(chance: random.Random, content: bytes) -> bytes:
    flipped = bytearray(content)
    for _ in range(chance.randrange(1, 60)):
        flipped[chance.randrange(3, len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def _png_of(width: int, height: int, raw: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(raw)) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
