"""Three source notebooks in nbgrader's manner and three in otter's: twenty questions, most with hidden tests."""
# ruff: noqa: E501 - lines of notebooks, as they are

from tests.notebooks.building import (
    answer,
    code,
    manual,
    markdown,
    notebook,
    prompt,
    question,
    raw,
    solution,
    task,
    test,
)

ACTIVATIONS = notebook(
    markdown("# Activations\n\nTwo functions that nearly every network has, and why one of them is written with care."),
    code("%matplotlib inline\nimport matplotlib.pyplot as plt\nimport numpy as np"),
    markdown("## Question 1\n\nWrite `relu`, element by element."),
    answer(
        "relu",
        'def relu(z):\n    """max(0, z), element by element."""\n    ### BEGIN SOLUTION\n    return np.maximum(z, 0)\n    ### END SOLUTION',
    ),
    test(
        "test_relu",
        2,
        "# Values of both signs\nassert np.allclose(relu(np.array([-2.0, 0.0, 3.0])), [0, 0, 3])\n"
        "### BEGIN HIDDEN TESTS\nz = np.linspace(-1, 1, 12).reshape(3, 4)\n"
        'assert relu(z).shape == (3, 4), "the shape must stay"\nassert relu(z).min() == 0\n### END HIDDEN TESTS',
    ),
    markdown("## Question 2\n\nWrite `softmax`, row by row."),
    answer(
        "softmax",
        'def softmax(z):\n    """Rows of probabilities, (n, k)."""\n    ### BEGIN SOLUTION\n'
        "    e = np.exp(z - z.max(axis=1, keepdims=True))\n    return e / e.sum(axis=1, keepdims=True)\n    ### END SOLUTION",
    ),
    test(
        "test_softmax_values",
        3,
        "p = softmax(np.array([[0.0, np.log(2.0)], [1.0, 1.0]]))\nassert np.allclose(p, [[1 / 3, 2 / 3], [0.5, 0.5]])",
    ),
    test(
        "test_softmax_hidden",
        2,
        "### BEGIN HIDDEN TESTS\nlarge = softmax(np.array([[1000.0, 0.0]]))\nassert np.allclose(large, [[1, 0]])\n### END HIDDEN TESTS",
    ),
    test(
        "test_softmax_partial",
        4,
        "# Right in part counts in part\n"
        "z = np.arange(8.0).reshape(2, 4)\nright = [softmax(z + c).shape == (2, 4) and abs(softmax(z + c).sum() - 2) < 1e-9 for c in (0.0, 5.0)]\n"
        "shifted = [np.allclose(softmax(z), softmax(z + c)) for c in (1.0, -3.0)]\nsum(right) + sum(shifted)",
    ),
    markdown("## Question 3\n\nWhy is the row maximum subtracted?"),
    manual("why_subtract", 5, "Because exp overflows for large logits; the quotient stays the same."),
    code("plt.plot(relu(np.linspace(-1, 1)))\nplt.show()"),
)

REGRESSION = notebook(
    markdown("# Linear regression\n\nFit a line, and look at it."),
    code(
        "import numpy as np\n\nrng = np.random.default_rng(4)\nX = rng.normal(size=(30, 2))\n"
        "y = X @ np.array([1.5, -2.0]) + 0.25\n\ndef with_ones(X):\n    return np.hstack([X, np.ones((len(X), 1))])"
    ),
    markdown("## Question 1\n\nFit the weights by least squares, the intercept last: assign them to `w`."),
    answer(
        "fit", "### BEGIN SOLUTION\nw = np.linalg.lstsq(with_ones(X), y, rcond=None)[0]\n### END SOLUTION\nprint(w)"
    ),
    test(
        "test_w",
        3,
        "assert w.shape == (3,)\n### BEGIN HIDDEN TESTS\nassert np.allclose(w, [1.5, -2.0, 0.25])\n### END HIDDEN TESTS",
    ),
    markdown("## Question 2\n\nThe mean squared error."),
    answer(
        "mse",
        "def mse(predicted, y):\n    ### BEGIN SOLUTION\n    difference = predicted - y\n"
        "    return np.mean(difference**2)\n    ### END SOLUTION",
    ),
    test("test_mse", 2, "assert np.isclose(mse(np.array([1.0, 2.0]), np.array([0.0, 4.0])), 2.5)"),
    markdown("## Question 3\n\nRandom initial weights, drawn by `np.random.randn` and multiplied by `scale`."),
    answer(
        "initial",
        "def initial(n, scale=0.01):\n    ### BEGIN SOLUTION\n    return scale * np.random.randn(n)\n    ### END SOLUTION",
    ),
    test(
        "test_initial",
        2,
        "np.random.seed(3)\nexpected = 0.5 * np.random.randn(4)\nnp.random.seed(3)\n"
        "assert np.allclose(initial(4, 0.5), expected)\nassert len(initial(7)) == 7",
    ),
    markdown("## Question 4\n\nPlot the residuals."),
    manual(
        "plot",
        4,
        "### BEGIN SOLUTION\nimport matplotlib.pyplot as plt\nplt.hist(y - with_ones(X) @ w)\nplt.show()\n### END SOLUTION",
        kind="code",
    ),
)

