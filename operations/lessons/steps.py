"""Of momentum and Adam."""

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
