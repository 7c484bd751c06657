"""Pictures for tests, made dot by dot."""

from __future__ import annotations

import struct
import zlib


def part(name: bytes, body: bytes) -> bytes:
    """One part of a PNG with its sum."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(width: int, height: int, dots: bytes, *, depth: int = 8, colour: int = 0, interlace: int = 0) -> bytes:
    """A PNG whose lines are `dots` as they are (a filter byte before each line)."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(dots, 9)) + part(b"IEND", b"")


def drawn(width: int = 120, height: int = 40) -> bytes:
    """A stroke from one corner to the other on white."""
    lines = []
    for y in range(height):
        dots = bytearray(b"\xff" * width)
        dots[y * (width - 1) // (height - 1)] = 0
        lines.append(b"\x00" + bytes(dots))
    return png(width, height, b"".join(lines))