NETWORK = notebook(
    markdown("# A network of one hidden layer\n\nForward, backward, and a training loop that is given."),
    code("import numpy as np"),
    markdown("## Question 1\n\n`forward(params, X)` gives the output and a cache."),
    answer(
        "forward",
        'def forward(params, X):\n    """tanh layer and a linear one: the output (n, 1), and a cache."""\n'
        "    ### BEGIN SOLUTION\n    hidden = np.tanh(X @ params['W1'])\n    return hidden @ params['W2'], (X, hidden)\n"
        "    ### END SOLUTION",
    ),
    code(
        "def problem(n=6):\n    rng = np.random.default_rng(1)\n"
        "    params = {'W1': rng.normal(size=(3, 4)), 'W2': rng.normal(size=(4, 1))}\n"
        "    return params, rng.normal(size=(n, 3)), rng.normal(size=(n, 1))"
    ),
    test(
        "test_forward",
        3,
        "params, X, y = problem()\nout, cache = forward(params, X)\nassert out.shape == (6, 1)\n"
        "### BEGIN HIDDEN TESTS\nassert np.allclose(out, np.tanh(X @ params['W1']) @ params['W2'])\n### END HIDDEN TESTS",
    ),
    markdown("## Question 2\n\n`backward(params, cache, upstream)` gives the gradients by name."),
    answer(
        "backward",
        'def backward(params, cache, upstream):\n    """Gradients of both weight matrices, a dict."""\n'
        "    ### BEGIN SOLUTION\n    X, hidden = cache\n    below = upstream @ params['W2'].T * (1 - hidden**2)\n"
        "    return {'W2': hidden.T @ upstream, 'W1': X.T @ below}\n    ### END SOLUTION",
    ),
    test(
        "test_backward",
        5,
        "out, cache = forward(params, X)\ngrads = backward(params, cache, out - y)\nassert set(grads) == {'W1', 'W2'}\n"
        "### BEGIN HIDDEN TESTS\nfor key in params:\n    change = {**params, key: params[key] + 1e-6}\n"
        "    lower = {**params, key: params[key] - 1e-6}\n"
        "    slope = sum((forward(p, X)[0] - y).T @ (forward(p, X)[0] - y) * s for p, s in ((change, 1), (lower, -1))) / 4e-6\n"
        "    assert np.isclose(grads[key].sum(), slope[0, 0], rtol=1e-4)\n### END HIDDEN TESTS",
    ),
    markdown("The loop is given; it calls what you wrote."),
    code(
        "def train(params, X, y, steps=20, rate=0.05):\n    costs = []\n    for _ in range(steps):\n"
        "        out, cache = forward(params, X)\n        costs.append(float(np.mean((out - y) ** 2)))\n"
        "        grads = backward(params, cache, 2 * (out - y) / len(y))\n"
        "        params = {k: v - rate * grads[k] for k, v in params.items()}\n    return costs\n\n"
        "history = train(*problem())"
    ),
    test("test_history", 2, "assert len(history) == 20\nassert history[-1] < history[0]"),
    test("test_train", 1, "### BEGIN HIDDEN TESTS\nassert train(*problem(9), steps=3)[2] < 10\n### END HIDDEN TESTS"),
    task(
        "discuss",
        6,
        "Discuss what a larger rate does, in a cell of your own.\n\n### BEGIN MARK SCHEME\n3 for divergence, 3 for an experiment.\n### END MARK SCHEME",
    ),
)

ARRAYS = notebook(
    raw("# ASSIGNMENT CONFIG\nname: arrays\nexport_cell: false"),
    markdown("# Arrays\n\nA few lines of numpy."),
    code("import numpy as np\n\nheights = np.array([1.5, 1.75, 2.0, 1.25])"),
    question(
        "q1",
        [
            markdown("Assign the mean of `heights` to `mean_height`."),
            *solution(code("mean_height = heights.mean()  # SOLUTION")),
        ],
        [code("round(float(mean_height), 3)", "1.625"), code("# HIDDEN\nassert np.isclose(mean_height, 1.625)")],
        points=2,
    ),
    question(
        "q2",
        [
            markdown("Write `standardized`: mean 0 and standard deviation 1 in every column."),
            *solution(
                code(
                    "def standardized(X):\n    centred = X - X.mean(axis=0) # SOLUTION\n"
                    "    # BEGIN SOLUTION\n    spread = X.std(axis=0)\n    return centred / spread\n    # END SOLUTION"
                )
            ),
        ],
        [
            code("standardized(np.array([[1.0], [3.0]])).tolist()", "[[-1.0], [1.0]]"),
            code(
                '""" # BEGIN TEST CONFIG\npoints: 2\nhidden: true\nfailure_message: look at the axis\n""" # END TEST CONFIG\n'
                "Z = standardized(np.array([[1.0, 5.0], [2.0, 7.0], [6.0, 0.0]]))\nassert np.allclose(Z.std(axis=0), 1)"
            ),
        ],
        points=3,
    ),
    question(
        "q3",
        [markdown("What does broadcasting do?"), *solution(markdown("It repeats axes of length one without copying."))],
        manual=True,
        points=4,
    ),
)

