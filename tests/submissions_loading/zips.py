"""ZIPs as no tool packs them."""

import struct


def zip_of_fields(entries: int, extra: bytes) -> bytes:
    """Empty files with this extra field each, in the directory alone."""
    content = b"PK\x03\x04" + b"\0" * 22 + struct.pack("<HH", 1, 0) + b"x"
    entry = b"PK\x01\x02" + b"\0" * 24 + struct.pack("<HHH", 1, len(extra), 0) + b"\0" * 12 + b"x" + extra
    directory = entry * entries
    end = b"PK\x05\x06" + b"\0" * 4 + struct.pack("<HHLLH", entries, entries, len(directory), len(content), 0)
    return content + directory + end
