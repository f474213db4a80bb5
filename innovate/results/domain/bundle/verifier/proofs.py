"""What everything rests on: Ed25519 (RFC 8032, 5.1), Merkle trees (RFC 6962), canonical JSON (RFC 8785)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

Row = dict[str, Any]
Values = list[str]


class Differs(Exception):
    """The first thing that differs."""


def must(holds: bool, what: str) -> None:
    """Differs, named `what`, unless it holds."""
    if not holds:
        raise Differs(what)


_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, _P - 2, _P) % _P
Point = tuple[int, int, int, int]


def _add(a: Point, b: Point) -> Point:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % _P, (a[1] + a[0]) * (b[1] + b[0]) % _P
    g, h = 2 * a[3] * b[3] * _D % _P, 2 * a[2] * b[2] % _P
    i, j, k, m = f - e, h - g, h + g, f + e
    return (i * j % _P, k * m % _P, j * k % _P, i * m % _P)


def _times(factor: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            found = _add(found, point)
        point, factor = _add(point, point), factor >> 1
    return found


def _decompress(data: bytes) -> Point:
    number = int.from_bytes(data, "little")
    y, sign = number & ((1 << 255) - 1), number >> 255
    square = (y * y - 1) * pow(_D * y * y + 1, _P - 2, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * pow(2, (_P - 1) // 4, _P) % _P
    if y >= _P or (x * x - square) % _P or (x == 0 and sign):
        raise ValueError("no point of the curve")
    if x & 1 != sign:
        x = _P - x
    return (x, y, 1, x * y % _P)


_BASE = _decompress((4 * pow(5, _P - 2, _P) % _P).to_bytes(32, "little"))


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether 64 bytes are the Ed25519 signature of the owner of `public` (32 bytes) over exactly this message."""
    try:
        key, commitment = _decompress(public), _decompress(signature[:32])
    except ValueError:
        return False
    s = int.from_bytes(signature[32:], "little")
    if len(signature) != 64 or len(public) != 32 or s >= _L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % _L
    left, right = _times(s, _BASE), _add(commitment, _times(h, key))
    same_x = (left[0] * right[2] - right[0] * left[2]) % _P == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % _P == 0


def key_id_of(public: bytes) -> str:
    """The 8 hex digits by which a signature names its key."""
    return hashlib.sha256(b"innovate\n\x01" + public).digest()[:4].hex()


def sha256(data: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def hash_leaf(data: bytes) -> bytes:
    """RFC 6962: what stands for `data` in a tree."""
    return hashlib.sha256(b"\x00" + data).digest()


def fold(size: int, known: Mapping[int, bytes], proof: Sequence[bytes] = ()) -> bytes:
    """The root of an RFC 6962 tree of `size` leaves: some known by index, the rest covered by hashes from the left."""
    widths, marked, others = [size], [set(known)], iter(proof)
    while widths[-1] > 1:
        widths.append((widths[-1] + 1) // 2)
        marked.append({index >> 1 for index in marked[-1]})

    def walk(height: int, index: int) -> bytes:
        if index not in marked[height]:
            return next(others)
        if not height:
            return known[index]
        left = walk(height - 1, 2 * index)
        if 2 * index + 1 >= widths[height - 1]:
            return left
        return hashlib.sha256(b"\x01" + left + walk(height - 1, 2 * index + 1)).digest()

    root = walk(len(widths) - 1, 0) if size else hashlib.sha256().digest()
    must(next(others, None) is None, "log-proof.json: more hashes than the tree needs")
    return root


_write = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def canonical(value: Any) -> bytes:
    """RFC 8785 for values of `parse`; keys of our files are ASCII."""
    return _write(value).encode()


def parse(data: bytes) -> Any:
    """JSON without floating point; ValueError otherwise."""
    return json.loads(data, parse_float=_refuse, parse_constant=_refuse)


def _refuse(number: str) -> None:
    raise ValueError(f"{number} is a floating point number")
