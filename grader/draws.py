"""Whose random inputs are whose: in a class every submission is checked with a draw of its own.

A draw follows from a key and from what was handed in, so that grading it again gives the same points. Without the key
nobody can say which inputs another file will meet: numbers learnt from one report are worth nothing in the next.
"""

import hashlib
import hmac

_SEED_BYTES = 6  # exact in every reader of JSON
_KEY_BYTES = 32


def key_of_secret(secret: str, seed: int = 0) -> bytes:
    """A key that only those can make who know the secret; another for every seed."""
    return hmac.digest(secret.encode(), f"random inputs {seed}".encode(), "sha256")[:_KEY_BYTES]


def key_of_seed(seed: int) -> bytes:
    """The same key for the same seed everywhere, for whoever wants the same grades on another machine."""
    return hashlib.sha256(f"random inputs of seed {seed}".encode()).digest()[:_KEY_BYTES]


def seed_of(key: bytes, sha256: str) -> int:
    """The seed of the random inputs of a submission with this digest."""
    return int.from_bytes(hmac.digest(key, sha256.encode(), "sha256")[:_SEED_BYTES], "big")


def digest_of(key: bytes) -> str:
    """What tells one key from another, and nothing else of it."""
    return hashlib.sha256(b"digest of " + key).hexdigest()[:16]
