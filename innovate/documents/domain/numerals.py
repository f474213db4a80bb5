"""Numbers as official Indonesian writes them: in words, with decimals, and in Roman numerals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

LARGEST = 10**15
_ONES = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
_SCALES = (
    (10**15, "kuadriliun"),
    (10**12, "triliun"),
    (10**9, "miliar"),
    (10**6, "juta"),
    (1000, "ribu"),
)
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def spell(number: int | Decimal) -> str:
    """The number in words, from -10^15 to 10^15: 88.31 is "delapan puluh delapan koma tiga satu".

    Decimals are read digit by digit, as they are written: Decimal("1.50") ends in "lima nol". ValueError beyond.
    """
    value = Decimal(number)
    if not value.is_finite() or abs(value) > LARGEST:
        raise ValueError(f"beyond {LARGEST}: {number}")
    sign = "min " if value < 0 else ""
    whole, _point, digits = format(abs(value), "f").partition(".")
    words = sign + _spell_whole(int(whole))
    return words + (" koma " + " ".join(_ONES[int(digit)] for digit in digits) if digits else "")


def _spell_whole(number: int, *, inner: bool = False) -> str:
    """`inner`: after millions, where one thousand is said in full ("satu juta satu ribu")."""
    for scale, name in _SCALES:
        if number >= scale:
            count, rest = divmod(number, scale)
            head = "seribu" if scale == 1000 and count == 1 and not inner else f"{_spell_whole(count)} {name}"
            return _join(head, rest)
    return _spell_small(number)


def _spell_small(number: int) -> str:
    """Below one thousand."""
    if number < 10:
        return _ONES[number]
    if number < 20:
        return {10: "sepuluh", 11: "sebelas"}.get(number) or f"{_ONES[number - 10]} belas"
    if number < 100:
        return _join(f"{_ONES[number // 10]} puluh", number % 10)
    hundreds, rest = divmod(number, 100)
    return _join("seratus" if hundreds == 1 else f"{_ONES[hundreds]} ratus", rest)


def _join(head: str, rest: int) -> str:
    return f"{head} {_spell_whole(rest, inner=True)}" if rest else head


def write_decimal(number: Decimal | float, places: int = 2) -> str:
    """`1.234.567,89`: half is rounded away from zero, as a score of 88,125 is read by hand."""
    value = Decimal(str(number)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


def write_roman(number: int) -> str:
    """A Roman numeral from 1 to 3999."""
    if not 1 <= number <= 3999:
        raise ValueError(number)
    text = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text


def write_ordinal(number: int) -> str:
    """How a decree calls its clauses: KESATU, KEDUA … KESEPULUH, KESEBELAS."""
    return "KE" + spell(number).replace(" ", "").upper()
