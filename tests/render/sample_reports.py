"""Reports as gradings make them, one for each situation that a renderer must show."""

import math

from grader.report import (
    AssignmentInfo,
    CapturedOutput,
    CellRun,
    CheckResult,
    Comparison,
    Diagnosis,
    Environment,
    EpochRecord,
    FunctionReport,
    Location,
    Report,
    StackFrame,
    StudentError,
    SubmissionInfo,
    Timing,
    TrainingReport,
)

ASSIGNMENT = AssignmentInfo(id="mnist-mlp", title="A multi-layer perceptron for MNIST", version="1.0")
SUBMISSION = SubmissionInfo(name="homework.ipynb", sha256="9f" * 32, kind="notebook")
ENVIRONMENT = Environment(
    grader="0.1.0",
    python="3.11.7",
    numpy="2.4.1",
    sandbox=("landlock", "seccomp", "bubblewrap"),
    seed=0,
    stand_ins=("matplotlib.pyplot", "seaborn"),
)
TIMING = Timing(total=2.31, start=0.15, load=0.41, checks=1.55, diagnosis=0.2, submission=1.4)
POINTS = {
    "relu": 5.0,
    "softmax": 10.0,
    "cross_entropy": 10.0,
    "l2_penalty": 5.0,
    "forward": 10.0,
    "backward": 40.0,
    "predict": 5.0,
    "train": 15.0,
}
SIGNATURES = {
    "relu": "relu(z)",
    "softmax": "softmax(z)",
    "cross_entropy": "cross_entropy(probs, Y)",
    "l2_penalty": "l2_penalty(params, lam)",
    "forward": "forward(params, X)",
    "backward": "backward(params, cache, Y, lam)",
    "predict": "predict(params, X)",
    "train": "train(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed)",
}


def place(cell: int, line: int | None = None, file: str = "homework.ipynb") -> Location:
    return Location(file=file, cell=cell, line=line)


def right(name: str, cell: int = 1) -> FunctionReport:
    points = POINTS[name]
    return FunctionReport(
        name=name,
        signature=SIGNATURES[name],
        summary="What it computes, in one sentence.",
        status="passed",
        score=points,
        max_score=points,
        location=place(cell, 2),
        checks=(
            CheckResult(
                id=f"{name}.values",
                title="Values on random input",
                status="passed",
                score=points - 1,
                max_score=points - 1,
            ),
            CheckResult(id=f"{name}.pure", title="Arguments stay as they were", status="passed", score=1, max_score=1),
        ),
    )


def missing(name: str) -> FunctionReport:
    return FunctionReport(
        name=name,
        signature=SIGNATURES[name],
        summary="Labels of the most probable classes.",
        status="missing",
        score=0,
        max_score=POINTS[name],
        checks=(
            CheckResult(
                id=f"{name}.values", title="Values on random input", status="skipped", score=0, max_score=POINTS[name],
                message=f"`{name}` is not defined.",
            ),
        ),
    )  # fmt: skip


def report(functions: tuple[FunctionReport, ...], **fields: object) -> Report:
    values: dict[str, object] = {
        "assignment": ASSIGNMENT,
        "submission": SUBMISSION,
        "status": "graded",
        "score": sum(f.score for f in functions),
        "max_score": 100.0,
        "functions": functions,
        "environment": ENVIRONMENT,
        "timing": TIMING,
    }
    return Report.model_validate(values | fields)


def curve(start: float, floor: float, rate: float, epochs: int = 12) -> tuple[EpochRecord, ...]:
    records = []
    for epoch in range(1, epochs + 1):
        cost = floor + (start - floor) * math.exp(-rate * epoch)
        accuracy = min(0.99, 1 - cost / 3.2)
        records.append(
            EpochRecord(
                epoch=epoch,
                train_cost=cost,
                test_cost=cost * 1.15,
                train_accuracy=accuracy,
                test_accuracy=accuracy - 0.02,
            )
        )
    return tuple(records)


