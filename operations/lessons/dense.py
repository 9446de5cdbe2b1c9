"""Of the fully connected layer."""

from grader.assignments import Lesson

BIAS_MISSING = Lesson(
    "As long as all biases are 0 a test shows nothing. The network learns worse than it could: "
    "every unit is 0 for an input of zeros, and its boundary must go through the origin. The biases get gradients, "
    "move, and change nothing.",
    'A unit is a weighted sum that is moved up or down. Without the move it cannot say "only above 3". Test with '
    "biases that are not 0: zeros hide everything that is multiplied with them, or added.",
)
BIAS_WRONG = Lesson(
    "As long as all biases are 0 nothing shows. Then each step moves the biases by the right amount and the output by "
    "a wrong one. Training works, but less well, and a check by small differences fails for the biases alone.",
    "A unit adds its own bias once to its own sum. Test with biases that are not 0 and not equal: zeros hide every "
    "mistake in how they are used.",
)
WEIGHTS_TRANSPOSED = Lesson(
    "With layers of different sizes the shapes do not fit, and Python says so. With two layers of the same size it "
    "says nothing: the numbers are just wrong, and the network learns with weights that the rest of the code reads "
    "the other way round.",
    "In a matrix product the dimensions that meet must be the same thing: the inputs of the layer. Write the shapes "
    "under the factors before you run it, and test with sizes that all differ.",
)
ELEMENTWISE = Lesson(
    "Most shapes do not fit, and Python says so. Where they happen to fit, by broadcasting or since sizes are equal, "
    "a result of the wrong shape goes on, and the error is told much later, in another function.",
    "`*` multiplies what stands at the same place. A layer adds up products over all its inputs, and that sum is what "
    "`@` or `np.dot` makes.",
)
AVERAGED_AGAIN = Lesson(
    "This gradient is n times too small, while others are right. So a part of the network hardly learns, the less the "
    "larger the batch. With a single sample there is no difference, which hides it in a small test.",
    "A mean divides by n once. Follow one sample through your code and count how often it is divided: at the output, "
    "on the way back, in the sums.",
)
SUMMED = Lesson(
    "This gradient is n times too large, so that one learning rate cannot suit all parameters. With large batches the "
    "cost jumps or ends as `nan`; with a single sample all is well.",
    "The cost is a mean over the samples, and the gradient of a mean is a mean. Give every sample twice: neither may "
    "change.",
)
LAST_SAMPLE = Lesson(
    "Training is as noisy as with batches of one sample, whatever the batch size, and larger batches bring nothing. "
    "Change the first sample, and this gradient stays the same.",
    "Every sample pulls at the parameters, and the pulls are added. In a loop `=` keeps the last only, and `+=` adds. "
    "The sum begins at 0 before the loop, for each batch anew. A matrix product does it all at once.",
)
FIRST_SAMPLE = Lesson(
    "Training is as noisy as with batches of one sample, whatever the batch size. Change the last sample, and this "
    "gradient stays the same: all but the first are computed and thrown away, or not looked at.",
    "Every sample pulls at the parameters, and the pulls are added. A `return` inside a loop ends it after one turn, "
    "and an index 0 picks one sample. A matrix product adds all of them at once.",
)
MEANS_MULTIPLIED = Lesson(
    "The network learns something, but little: which input led to which error is lost. All rows of the gradient are "
    "multiples of one another, for every batch.",
    "The product of two means is not the mean of the products. Think of two samples with inputs 1 and −1 and errors 1 "
    "and −1. Both products are 1, so their mean is 1; but both means are 0.",
)
INPUT_MISSING = Lesson(
    "All weights that lead to one unit get the same gradient, so they move together and stay as different as they "
    "were at the start. The layer cannot learn which of its inputs matter.",
    "A weight acts on the output through its input: it is multiplied with it. So the gradient has that input as a "
    "factor. An input of 0 means that the weight had no part in the error.",
)
NOT_TRANSPOSED_BACK = Lesson(
    "The last layer learns well and those before it learn nonsense. With layers of different sizes Python complains "
    "about shapes. With equal sizes it says nothing, and the cost falls a little, thanks to the last layer.",
    "Forward, a weight leads from an input to a unit. On the way back the error goes through the same weight from the "
    "unit to the input. The transposed matrix is that way back.",
)
AVERAGED_ON_THE_WAY = Lesson(
    "Each layer further down has one more factor 1/n in its gradient. The last layer learns and the first stands "
    "nearly still, as with vanishing gradients. With a batch of one sample all is right.",
    "The way back repeats what happens to each sample by itself, so no mean belongs there. The one division by n "
    "belongs to the cost.",
)
WRONG_AXIS = Lesson(
    "There are as many numbers as samples, where there should be one for each unit. Either the update fails, because "
    "shapes do not fit, or broadcasting lets it through and the biases take a wrong shape that grows with the batch.",
    "A bias belongs to a unit and all samples share it. So the sum runs over the samples, and what remains is one "
    "number per unit. Test with 7 samples and 4 units, never with equal numbers.",
)
ONE_NUMBER = Lesson(
    "All biases of a layer move by the same amount, always. At a softmax output that amount is 0, so they do not move "
    "at all, and the network looks as if its biases had converged.",
    "Without an axis, numpy adds up the whole matrix. Broadcasting then spreads the one number over all biases, so no "
    "error is raised. Compare the shape of every gradient with that of its parameter: they must be equal.",
)
NOT_SUMMED = Lesson(
    "The gradient has a number for each sample, so its shape is not that of the bias. An update by `-=` fails; one by "
    "`b = b - …` goes through, and from then on the bias is a matrix that only fits batches of this size.",
    "A bias is added to every sample, so it acts on the cost through all of them. Their parts are added up. Compare "
    "the shape of every gradient with that of its parameter.",
)
