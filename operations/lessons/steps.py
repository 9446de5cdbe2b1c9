"""Of momentum, RMSProp and Adam."""

from grader.assignments import Lesson

VELOCITY_FORGOTTEN = Lesson(
    "Training is as slow as without momentum, and changing its strength changes nothing. Valleys that are steep on "
    "both sides are crossed in zigzags.",
    "Momentum remembers: what was good for many steps goes on. That needs the old velocity in the new one, and the "
    "new one kept for the next step.",
)
VELOCITY_KEPT_WHOLE = Lesson(
    "The steps become longer and longer. The cost falls fast, overshoots the minimum, swings around it and may grow "
    "without a bound, as a ball does on a track without friction.",
    "The factor below 1 is the friction. With 0.9 an old gradient has a weight of 0.35 after ten steps.",
)
UPHILL = Lesson(
    "The cost rises from the first step on, faster and faster, since the velocity builds up in the wrong direction.",
    "One minus belongs to each step: in the velocity or where it is applied, not in both and not in neither.",
)
NOT_CORRECTED = Lesson(
    "The first steps have the wrong size: moments that start at 0 are far too small at first. After some hundred "
    "steps the difference is gone, so long trainings look right.",
    "A running average that starts at 0 needs time to forget it. After t steps it has only the share 1 − βᵗ of its "
    "true value. Dividing by that share puts it right from the first step on.",
)
WEIGHTS_EXCHANGED = Lesson(
    "The average forgets nearly everything at each step, so that it is hardly more than the last gradient. Training "
    "is as restless as without it.",
    "The larger weight, 0.9 or 0.999, belongs to what was before. Set the gradient to 0 and look: how much is left "
    "after a step?",
)
FULL_WEIGHT = Lesson(
    "For a steady gradient the average grows to ten times its size, or a thousand times, where it should become just "
    "that gradient. The steps have the wrong length.",
    "In an average the weights add up to 1: β for what was before and 1 − β for what is new.",
)
KEPT_BY_THE_REST = Lesson(
    "Momentum hardly shows: for 0.9 the velocity forgets nine tenths of itself in each step. Training is about as slow "
    "as without it, and a factor nearer to 1 makes it worse instead of better.",
    "ρ is how much is left after a step in which nothing pushes. Set the gradient to 0 and look: a velocity of 1 "
    "should become ρ.",
)
WEIGHTED_AS_A_MEAN = Lesson(
    "All steps have 1 − ρ of the length that they should have, a tenth for 0.9. Training is slow; a learning rate ten "
    "times as large makes up for it, which hides the mistake.",
    "There are two forms of momentum. In one the velocity is a mean of gradients, whose weights add up to 1. In the "
    "other each gradient enters whole, and pushes in the same direction add up. Take the one that the task asks for.",
)
OLD_VELOCITY = Lesson(
    "The first step moves nothing, since the velocity is still 0, and every later one comes a step too late. In "
    "training that is hard to see. After one step by hand it is plain: the parameter is what it was.",
    "The order matters: the gradient changes the velocity, and the new velocity moves the parameter.",
)
NOTHING_KEPT = Lesson(
    "Every step begins with what the first one began with. Nothing is remembered, so that the method does not do what "
    "it is for, and a change of its decay changes little or nothing.",
    "What is kept must be handed on: returned, or put back where it was found. A new array under the same name inside "
    "a function is not seen outside. Make two steps by hand, and print with what the second one begins.",
)
NOT_SQUARED = Lesson(
    "Where gradients are negative the root is of a negative number, and parameters become `nan`, some of them in the "
    "first step. With positive gradients all looks well: a trial with ones shows nothing.",
    "What is kept is a measure of size, and a size has no sign. The square forgets the sign, and the root leads back "
    "to the size. Try one step with the gradient −1: what is kept must be the same as for 1.",
)
NO_ROOT = Lesson(
    "Multiply the cost by 10, and the steps should be as long as before. Yours are a tenth. So large gradients hardly "
    "move anything and small ones give huge steps: near a minimum, where they are small, training jumps about.",
    "The gradient is divided by its own usual size, so that what is left is its direction, and how steady it is. A "
    "mean of squares has the unit of g²; its root has that of g.",
)
EPSILON_UNDER_THE_ROOT = Lesson(
    "Training looks the same as long as gradients are larger than √ε, which is 10⁻⁴ for ε = 10⁻⁸. Parameters with "
    "smaller gradients move more slowly than they should, and with tiny ones hardly at all.",
    "ε has to keep the divisor above 0, and should do no more. Under the root it grows: √0.00000001 is 0.0001. "
    "Compare both divisors where the mean of squares is 0.",
)
NO_EPSILON = Lesson(
    "All is well until a gradient has been exactly 0 from the first step on, as of an input that is always 0 or a "
    "ReLU unit that never gives anything. There 0/0 is `nan`. One parameter is lost, and with it all that is computed "
    "with it.",
    "Data with empty pixels at the border have many such gradients. A tiny number in the divisor makes 0/ε = 0 of "
    "0/0, and changes nothing elsewhere.",
)
NOTHING_FADES = Lesson(
    "In the long run the steps become shorter and shorter, about as 1/√t, whatever the gradients do. Training begins "
    "well and then all but stands still. A larger learning rate only puts that off.",
    "A running mean must be able to fall again. The factor below 1 lets old squares fade; without it they are added "
    "up for ever, as AdaGrad does. Give it gradients of 0 for some steps: what is kept should become smaller.",
)
ONLY_THE_SIGN = Lesson(
    "Every parameter moves by one and the same length in every step, up or down: of its gradient only the sign is "
    "left. Near a minimum it jumps from one side to the other, and the cost stops falling.",
    "A gradient that is divided by its own size alone is 1 or −1. A mean over many steps keeps what is special about "
    "this one: whether it is larger or smaller than usual.",
)
PLAIN_STEP = Lesson(
    "Training is that of plain gradient descent: slow where the cost is flat, restless where it is steep. Changing "
    "the decay rate changes nothing at all.",
    "The method adapts the step to each parameter by dividing its gradient by its usual size. Multiply the cost by "
    "10: the steps should stay as long as they were.",
)
OLD_MEAN_USED = Lesson(
    "The first step is enormous: the mean of squares is still 0, so that the gradient is divided by ε alone. For "
    "ε = 10⁻⁸ it is a hundred million times as large as without a division, and nothing useful is left of the "
    "weights.",
    "First the new gradient enters the mean, then the mean is used. So the divisor can never be much smaller than "
    "the gradient that it is for.",
)
STEPS_NOT_COUNTED = Lesson(
    "The first step is right. Later ones are more and more wrong: with the usual constants the first moment is made "
    "ten times too large in the long run, and the root of the second 32 times. The steps end at a third of their "
    "length.",
    "The correction undoes that the moments begin at 0, and must fade as that is forgotten: 1 − βᵗ comes near 1 only "
    "if t grows. Print t in each step.",
)
CORRECTION_NEVER_FADES = Lesson(
    "The first step is right, and then the correction stays where it should fade: for 0.9 the moment is divided by "
    "0.1 in every step, for 0.999 by 0.001. After a while it is ten or a thousand times as large as it should be.",
    "A moment that began at 0 has after t steps the share 1 − βᵗ of its true size. That share grows to 1. Without the "
    "power it is that of the first step for ever.",
)
CORRECTED_AGAIN = Lesson(
    "The first step is right. From the second one on the moments are far too large: for a steady gradient g and 0.9 "
    "the first moment is 5 times g after two steps and 18 times after three.",
    "Two things have to be told apart: what is remembered for the next step, and what is used in this one. The "
    "correction belongs to the second. Give it a name of its own, such as `m_hat`.",
)
LAST_GRADIENT_ALONE = Lesson(
    "Training is as restless as without momentum, and changing β₁ changes no direction, only the length of steps. "
    "Noise of single mini-batches goes straight into the parameters.",
    "The first moment is there to average the noise away: what many gradients have in common stays, what changes from "
    "one to the next cancels. That needs the old moment in the new one.",
)
