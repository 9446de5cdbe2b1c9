"""The costs that a person may say is meant, by the word that stands for each."""

from typing import Literal

CostOption = Literal["squared error", "cross-entropy"]
COSTS: dict[str, CostOption] = {"squared": "squared error", "cross-entropy": "cross-entropy"}
