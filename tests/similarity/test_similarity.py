"""How much structure submissions share: what changes it, what does not, and what is left out of it."""

import random
import re
import time
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import assignments
from grader.similarity import Document, EqualGroup, compare, side_by_side
from grader.similarity.comparison import COMMON_AT_LEAST, NOTABLE_SHARE, TOO_FEW
from grader.similarity.fingerprints import PASSAGE, WINDOW, fingerprints
from grader.similarity.tokens import MAX_CHARACTERS, words

RIGHT = Path(assignments.__path__[0]) / "mnist-mlp" / "examples" / "right"
TEXTS = {name: (RIGHT / f"{name}.py").read_text("utf-8") for name in ("closures", "einsum", "per_sample_loops")}
CLOSURES, EINSUM, LOOPS = TEXTS.values()
DISGUISED = "# my own\n" + re.sub(r" +#.*", "", re.sub(r"\bz\b", "pre_activation", CLOSURES)).replace("1e-", "3e-")

SEQUENCES = st.lists(st.sampled_from("abcdefghijkl"), max_size=40)


def sequence(*texts: str) -> list[str]:
    return [word.word for word in words(texts)]


def documents(**texts: str) -> list[Document]:
    return [Document((name,), (text,)) for name, text in texts.items()]


def test_names_comments_literals_and_layout_do_not_count():
    one = '"""Sum."""\ndef f(x, y=1e-5):\n    # add\n    return np.dot(x, y) + g["a"]\n'
    other = "def total(left, right=.25):\n    '''Adds\n    up.'''\n    return np.dot(left,\n  right)+table[f'{k}']\n"
    assert sequence(one) == sequence(other)
    assert sequence(one) != sequence(one.replace("dot", "outer"))
    assert sequence(one) != sequence(one.replace("+", "-"))


def test_a_notebook_has_the_structure_of_the_module_that_it_is_cut_from():
    assert sequence(*CLOSURES.split("\n\n\n")) == sequence(CLOSURES)


@given(st.lists(st.text(st.sampled_from("ab1.\"'#\\\n eE+-({:é\x00"), max_size=40), max_size=3))
def test_any_text_has_words_in_order_and_where_they_say(texts):
    end = {}
    for word in words(texts):
        assert end.get(word.text, 0) <= word.start < word.end <= len(texts[word.text])
        assert texts[word.text][word.start : word.end].strip()
        end[word.text] = word.end


@pytest.mark.parametrize("pattern", ['"', "'''", "'\n", "\\\n", " ", "(", "1.", "r", " \x0c", "f'{", '"\\', "é"])
def test_hostile_text_takes_no_longer_than_other_text_of_its_length(pattern):
    started = time.process_time()
    text = pattern * (2 * MAX_CHARACTERS)
    assert all(word.end <= MAX_CHARACTERS for word in words([text, text]))
    assert time.process_time() - started < 2


def test_fingerprints_are_the_same_in_every_process():
    assert fingerprints(list("abcdefghijklmno")).hashes.tolist() == [1056975550793275656]


@given(SEQUENCES, SEQUENCES, SEQUENCES, SEQUENCES, st.lists(st.sampled_from("abcdef"), min_size=PASSAGE + WINDOW - 1))
def test_whatever_is_shared_in_a_row_has_a_fingerprint_in_both(before, after, left, right, shared):
    one, other = fingerprints([*before, *shared, *after]), fingerprints([*left, *shared, *right])
    assert set(one.hashes.tolist()) & set(other.hashes.tolist())


def test_a_disguised_copy_is_equal_in_structure_and_stands_for_the_original():
    found = compare(documents(ann=CLOSURES, ben=DISGUISED, cem=EINSUM, dee=CLOSURES))
    assert found.equal == (EqualGroup(("ann", "ben", "dee"), identical=False),)
    assert (found.compared, found.pairs) == (4, ())
    assert compare(documents(ann=CLOSURES, dee=CLOSURES)).equal == (EqualGroup(("ann", "dee"), identical=True),)


def test_a_large_part_of_another_submission_is_a_notable_pair():
    mixed = CLOSURES[: len(CLOSURES) // 3] + LOOPS[len(LOOPS) // 3 :]
    found = compare(documents(ann=CLOSURES, ben=mixed, cem=EINSUM, dee=LOOPS))
    assert [(pair.one, pair.other) for pair in found.pairs] == [(("ben",), ("dee",))]
    assert all(0.5 < share < 0.9 for share in (found.pairs[0].share_of_one, found.pairs[0].share_of_other))
    assert found.median < 0.5 < found.percentile_99 < 0.9


def test_shares_are_those_of_sets_of_fingerprints():
    parts = [part for text in TEXTS.values() for part in text.split("\n\n\n")]
    draw = random.Random(1)
    texts = {f"s{number:02}": "\n\n".join(draw.sample(parts, 6)) for number in range(24)}
    found = compare(documents(**texts))
    prints = {name: set(fingerprints(sequence(text)).hashes.tolist()) for name, text in texts.items()}
    owners = Counter(hash_ for one in prints.values() for hash_ in one)
    common = {hash_ for hash_, number in owners.items() if number > COMMON_AT_LEAST}
    assert set(found.discounted.tolist()) == common
    own = {name: one - common for name, one in prints.items()}
    expected = {
        (one, other): (len(own[one] & own[other]) / len(own[one]), len(own[one] & own[other]) / len(own[other]))
        for one, other in combinations(texts, 2)
        if min(len(own[one]), len(own[other])) >= TOO_FEW
    }
    notable = {pair: shares for pair, shares in expected.items() if max(shares) >= NOTABLE_SHARE}
    assert notable
    assert {(p.one[0], p.other[0]): (p.share_of_one, p.share_of_other) for p in found.pairs} == notable


def test_what_the_handout_gives_and_what_many_have_is_nobodys_own():
    given_to_all = {f"s{number}": CLOSURES + TEXTS[name] for number, name in enumerate(("einsum", "per_sample_loops"))}
    assert compare(documents(**given_to_all)).pairs
    assert compare(documents(**given_to_all), [CLOSURES]).pairs == ()
    common = {f"s{number}": f"{CLOSURES}\nx = {'y + ' * number}1\n" for number in range(COMMON_AT_LEAST + 1)}
    assert compare(documents(**common)).pairs == ()
    assert compare(documents(**common)).too_short == len(common)


def test_too_little_says_nothing():
    found = compare(documents(ann="x = 1\n", ben="y = 2\n", cem=""))
    assert (found.compared, found.too_short, found.pairs, found.equal) == (0, 3, (), ())
    assert compare([]).compared == 0


def test_passages_of_one_number_are_the_same_words_side_by_side():
    cells = DISGUISED.split("\n\n\n")
    found = side_by_side([CLOSURES], cells, compare([]).discounted)
    assert found.one
    of_other: dict[int, list[str]] = {}
    for passage in found.other:
        of_other.setdefault(passage.number, []).extend(sequence(cells[passage.text][passage.start : passage.end]))
    of_one = {p.number: sequence(CLOSURES[p.start : p.end]) for p in found.one}
    assert of_one == of_other


@given(st.lists(st.sampled_from(["x = a + b * c\n", "for i in y:\n    z(i)\n", "def f(q): return -q\n"]), max_size=20))
def test_passages_never_overlap(lines):
    one, other = "".join(lines), "".join(reversed(lines))
    found = side_by_side([one], [other, one], compare([]).discounted)
    for passages in (found.one, found.other):
        ends = [(0, 0), *((passage.text, passage.end) for passage in passages)]
        assert all(end <= (passage.text, passage.start) for end, passage in zip(ends, passages, strict=False))
