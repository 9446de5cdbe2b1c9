"""How much an assignment takes, and how often each of twenty frequent mistakes is written.

    python benchmarks/homes.py

Lines are those of contracts, tables, solutions, checks and mistakes, without examples and without modules that a course
hands out. A mistake counts as written wherever its title stands: in an operation, or in an assignment's `mistakes`.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
KINDS = ("contract", "composition", "solution", "checks", "mistakes")
ELEVEN = (  # those of the time before operations
    "cnn-activity-regularization",
    "cs231n-layers",
    "cs231n-softmax",
    "cs231n-two-layer-net",
    "dl-deep-network",
    "dl-regularization",
    "leaky-relu-column-major",
    "mnist-mlp",
    "nielsen-network",
    "relu-softmax-per-sample",
    "sigmoid-l2",
)
FREQUENT = {
    "the biases are penalised as well": r"[Bb]iases (?!are not).*(penalis|in the penalty)",
    "the biases are never updated": r"biases are never (updated|changed)",
    "the weights are never updated": r"weights are never (updated|changed)|Only the biases are updated",
    "a step goes along the gradient": r"step goes along the gradient instead of against|gradient is added instead of",
    "the learning rate is not used": r"learning rate is not used",
    "the rate that is passed in has no effect": r"learning rate that is passed|steps have a learning rate of",
    "the last layer is never updated": r"last layer is never updated|Only the hidden layer is updated",
    "gradients are summed, not averaged": r"summed over the samples, not averaged|^The changes are summed",
    "gradients are divided by n twice": r"^The (gradients?|changes) (are|is) divided by .* twice",
    "the cost is summed, not averaged": r"^The (cost|loss) is( summed|$)",
    "the cost is divided by n twice": r"^The (cost|loss) is divided by the number of samples twice",
    "only the last sample counts in the cost": r"^(Only the last sample counts$|The (cost|loss) keeps the last sample)",
    "the minus sign of the cost is missing": r"^The minus sign of the (cost|loss)",
    "the penalty is missing from the gradient": r"^(<L2_penalty>|The (L2 )?penalty.*) is missing from the gradient",
    "the penalty's gradient is doubled": r"gradient is 2<slope>|enalty.*factor 2 too much",
    "the penalty is in the last layer's gradient only": r"(last layer's gradient only|is in the last layer alone)",
    "λ is shared among the mini-batch": r"(divided by the (mini-batch's )?size.*(instead of|not) the training set)",
    "the last, smaller mini-batch is left out": r"(samples left over at the end|last, smaller mini-batch)",
    "each epoch makes one step": r"Each epoch (makes one step|uses one)",
    "dx is overwritten by each window": r"dx is overwritten by each filter",
}


def lines() -> dict[str, dict[str, int]]:
    """Of each assignment: kind of file -> lines."""
    found = {}
    for folder in sorted(path.parent for path in (ROOT / "assignments").glob("*/assignment.toml")):
        counts = dict.fromkeys(KINDS, 0)
        for path in folder.rglob("*.py"):
            part = path.relative_to(folder).with_suffix("").parts[0]
            if part in KINDS:
                counts[part] += len(path.read_text("utf-8").splitlines())
        found[folder.name] = counts
    return found


def titles() -> Iterator[tuple[str, str]]:
    """File and text of everything in operations and mistakes that may be a title: short, and no docstring."""
    paths = [*(ROOT / "operations").rglob("*.py"), *(ROOT / "assignments").glob("*/mistakes*/**/*.py")]
    for path in sorted({*paths, *(ROOT / "assignments").glob("*/mistakes.py")}):
        tree = ast.parse(path.read_text("utf-8"))
        documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
            if is_text and len(node.value) <= 110:  # type: ignore[attr-defined]
                yield str(path.relative_to(ROOT)), str(node.value)  # type: ignore[attr-defined]


def written(pattern: str) -> list[str]:
    return [file for file, text in titles() if re.search(pattern, text)]


if __name__ == "__main__":
    counted = lines()
    print(f"{'':<32}" + "".join(f"{kind:>12}" for kind in (*KINDS, "in all")))
    for name, counts in counted.items():
        print(f"{name:<32}" + "".join(f"{count:>12}" for count in (*counts.values(), sum(counts.values()))))
    print(f"\nthe eleven: {sum(sum(counted[name].values()) for name in ELEVEN)}; all: ", end="")
    print(f"{sum(sum(counts.values()) for counts in counted.values())} lines of {len(counted)} assignments\n")
    for mistake, pattern in FREQUENT.items():
        places = written(pattern)
        print(f"{len(places):>3}  {mistake:<52} {', '.join(places)}")