def training(**fields: object) -> TrainingReport:
    values: dict[str, object] = {
        "function": "train",
        "dataset": "MNIST, 4,000 images for training and 1,000 for testing",
        "history": curve(2.3, 0.25, 0.4),
        "reference_history": curve(2.3, 0.22, 0.42),
    }
    return TrainingReport.model_validate(values | fields)


def passing() -> Report:
    return report(
        tuple(right(name, cell) for cell, name in enumerate(POINTS, start=1)),
        training=(training(),),
        cells=tuple(CellRun(location=place(cell), status="ran") for cell in range(1, 12)),
        output=CapturedOutput(stdout="epoch 1: cost 1.94\nepoch 2: cost 1.52\n"),
    )


def error_picture(rows: int = 24, columns: int = 15) -> tuple[tuple[float, ...], ...]:
    return tuple(
        tuple(0.0 if c % 4 else abs(math.sin(r / 3)) * (1 + c) / 100 for c in range(columns)) for r in range(rows)
    )


def wrong_backward() -> FunctionReport:
    gradient = CheckResult(
        id="backward.two-hidden-layers",
        title="Gradients of two hidden layers against central differences",
        status="failed",
        score=4,
        max_score=16,
        message="2 of 6 gradients are wrong: `db1`, `dW2`.",
        comparisons=(
            Comparison(label="dW1", verdict="right", relative_error=2.1e-10, shape=(6, 5), expected_shape=(6, 5)),
            Comparison(
                label="db1", verdict="wrong", message="only the last sample counts", relative_error=0.73,
                found=[0.12, -0.4, 0.0, 1.25, -0.07], expected=[0.31, -0.2, 0.05, 0.9, 0.11],
                shape=(5,), expected_shape=(5,), worst_index=(3,), error_picture=((0.19, 0.2, 0.05, 0.35, 0.18),),
            ),
            Comparison(
                label="dW2", verdict="wrong", relative_error=0.31, worst_index=(3, 1), shape=(100, 30),
                expected_shape=(100, 30), found="array of shape (100, 30)", expected="array of shape (100, 30)",
                error_picture=error_picture(),
            ),
            Comparison(label="dW3", verdict="right", relative_error=1.3e-10),
            Comparison(label="db3", verdict="remark", message="the shape is (1, 4) where (4,) is expected"),
        ),
        seconds=0.004,
    )  # fmt: skip
    return FunctionReport(
        name="backward",
        signature=SIGNATURES["backward"],
        summary="Gradients of the cost with respect to every parameter.",
        status="failed",
        score=14,
        max_score=40,
        location=place(6, 1),
        checks=(
            gradient,
            CheckResult(
                id="backward.keys", title="One gradient for each parameter", status="passed", score=10, max_score=10
            ),
            CheckResult(
                id="backward.one-sample", title="A batch of one sample", status="error", score=0, max_score=7,
                message="It raised an error.",
                error=StudentError(
                    type="ValueError",
                    message="operands could not be broadcast together with shapes (1,30) (30,4)",
                    frames=(
                        StackFrame(location=place(6, 9), function="backward", text="delta = delta @ W * mask(Z)"),
                        StackFrame(location=place(5, 3), function="mask", text="return (Z > 0) * W"),
                    ),
                ),
            ),
            CheckResult(
                id="backward.deep", title="Five layers", status="timeout", score=0, max_score=7,
                message="Still running after 10 s in `backward`, line 12.",
            ),
        ),
        diagnoses=(
            Diagnosis(
                code="backward.bias-gradient-of-last-sample",
                title="The bias gradient keeps only the last sample",
                explanation=(
                    "Inside the loop `db1 = delta` replaces what the samples before have added. The gradient of a "
                    r"bias is the sum over the batch: $\frac{\partial J}{\partial b_j} = \frac{1}{n}\sum_{i=1}^n "
                    r"\delta_{ij}$, and with the penalty $dW = \frac{1}{n} X^T \delta + \lambda W$."
                    "\n\nAs it stands, only one image of each batch moves the biases."
                ),
                hints=("Compare `db1` for a batch of one sample and of seven.", "Use `+=`, or sum over `axis=0`."),
                evidence={"ratio": 0.142857, "agreement": [1e-12, 3e-12]},
                location=place(6, 4),
                url="https://docs.example.org/mistakes/backward.html#bias-gradient-of-last-sample",
            ),
        ),
        remarks=("Scalars come back with shape `(1,)`; that is accepted.",),
    )  # fmt: skip


