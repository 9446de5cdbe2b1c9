"""The window; the losses of single words are verified by the table in `composition.py`."""

from grader.checks import check, expect

WORDS = {word: number for number, word in enumerate("abcdef")}


def expect_window(student, solution, rng, part, name):
    for center, outside in (("c", list("abed")), ("a", list("fcf"))):
        given = center, 4, outside, WORDS, *rng.normal(size=(2, len(WORDS), 4)), None
        expect(student.skipgram(*given)[part], name).close_to(solution.skipgram(*given)[part])


@check("skipgram", points=6, title="The loss of a window")
def skipgram_loss(student, solution, rng):
    expect_window(student, solution, rng, 0, "the loss")


@check("skipgram", points=8, title="Its gradients in the centre vectors")
def skipgram_center(student, solution, rng):
    expect_window(student, solution, rng, 1, "gradCenterVecs")


@check("skipgram", points=8, title="Its gradients in the outside vectors")
def skipgram_outside(student, solution, rng):
    expect_window(student, solution, rng, 2, "gradOutsideVectors")