LOGISTIC = notebook(
    raw("# ASSIGNMENT CONFIG\nname: logistic"),
    markdown("# Logistic regression\n\nA sigmoid, its cost, and one step."),
    code("import numpy as np\nimport matplotlib.pyplot as plt"),
    question(
        "q1",
        [
            markdown("The sigmoid."),
            *solution(code("def sigmoid(z):\n    return 1 / (1 + np.exp(-z)) # SOLUTION")),
        ],
        [
            code("assert sigmoid(0.0) == 0.5"),
            code("# HIDDEN\nassert np.allclose(sigmoid(np.array([-1.0, 1.0])).sum(), 1)"),
            code("# HIDDEN\nassert np.isclose(sigmoid(2.0), 0.8807970779778823)"),
        ],
        points=3,
    ),
    question(
        "q2",
        [
            markdown("The mean cross-entropy of probabilities `p` for labels `y`."),
            *solution(
                code(
                    "def cost(p, y):\n    # BEGIN SOLUTION\n    terms = y * np.log(p) + (1 - y) * np.log(1 - p)\n"
                    "    return -terms.mean()\n    # END SOLUTION"
                )
            ),
        ],
        [
            code("round(float(cost(np.array([0.5, 0.5]), np.array([0, 1]))), 4)", "0.6931"),
            code("# HIDDEN\nassert np.isclose(cost(np.array([0.9, 0.2, 0.6]), np.array([1, 0, 1])), 0.27977656)"),
        ],
        points=[1, 2],
    ),
    question(
        "q3",
        [
            markdown("One step of gradient descent, as `step(w, X, y, rate)`."),
            *prompt(code("def step(w, X, y, rate):\n    ...")),
            *solution(
                code(
                    "def step(w, X, y, rate):\n    error = sigmoid(X @ w) - y\n    return w - rate * X.T @ error / len(y)"
                )
            ),
        ],
        [
            code("X = np.array([[1.0, 2.0], [0.0, -1.0]])\ny = np.array([1, 0])"),
            code("# HIDDEN\nw = step(np.zeros(2), X, y, 0.5)\nassert np.allclose(w, [0.125, 0.375])"),
            code("# HIDDEN\nassert step(np.ones(2), X, y, 0.0).tolist() == [1.0, 1.0]"),
        ],
        points={"each": 2},
    ),
    question(
        "q4",
        [markdown("Plot the sigmoid."), *solution(code("t = np.linspace(-4, 4)\nplt.plot(t, sigmoid(t))\nplt.show()"))],
        manual=True,
        points=2,
    ),
)

POOLING = notebook(
    raw("# ASSIGNMENT CONFIG\nname: pooling"),
    markdown("# Convolution and pooling\n\nLoops are fine."),
    code("import numpy as np\n\nimage = np.arange(16.0).reshape(4, 4)"),
    question(
        "q1",
        [
            markdown("Valid cross-correlation of an image with a kernel."),
            *solution(
                code(
                    "def correlate(image, kernel):\n    k = len(kernel)\n    size = len(image) - k + 1\n"
                    "    out = np.zeros((size, size))\n    # BEGIN SOLUTION\n    for i in range(size):\n"
                    "        for j in range(size):\n            out[i, j] = np.sum(image[i : i + k, j : j + k] * kernel)\n"
                    "    # END SOLUTION\n    return out"
                )
            ),
        ],
        [
            code("correlate(image, np.ones((2, 2)))[0].tolist()", "[10.0, 14.0, 18.0]"),
            code(
                "# HIDDEN\nkernel = np.array([[1.0, 2.0], [3.0, 4.0]])\nassert correlate(image, kernel)[2, 1] == 124.0"
            ),
        ],
        points=4,
    ),
    question(
        "q2",
        [
            markdown("2 x 2 max pooling."),
            *solution(code("def pool(image):\n    return image.reshape(2, 2, 2, 2).max(axis=(1, 3)) # SOLUTION")),
        ],
        [code("pool(image).tolist()", "[[5.0, 7.0], [13.0, 15.0]]")],
    ),
    question(
        "q3",
        [
            markdown("Apply both to `image` (a kernel of ones, 3 x 3): the sum of the result."),
            *solution(code("total = correlate(image, np.ones((3, 3))).sum() # SOLUTION")),
        ],
        [code("# HIDDEN\nassert total == 270.0")],
        points=2,
    ),
)

NBGRADER = {"activations": ACTIVATIONS, "regression": REGRESSION, "network": NETWORK}
OTTER = {"arrays": ARRAYS, "logistic": LOGISTIC, "pooling": POOLING}
