"""A small interpreter of classic BPF, to read seccomp filters back."""

import struct
from collections.abc import Sequence

LOAD_WORD, JUMP, JUMP_EQUAL, JUMP_GREATER, JUMP_GREATER_EQUAL, JUMP_BITS, RETURN = (
    0x20,
    0x05,
    0x15,
    0x25,
    0x35,
    0x45,
    0x06,
)


def run(program: bytes, number: int, architecture: int, arguments: Sequence[int] = ()) -> int:
    """What the filter returns for a system call; raises ValueError for a program that the kernel would refuse."""
    padded = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("<IIQ6Q", number, architecture, 0, *padded)
    instructions = list(struct.iter_unpack("<HBBI", program))
    accumulator = position = 0
    while True:
        if position >= len(instructions):
            raise ValueError("the program runs off its end")
        code, if_true, if_false, operand = instructions[position]
        position += 1
        if code == RETURN:
            return int(operand)
        if code == LOAD_WORD:
            (accumulator,) = struct.unpack_from("<I", data, operand)
        elif code == JUMP:
            position += operand
        elif code in (JUMP_EQUAL, JUMP_GREATER, JUMP_GREATER_EQUAL, JUMP_BITS):
            position += if_true if _holds(code, accumulator, operand) else if_false
        else:
            raise ValueError(f"unknown instruction {code:#x}")


def _holds(code: int, accumulator: int, operand: int) -> bool:
    if code == JUMP_EQUAL:
        return accumulator == operand
    if code == JUMP_GREATER:
        return accumulator > operand
    if code == JUMP_GREATER_EQUAL:
        return accumulator >= operand
    return bool(accumulator & operand)
