"""A memory of the step, as momentum has one, that is set to zero again before each step."""

from grader.reading.finding import Finding
from grader.reading.judgement import Judgement

LEAST = 0.3  # of a factor that keeps something of the step before


def judge_begun_again(judgement: Judgement) -> None:
    """Tell zeros that are made anew for each step and multiplied by what should keep the step before."""
    network, graph = judgement.network, judgement.network.graph
    if len(network.steps) < 3:
        return
    for index, parameter in enumerate(network.chain):
        found: list[int] = []
        for before, step in zip(network.steps, network.steps[1:3], strict=False):
            update = next((at for at in parameter.updates if at > step.start), None)
            ended = next((at for at in reversed(parameter.updates) if at < step.start), before.end)
            if update is None:
                return
            for at in sorted(graph.ancestors(update, ended)):
                event = graph.events[at]
                if event.op not in ("Mult", "multiply") or len(event.operands) != 2:
                    continue
                numbers = [graph.values.scalar(operand) for operand in event.operands]
                kept = next((number for number in numbers if number is not None and LEAST <= number < 1), None)
                place = 0 if numbers[0] is None else 1
                memory, made = event.operands[place], graph.sources[at][place]
                array = graph.array(memory) if graph.size(memory) == graph.size(parameter.first) > 1 else None
                is_new = made > ended and graph.events[made].op in ("zeros", "zeros_like")
                if kept is not None and array is not None and not array.any() and is_new:
                    found.append(made)
                    break
        if len(found) == 2 and graph.events[found[0]].place == graph.events[found[1]].place:
            judgement.findings.append(Finding("step", "memory-begun-again", found[0], index))
            return
