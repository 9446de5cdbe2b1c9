"""`predict`."""

import numpy as np

from grader.checks import check, expect, fail

from .loss import away_from_ties


@check("predict", points=3, title="The class with the highest score, for several images and for one")
def predict_labels(student, solution, rng):
    for n in (11, 5, 1):
        params, X, _ = away_from_ties(solution, rng, n)
        found = student.predict(params, X)
        if np.shape(found) != (n,):
            fail(f"predict gave {np.shape(found)} for {n} images, expected a label for each, shape ({n},)")
        else:
            expect(found, f"labels of {n} images").equals(solution.predict(params, X))
