"""What became of one validation: an example, or a planted mistake."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """`found` tells the result in a few words; without `problems` it is the one that was demanded."""

    name: str
    found: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class Validation:
    """What became of an assignment's examples and of its known mistakes."""

    assignment: str
    examples: tuple[Outcome, ...]
    planted: tuple[Outcome, ...]

    @property
    def is_sound(self) -> bool:
        return not any(outcome.problems for outcome in (*self.examples, *self.planted))

    def table(self) -> str:
        """Every example, the planted mistakes that are not named by themselves, and the totals."""
        confused = [outcome for outcome in self.planted if outcome.problems or outcome.found != "named"]
        named = sum(not outcome.problems for outcome in self.planted)
        lines = [self.assignment, *_rows("examples", self.examples)]
        if self.planted:
            lines.append(
                f"  planted mistakes: {named} of {len(self.planted)} named by their own code or a stated one-of"
            )
            lines += _rows("not by their own code alone", confused)
        return "\n".join(lines)


def _rows(title: str, outcomes: "tuple[Outcome, ...] | list[Outcome]") -> list[str]:
    if not outcomes:
        return []
    width = max(len(outcome.name) for outcome in outcomes)
    rows = [f"  {title}:"]
    for outcome in outcomes:
        verdict = f"PROBLEM: {'; '.join(outcome.problems)}" if outcome.problems else outcome.found
        detail = f"{outcome.found}  " if outcome.problems else ""
        rows.append(f"    {outcome.name:{width}}  {detail}{verdict}")
    return rows
