"""What the penalties are made of; their classes are in `solution.py`."""

from operations import l1_penalty, l2_penalty

USES = (
    l1_penalty.use(codes={"l1_penalty": "L1Penalty", "backward": "L1Penalty.grad"}),
    l2_penalty.use(
        codes={"l2_penalty": "L2Penalty", "backward": "L2Penalty.grad"},
        without=["backward.penalty-divided-by-samples*", "backward.penalty-times-samples"],  # there are none
        words={"its_cost": "The penalty is $<factor> \\sum w^2$.", "its_sum": "The sum of the penalty is $\\sum w^2$."},
    ),
)
