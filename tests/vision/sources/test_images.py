from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import PIL
import pytest
from PIL import Image

from emotion_gui.core.errors import SourceError
from emotion_gui.vision.sources.images import open_images, read_image


def _save(path: Path, image: Image.Image, **options: Any) -> Path:
    image.save(path, **options)
    return path


def _orange() -> Image.Image:
    return Image.new("RGB", (40, 30), (250, 130, 10))


def _orange_bgr(path: Path) -> bool:
    image = read_image(path)
    return image.shape == (30, 40, 3) and bool(np.allclose(image[15, 20].astype(int), (10, 130, 250), atol=12))


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.JPEG", "a.bmp", "a.webp", "a.tif", "写真 ünï.png"])
def test_formats_and_names(name: str, tmp_path: Path) -> None:
    assert _orange_bgr(_save(tmp_path / name, _orange()))


@pytest.mark.parametrize("mode", ["RGBA", "CMYK", "YCbCr", "RGBX"])
def test_modes_of_colour(mode: str, tmp_path: Path) -> None:
    assert _orange_bgr(_save(tmp_path / "a.tif", _orange().convert(mode), compression="tiff_lzw"))


@pytest.mark.parametrize("mode", ["RGBA", "CMYK", "YCbCr", "RGBX"])
def test_modes_of_colour_without_compression(mode: str, tmp_path: Path) -> None:
    if mode == "YCbCr" and int(PIL.__version__.partition(".")[0]) < 13:
        pytest.skip("Pillow 12 takes its own uncompressed YCbCr files for truncated; 13 reads them")
    assert _orange_bgr(_save(tmp_path / "a.tif", _orange().convert(mode)))


def test_a_palette(tmp_path: Path) -> None:
    assert _orange_bgr(_save(tmp_path / "a.png", _orange().quantize(8)))


@pytest.mark.parametrize("suffix", [".png", ".tif"])
def test_16_bit_grey_keeps_its_levels(suffix: str, tmp_path: Path) -> None:
    levels = np.linspace(0, 65535, 256).astype(np.uint16).reshape(16, 16)
    image = read_image(_save(tmp_path / f"a{suffix}", Image.fromarray(levels)))
    assert np.array_equal(image[..., 0].ravel(), np.arange(256))
    assert np.array_equal(image[..., 0], image[..., 2])


@pytest.mark.parametrize("mode", ["1", "L", "LA"])
def test_grey_modes(mode: str, tmp_path: Path) -> None:
    image = read_image(_save(tmp_path / "a.png", Image.new("L", (40, 30), 255).convert(mode)))
    assert image.shape == (30, 40, 3)
    assert image.min() == 255


def test_transparent_shows_white(tmp_path: Path) -> None:
    image = read_image(_save(tmp_path / "a.png", Image.new("RGBA", (8, 8), (255, 0, 0, 0))))
    assert image.min() == 255


def test_the_first_picture_of_an_animation(tmp_path: Path) -> None:
    path = tmp_path / "a.webp"
    _orange().save(path, save_all=True, append_images=[Image.new("RGB", (40, 30))], lossless=True)
    assert _orange_bgr(path)


def test_exif_orientation(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = Image.new("RGB", (40, 30))
    turned.paste((255, 255, 255), (0, 0, 10, 30))
    image = read_image(_save(tmp_path / "a.jpg", turned, exif=exif))
    assert image.shape == (40, 30, 3)
    assert image[3, 15].min() > 200
    assert image[36, 15].max() < 50


def test_a_folder_in_natural_order_one_a_second(tmp_path: Path) -> None:
    for number in (10, 9, 1):
        _save(tmp_path / f"Face{number}.png", Image.new("L", (8, 8), number))
    (tmp_path / "notes.txt").write_text("no image", encoding="utf-8")
    (tmp_path / "._Face1.png").write_bytes(b"preview")
    source = open_images(str(tmp_path))
    frames = list(iter(source.read, None))
    assert [int(frame.image_bgr[0, 0, 0]) for frame in frames] == [1, 9, 10]
    assert [frame.time_s for frame in frames] == [0.0, 1.0, 2.0]
    assert source.skipped == 0


def test_damaged_images_of_a_folder_are_skipped_and_counted(tmp_path: Path) -> None:
    (tmp_path / "1.png").write_bytes(b"\x89PNG\r\n\x1a\n but no more")
    _save(tmp_path / "2.png", _orange())
    whole = _save(tmp_path / "3.jpg", _orange()).read_bytes()
    (tmp_path / "3.jpg").write_bytes(whole[: len(whole) // 2])
    (tmp_path / "4.png").mkdir()
    source = open_images(str(tmp_path))
    assert len(list(iter(source.read, None))) == 1
    assert source.skipped == 3


def test_a_folder_of_damaged_images_only(tmp_path: Path) -> None:
    for number in range(2):
        (tmp_path / f"{number}.jpg").write_bytes(b"")
    with pytest.raises(SourceError, match="None of the images"):
        open_images(str(tmp_path))


@pytest.mark.parametrize("content", [b"", b"text", b"GIF89a", b"%PDF-1.4", b"\x89PNG\r\n\x1a\n"])
def test_no_image_gets_one_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "cat.png"
    path.write_bytes(content)
    with pytest.raises(SourceError, match=r"'cat\.png' cannot be read"):
        open_images(str(path))


def test_missing_and_empty(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="does not exist"):
        open_images(str(tmp_path / "no.png"))
    with pytest.raises(SourceError, match="holds no images"):
        open_images(str(tmp_path))


def test_a_decompression_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _save(tmp_path / "a.png", Image.new("1", (300, 300)))
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    with pytest.raises(SourceError, match="too large"):
        open_images(str(path))
