"""Random damage to a file, from a seed."""

import random

# What JSON and Python are made of breaks more than a random byte does.
TOKENS = [b'"', b"{", b"}", b"[", b"]", b",", b":", b"\\", b"\\u0000", b"\\ud800", b"NaN", b"null"]
TOKENS += [b"0", b"-1", b"1e999", b"9" * 5000, b"[" * 2000, b"\xff", b"\xed\xa0\x80", b"\0", b"\r"]


def damaged(raw: bytes, dice: random.Random) -> bytes:
    """A copy with one to four places changed."""
    made = bytearray(raw)
    for _ in range(dice.randint(1, 4)):
        place = dice.randrange(len(made) + 1)
        change = dice.choice(CHANGES)
        change(made, place, dice)
    return bytes(made)


def _flip(made: bytearray, place: int, dice: random.Random) -> None:
    if place < len(made):
        made[place] ^= 1 << dice.randrange(8)


def _replace(made: bytearray, place: int, dice: random.Random) -> None:
    made[place : place + 1] = dice.randbytes(1)


def _insert(made: bytearray, place: int, dice: random.Random) -> None:
    made[place:place] = dice.choice(TOKENS)


def _delete(made: bytearray, place: int, dice: random.Random) -> None:
    del made[place : place + dice.choice([1, 2, 30])]


def _double(made: bytearray, place: int, dice: random.Random) -> None:
    made[place:place] = made[place : place + dice.choice([1, 10, 400])]


def _cut(made: bytearray, place: int, dice: random.Random) -> None:
    if dice.random() < 0.1:
        del made[place:]


def _swap(made: bytearray, place: int, dice: random.Random) -> None:
    """A short piece changes places with another one, so that JSON often stays whole."""
    other = dice.randrange(len(made) + 1)
    size = dice.choice([1, 3, 8])
    first, second = made[place : place + size], made[other : other + size]
    if len(first) == len(second) == size:
        made[place : place + size], made[other : other + size] = second, first


CHANGES = [_flip, _replace, _insert, _delete, _double, _cut, _swap]
