"""Layer normalisation as a layer with its setting in a dict."""

from grader.assignments import Operation
from grader.checks import expect
from operations.layer_calls import output
from operations.normalization_layers import EPSILON, checks_of_gradients, drawn
from reference import layer_norm_layer as formula

layer_norm_layer = Operation(formula)

SIZES = ((5, 7), (3, 4))


@layer_norm_layer.check("layernorm_forward", share=4, title="Output for random features")
def layernorm_forward_values(student, solution, rng):
    for n, d in (*SIZES, (1, 6)):
        arguments = (*drawn(rng, n, d), {})
        found = output(student.layernorm_forward, *arguments)
        label = f"out for {n} {'sample' if n == 1 else 'samples'}"
        expect(found, label).close_to(solution.layernorm_forward(*arguments)[0])


@layer_norm_layer.check("layernorm_forward", share=1, title="A sample whose features are all the same")
def layernorm_forward_constant_sample(student, solution, rng):
    x, gamma, beta = drawn(rng, 5, 7)
    x[2] = 3.0
    arguments = x, gamma, beta, {}
    expect(output(student.layernorm_forward, *arguments), "out").close_to(solution.layernorm_forward(*arguments)[0])


@layer_norm_layer.check("layernorm_forward", share=1, title="Another eps")
def layernorm_forward_eps(student, solution, rng):
    if student.takes_all("layernorm_forward"):
        arguments = (*drawn(rng, 5, 7), {"eps": EPSILON})
        found = output(student.layernorm_forward, *arguments)
        expect(found, f"out with eps = {EPSILON:g}").close_to(solution.layernorm_forward(*arguments)[0])


checks_of_gradients(layer_norm_layer, ("layernorm_forward", "layernorm_backward"), {}, SIZES)


@layer_norm_layer.mistake(
    "layernorm_forward.epsilon-fixed",
    step="epsilon_of_layer",
    title="The ε of `ln_param` has no part in the output",
    explain=(
        "$\\hat{x} = (x - \\mu) / \\sqrt{\\sigma^2 + \\epsilon}$, with the ε that is asked for. "
        "Another one is added, or none."
    ),
    hints=("Does the output change with `eps`?", "What stands under the root beside the variance?"),
)
def epsilon_fixed(ln_param):
    return 1e-5
