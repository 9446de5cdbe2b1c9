"""Attacks in the strongest combination of layers, and those that the kernel must stop with the self-lock alone.

The suite tries some of every kind, by what is attacked and by how it must be stopped; `make hostile` runs all of them
as every user and in every combination.
"""

import re
from collections.abc import Iterator

import pytest

from tests.tables import sampled

from .arena import Arena
from .files import FILE_ATTACKS, FileAttack
from .registry import Attack, source_attacks

# Categories that are stopped by the layers; the others never get as far as that.
KERNEL_CATEGORIES = {"processes", "files", "descriptors", "network", "kernel"}
SOURCE_ATTACKS = source_attacks()
KERNEL_ATTACKS = [attack for attack in SOURCE_ATTACKS if attack.category in KERNEL_CATEGORIES]


def kind(attack: Attack | FileAttack) -> tuple[str, str]:
    """By what is attacked, and the first word of how it must be stopped."""
    return attack.category, re.findall(r"\w+|$", attack.seen)[0]


@pytest.fixture(scope="module")
def arena() -> Iterator[Arena]:
    with Arena("all") as arena:
        yield arena


@pytest.fixture(scope="module")
def self_lock() -> Iterator[Arena]:
    with Arena("self-lock") as arena:
        assert arena.layers == "self-lock"
        yield arena


@pytest.mark.parametrize("attack", sampled([*SOURCE_ATTACKS, *FILE_ATTACKS], kind), ids=lambda attack: attack.id)
def test_an_attack_is_contained(arena: Arena, attack: Attack | FileAttack) -> None:
    assert arena.attack(attack).problems == ()


@pytest.mark.parametrize(
    "attack", sampled(KERNEL_ATTACKS, lambda attack: attack.category), ids=lambda attack: attack.id
)
def test_an_attack_is_contained_by_the_self_lock_alone(self_lock: Arena, attack: Attack) -> None:
    assert self_lock.attack(attack).problems == ()


def test_the_suite_is_as_large_as_promised() -> None:
    names = [attack.id for attack in [*SOURCE_ATTACKS, *FILE_ATTACKS]]
    assert len(names) == len(set(names)) >= 60


def test_an_escape_would_be_noticed(arena: Arena) -> None:
    """The suite itself can fail: an attack that gets what it wants is reported as such."""
    assert arena.attack(Attack("get out", "test", "attempt(lambda: 'out')", "denied")).problems
    forged = arena.attack(Attack("be right", "test", arena.honest.units[0].source, ""))
    assert any("points" in problem for problem in forged.problems)