def wrong_gradient() -> Report:
    follow_on = FunctionReport(
        name="train", signature=SIGNATURES["train"], status="failed", score=0, max_score=15, location=place(8, 1),
        follows_from=("backward",),
        checks=(
            CheckResult(
                id="train.curve", title="The cost falls as the reference's", status="failed", score=0, max_score=15,
                message="Accuracy 41.2 % after 12 epochs, the reference reaches 93.1 %.",
            ),
        ),
    )  # fmt: skip
    names = ["relu", "softmax", "cross_entropy", "l2_penalty", "forward"]
    return report(
        (
            *(right(name, cell) for cell, name in enumerate(names, start=1)),
            wrong_backward(),
            missing("predict"),
            follow_on,
        ),
        training=(
            training(
                history=curve(2.3, 1.5, 0.2),
                step_costs=tuple(2.3 - 0.004 * step for step in range(120)),
                reference_step_costs=tuple(2.3 * math.exp(-0.015 * step) for step in range(120)),
                first_divergent_step=1,
            ),
        ),
        cells=(
            CellRun(location=place(1), status="ran"),
            CellRun(
                location=place(9, 2),
                status="error",
                error=StudentError(type="FileNotFoundError", message="[Errno 2] No such file: 'mnist.pkl.gz'"),
            ),
            CellRun(location=place(10), status="timeout", message="cut off after 5 s"),
            CellRun(location=place(11), status="skipped", message="`%matplotlib inline` was left out"),
        ),
        output=CapturedOutput(stdout="loading…\n", stderr="RuntimeWarning: overflow encountered in exp\n"),
    )


def nothing_implemented() -> Report:
    return report(tuple(missing(name) for name in POINTS))


HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>\" onload='alert(3)' "
    "[bold red]rich[/bold red] [/] \x1b[2J\x1b]0;title\x07\x1b]8;;http://evil.example\x07link\x1b]8;;\x07 "
    "`code``` **bold** [link](javascript:alert(4)) | cell | ![i](http://evil.example/x.png) http://evil.example "
    "\u202egnp.exe\u202c \u2066x\u2069 zero\u200bwidth \x00\x08\x0b]]> &amp; {{ 7*7 }} {% raw %} "
    "$\\href{javascript:alert(5)}{x}$ \ud800 @everyone ~~struck~~ # title\n# heading\n- item\n```\nfence\n"
)


def hostile() -> Report:
    """Every text that a submission can shape, hostile."""
    where = Location(file=HOSTILE, cell=1, line=1)
    error = StudentError(
        type=HOSTILE, message=HOSTILE * 8, frames=(StackFrame(location=where, function=HOSTILE, text=HOSTILE),) * 90
    )
    check = CheckResult(
        id="softmax.values", title=HOSTILE, status="error", score=0, max_score=10, message=HOSTILE, error=error,
        comparisons=(
            Comparison(
                label=HOSTILE, verdict="wrong", message=HOSTILE, found=HOSTILE[:40], expected=[HOSTILE[:20]],
                relative_error=math.nan, worst_index=(0,), error_picture=((math.nan, math.inf), (0.0, -1.0)),
            ),
        ),
    )  # fmt: skip
    diagnosis = Diagnosis(
        code=HOSTILE, title=HOSTILE, explanation=HOSTILE, hints=(HOSTILE, HOSTILE), confidence="one-of",
        alternatives=(HOSTILE,), evidence={HOSTILE: [HOSTILE]}, location=where, url="javascript:alert(6)",
    )  # fmt: skip
    function = FunctionReport(
        name="softmax", signature=HOSTILE, summary=HOSTILE, status="error", score=0, max_score=10, location=where,
        checks=(check,), diagnoses=(diagnosis,), remarks=(HOSTILE,) * 500,
    )  # fmt: skip
    return report(
        (function,),
        submission=SubmissionInfo(name=HOSTILE, sha256="0" * 64, kind="notebook"),
        remarks=(HOSTILE,),
        training=(training(remarks=(HOSTILE,), diagnoses=(diagnosis,), dataset=HOSTILE),),
        cells=(CellRun(location=where, status="error", error=error, message=HOSTILE),) * 60,
        output=CapturedOutput(stdout=HOSTILE * 100, stderr=HOSTILE * 100, truncated=True),
        environment=ENVIRONMENT.model_copy(update={"stand_ins": (HOSTILE,)}),
    )


