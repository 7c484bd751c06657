"""Small pictures that people send along (a signature): PNG only, judged whole before they are kept.

A picture that no program can draw would be found out when it is printed, long after whoever drew it has gone; so
what comes in is taken apart: its parts and their sums, its size, and every line of it.
"""

from __future__ import annotations

import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MOST_SIDE = 2000
"""The longest side in dots; a small file can hold a picture that fills the memory."""
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}


def png_size(data: bytes) -> tuple[int, int]:
    """Width and height of a PNG in dots; ValueError for what is none, is damaged, interlaced or too large."""
    if not data.startswith(SIGNATURE):
        raise ValueError("not a PNG")
    parts = list(_parts(data))
    if [name for name, _ in parts[:1]] != [b"IHDR"] or parts[-1][0] != b"IEND" or len(parts[0][1]) != 13:
        raise ValueError("not a whole PNG")
    width, height, depth, colour, packing, filtering, interlace = struct.unpack(">IIBBBBB", parts[0][1])
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        raise ValueError("too large a picture")
    if depth not in _DEPTHS.get(colour, ()) or (packing, filtering, interlace) != (0, 0, 0):
        raise ValueError("a kind of PNG that is not taken")
    if colour == 3 and b"PLTE" not in {name for name, _ in parts}:
        raise ValueError("a palette is missing")
    _judge_lines(b"".join(body for name, body in parts if name == b"IDAT"), width, height, depth * _CHANNELS[colour])
    return width, height


def _parts(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], len(SIGNATURE)
    while at < len(data):
        if at + 12 > len(data):
            raise ValueError("not a whole PNG")
        (length,) = struct.unpack(">I", data[at : at + 4])
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        total = data[at + 8 + length : at + 12 + length]
        if len(body) != length or len(total) != 4 or struct.unpack(">I", total)[0] != zlib.crc32(name + body):
            raise ValueError("a damaged PNG")
        found.append((name, body))
        at += 12 + length
    if not found:
        raise ValueError("not a whole PNG")
    return found


def _judge_lines(packed: bytes, width: int, height: int, bits: int) -> None:
    line = 1 + (width * bits + 7) // 8
    unpacker = zlib.decompressobj()
    try:
        lines = unpacker.decompress(packed, line * height + 1)
    except zlib.error as error:
        raise ValueError("a damaged PNG") from error
    if len(lines) != line * height or any(lines[n] > 4 for n in range(0, len(lines), line)):
        raise ValueError("a damaged PNG")
