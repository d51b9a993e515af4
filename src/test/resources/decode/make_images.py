# Small images of every kind and what Pillow makes of their pixels, for the tests of data.decode and image:
#   pip install pillow numpy && python make_images.py
import base64
import io
import json
import struct
import zlib

import numpy as np
from PIL import Image, ImageCms, ImageOps

random = np.random.default_rng(12)


def scene(height, width):
    """Smooth colours with an edge: what a JPEG keeps."""
    y, x = np.mgrid[0:height, 0:width]
    planes = [x * 200 / width + 20, y * 180 / height + 30, (x + y) * 120 / (height + width) + 60 * (x > width / 2)]
    return Image.fromarray(np.stack(planes, -1).astype(np.uint8), "RGB")


def noise(height, width, mode="RGB"):
    return Image.fromarray(random.integers(0, 256, (height, width, 3), dtype=np.uint8), "RGB").convert(mode)


def encoded(image, format, **options):
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def planes(image):
    values = np.asarray(image)
    return values if values.ndim == 2 else values.transpose(2, 0, 1)


cases = []


def case(name, data, pixels=None):
    """pixels: where Pillow does something else on purpose, what is right."""
    if pixels is None:
        image = Image.open(io.BytesIO(data))
        pixels = planes(image if image.mode == "L" else image.convert("RGB"))
    pixels = np.asarray(pixels)
    cases.append({
        "name": name,
        "bytes": base64.b64encode(data).decode(),
        "shape": list(pixels.shape) if pixels.ndim == 3 else [1, *pixels.shape],
        "pixels": base64.b64encode(np.ascontiguousarray(pixels.astype(np.uint8)).tobytes()).decode(),
    })


def chunk(type, data):
    return struct.pack(">I", len(data)) + type + data + struct.pack(">I", zlib.crc32(type + data))


def png(width, height, depth, colour, rows, *others):
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + b"".join(others) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


photo = scene(13, 17)
rough = noise(5, 7)

case("png rgb", encoded(rough, "PNG"))
case("png grey", encoded(rough.convert("L"), "PNG"))
case("png palette", encoded(rough.quantize(11), "PNG"))
case("png palette of 2 bits", encoded(rough.quantize(4), "PNG", bits=2))
case("png black and white", encoded(rough.convert("1"), "PNG"), planes(rough.convert("1").convert("L")))
case("png grey of 2 bits", png(4, 1, 2, 0, [bytes([0b00011011])]), [[0, 85, 170, 255]])
case("png grey of 4 bits", png(4, 1, 4, 0, [bytes([0x0f, 0x18])]), [[0, 255, 17, 136]])
alpha = rough.copy()
alpha.putalpha(Image.fromarray(random.integers(0, 256, (5, 7), dtype=np.uint8)))
case("png rgb with alpha", encoded(alpha, "PNG"))
case("png grey with alpha", encoded(alpha.convert("LA"), "PNG"), planes(alpha.convert("LA").convert("L")))
case("png palette with transparency", encoded(rough.quantize(11), "PNG", transparency=3))
case("png rgb with a transparent colour", encoded(rough, "PNG", transparency=rough.getpixel((1, 1))))
wide = np.array([[0, 1, 255, 256, 511, 32768, 65535]], dtype=np.uint16)
case("png grey of 16 bits", encoded(Image.fromarray(wide), "PNG"), wide >> 8)
deep = random.integers(0, 65536, (2, 3, 3), dtype=np.uint16)
case("png rgb of 16 bits", png(3, 2, 16, 2, [row.astype(">u2").tobytes() for row in deep]), (deep >> 8).transpose(2, 0, 1))
case("png with gamma", png(2, 1, 8, 0, [bytes([10, 200])], chunk(b"gAMA", struct.pack(">I", 100000))))
case("png with a profile", encoded(rough, "PNG", icc_profile=b"no profile at all"))