def timeouts() -> Report:
    slow = FunctionReport(
        name="softmax", signature="softmax(z)", status="timeout", score=0, max_score=10, location=place(2, 1),
        checks=tuple(
            CheckResult(
                id=f"softmax.{n}", title=f"Check number {n}", status="timeout", score=0, max_score=2,
                message="Still running after 10 s in `softmax`, line 4.",
            )
            for n in range(1, 6)
        ),
    )  # fmt: skip
    half = right("cross_entropy", 3).model_copy(update={"status": "partial", "score": 5.5})
    return report((right("relu"), slow, half))


def much_output() -> Report:
    lines = "".join(f"step {n}: cost {1 / (n + 1):.6f}\n" for n in range(8_000))
    return passing().model_copy(update={"output": CapturedOutput(stdout=lines, stderr="x" * 200_000, truncated=True)})


def rejected() -> Report:
    return Report(
        assignment=ASSIGNMENT,
        submission=SUBMISSION.model_copy(update={"kind": None}),
        status="rejected",
        reason="`homework.ipynb` is not a notebook: it is no JSON (line 1).",
        max_score=100,
    )


def internal_error() -> Report:
    return Report(
        assignment=ASSIGNMENT,
        submission=SUBMISSION,
        status="internal_error",
        reason="The sandbox could not be started.",
        max_score=100,
        environment=ENVIRONMENT,
    )


def unprotected() -> Report:
    """Graded without a sandbox and on stand-in data."""
    stand_in = training(dataset="drawn digits", dataset_is_stand_in=True)
    return passing().model_copy(
        update={"environment": ENVIRONMENT.model_copy(update={"sandbox": ("none",)}), "training": (stand_in,)}
    )


def diverging() -> Report:
    """Training that blows up: an exploding cost, then NaN; accuracy that was measured only now and then."""
    history = tuple(
        EpochRecord(
            epoch=epoch,
            train_cost=10.0 ** (epoch - 1) if epoch < 7 else math.inf if epoch == 7 else math.nan,
            train_accuracy=0.1,
            test_accuracy=0.098 if epoch % 3 == 0 else None,
        )
        for epoch in range(1, 13)
    )
    diagnosis = Diagnosis(
        code="training.divergence",
        title="The cost explodes from the first epoch on",
        explanation="The cost grows tenfold each epoch, then overflows: the step is too long, $W_1 - \\eta\\, dW_1$.",
        hints=("Is the gradient divided by the batch size $n$?",),
        confidence="likely",
    )
    run = training(
        history=history,
        step_costs=(2.3, 4.0, math.nan, math.inf, 1e9),
        reference_step_costs=(2.3, 2.2, 2.1, 2.0, 1.9),
        first_divergent_step=0,
        diagnoses=(diagnosis,),
    )
    functions = tuple(right(name, cell) for cell, name in enumerate(POINTS, start=1))
    return report(functions, score=92.0, training=(run,))


def empty() -> Report:
    return report(())


SAMPLES = {
    make.__name__: make
    for make in (
        passing, wrong_gradient, nothing_implemented, hostile, timeouts, much_output, rejected, internal_error,
        unprotected, diverging, empty,
    )
}  # fmt: skip
