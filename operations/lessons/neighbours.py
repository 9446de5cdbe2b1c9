"""Of nearest neighbours."""

from grader.assignments import Lesson

ABSOLUTE_DIFFERENCES = Lesson(
    "Some samples get other neighbours than they should, and most the same. So the accuracy is near to what it should "
    "be, and only a comparison of the distances themselves shows it.",
    "There are two common distances. Walking along the streets of a grid, from (0, 0) to (3, 4), is 7 (L1); as the "
    "crow flies it is 5 (L2), the root of 9 + 16.",
)
CANCELLING = Lesson(
    "Differences of both signs cancel, so that samples which have little in common can be at a distance of 0, and "
    "roots of negative numbers are `nan`.",
    "A distance counts every difference, whichever way it goes. The square makes each positive before they are added "
    "up.",
)
PRODUCT_ONCE = Lesson(
    "A sample is not at distance 0 from itself, and long vectors look farther away than they are. Neighbours come "
    "out wrong wherever lengths differ much.",
    "Multiply out (x − t)² by hand: x·t comes twice, from x times −t and from −t times x.",
)
NO_ROOT = Lesson(
    "Predictions are all right: the root keeps the order of what it is taken of, so that the neighbours are the same. "
    "Only the distances themselves are wrong, 25 where 5 is asked for.",
    "Who only wants the nearest can leave the root out. Here the distances are asked for.",
)
FARTHEST = Lesson(
    "The accuracy is poor, often below chance: those vote who are least like the sample. It becomes better, not worse, "
    "with a very large k, for then all vote in both ways.",
    "`np.argsort` puts the smallest first. The nearest are at the beginning, `[:k]`.",
)
NEAREST_ALONE = Lesson(
    "The accuracy is the same for every k, to the last digit. A search for the best k finds a flat line.",
    "With k neighbours there is a vote. Single samples that lie among those of another class lose it, which is why "
    "some k above 1 is better on noisy data.",
)
FIRST_ONES = Lesson(
    "The same labels vote for every sample, so that the prediction is one and the same for all of them, and as good "
    "as chance.",
    "`np.sort` gives the sorted distances themselves and loses whose they are. `np.argsort` gives the places of the "
    "samples that they belong to, by which the labels are found.",
)
LARGEST = Lesson(
    "Large labels are predicted far too often, and the more so the larger k is. With k = 1 there is no difference.",
    "Labels are names of classes, not sizes: 9 is not more than 0. What is looked for is the label with most votes: "
    "count first (`np.bincount`), then take the place of the largest count (`argmax`).",
)
AVERAGED = Lesson(
    "Predictions are labels that no neighbour has: of a 0 and an 8 it makes a 4. With k = 1, or where all neighbours "
    "agree, there is no difference.",
    "Labels are names of classes, not sizes, and there is nothing in the middle between cat and ship. Count the votes.",
)