case("jpeg rgb", encoded(photo, "JPEG", quality=90))
case("jpeg without subsampling", encoded(photo, "JPEG", quality=90, subsampling=0))
case("jpeg grey", encoded(photo.convert("L"), "JPEG"))
case("jpeg progressive", encoded(photo, "JPEG", progressive=True))
case("jpeg that keeps rgb", encoded(photo, "JPEG", keep_rgb=True))
case("jpeg of inks", encoded(photo.convert("CMYK"), "JPEG"))
srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
case("jpeg with a profile", encoded(photo, "JPEG", icc_profile=srgb))
# A profile of other colours, which Pillow leaves alone: red and blue primaries exchanged.
swapped = bytearray(srgb)
offset = {bytes(srgb[at:at + 4]): at for at in range(132, 132 + 12 * int.from_bytes(srgb[128:132], "big"), 12)}
red, blue = offset[b"rXYZ"], offset[b"bXYZ"]
swapped[red:red + 4], swapped[blue:blue + 4] = b"bXYZ", b"rXYZ"
case("jpeg with a profile of other colours", encoded(photo, "JPEG", icc_profile=bytes(swapped)))
case("jpeg grey with a profile of colours", encoded(photo.convert("L"), "JPEG", icc_profile=srgb))
case("jpeg with a damaged profile", encoded(photo, "JPEG", icc_profile=b"no profile at all"))
for orientation in range(1, 9):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = encoded(photo, "JPEG", exif=exif)
    case(f"jpeg of orientation {orientation}", data, planes(ImageOps.exif_transpose(Image.open(io.BytesIO(data)))))

case("bmp rgb", encoded(rough, "BMP"))
case("bmp grey", encoded(rough.convert("L"), "BMP"))
case("bmp palette", encoded(rough.quantize(11), "BMP"))
case("bmp black and white", encoded(rough.convert("1"), "BMP"), planes(rough.convert("1").convert("L")))
flipped = encoded(rough, "BMP")
case("bmp from the top down", flipped[:22] + struct.pack("<i", -5) + flipped[26:])
case("bmp with alpha", encoded(alpha, "BMP"))
fives = random.integers(0, 65536, (2, 4), dtype="<u2")
header = struct.pack("<IiiHHIIiiII", 40, 4, 2, 1, 16, 0, 16, 0, 0, 0, 0)
# Pillow cuts where others round.
fives_right = [np.rint((fives[::-1] >> shift & 31) * 255 / 31) for shift in (10, 5, 0)]
case("bmp of 5 bits a colour", b"BM" + struct.pack("<IHHI", 54 + 16, 0, 0, 54) + header + fives.tobytes(), fives_right)

case("gif palette", encoded(rough.quantize(11), "GIF"))
case("gif grey", encoded(rough.convert("L"), "GIF"), planes(rough.convert("L")))
case("gif animated", encoded(rough.quantize(11), "GIF", save_all=True, append_images=[noise(5, 7).quantize(9)], duration=50))
case("gif interlaced", encoded(noise(12, 9).quantize(30), "GIF", interlace=1))
case("gif transparent", encoded(rough.quantize(11), "GIF", transparency=2))

resizes = []
for height, width in [(5, 7), (13, 17), (40, 61)]:
    image = noise(height, width)
    for high, wide in [(4, 4), (8, 8), (6, 20), (50, 50)]:
        scale = max(high / height, wide / width)
        if high == wide:  # torchvision's Resize(side) and CenterCrop(side)
            short, long = min(height, width), max(height, width)
            other = int(high * long / short)
            cover = (high, other) if height <= width else (other, high)
        else:
            cover = (high, int(width * high / height)) if scale == high / height else (int(height * wide / width), wide)
        scaled = image.resize((cover[1], cover[0]), Image.BILINEAR)
        top, left = int(round((cover[0] - high) / 2.0)), int(round((cover[1] - wide) / 2.0))
        results = {
            "stretch": image.resize((wide, high), Image.BILINEAR),
            "crop": scaled.crop((left, top, left + wide, top + high)),
            "pad": ImageOps.pad(image, (wide, high), Image.BILINEAR),
        }
        for mode, result in results.items():
            resizes.append({
                "from": [3, height, width],
                "image": base64.b64encode(planes(image).tobytes()).decode(),
                "to": [high, wide],
                "mode": mode,
                "pixels": base64.b64encode(planes(result).tobytes()).decode(),
            })

with open("images.json", "w", encoding="utf-8") as out:
    json.dump({"images": cases, "resizes": resizes}, out, indent=0)
    out.write("\n")
