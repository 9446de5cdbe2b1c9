"""Right submissions to mnist-mlp in every dress: one of several ways to write each function, names changed, order too.

A variant is made of a number: the same number gives the same submission.
"""

import ast
import itertools
import random

RELU = [
    "def relu(z):\n    return np.maximum(z, 0)",
    "def relu(z):\n    return z * (z > 0)",
    "def relu(z):\n    return np.where(z > 0, z, 0.0)",
    "def relu(z):\n    return (z + np.abs(z)) / 2",
    "def relu(z):\n    out = z.copy()\n    out[out < 0] = 0\n    return out",
    "relu = lambda z: np.clip(z, 0, None)",
    "def _relu(t):\n    return t if t > 0 else 0.0\n\nrelu = np.vectorize(_relu, otypes=[float])",
]

SOFTMAX = [
    "def softmax(z):\n    e = np.exp(z - np.max(z, axis=1, keepdims=True))\n"
    "    return e / np.sum(e, axis=1, keepdims=True)",
    "def softmax(z):\n    shifted = z - z.max(axis=1)[:, None]\n    e = np.exp(shifted)\n"
    "    return e / e.sum(axis=1).reshape(-1, 1)",
    "def softmax(z):\n    rows = []\n    for row in z:\n        e = np.exp(row - max(row))\n"
    "        rows.append(e / sum(e))\n    return np.array(rows)",
    "def softmax(z):\n    m = z.max(1, keepdims=True)\n"
    "    return np.exp(z - m - np.log(np.exp(z - m).sum(1, keepdims=True)))",
    "def softmax(z):\n    e = np.exp((z.T - z.max(1)).T)\n    return np.einsum('ij,i->ij', e, 1 / e.sum(1))",
    "def softmax(z):\n    z = np.asarray(z, dtype=np.float32)\n    e = np.exp(z - z.max(axis=1, keepdims=True))\n"
    "    return e / e.sum(axis=1, keepdims=True)",
]

CROSS_ENTROPY = [
    "def cross_entropy(probs, Y):\n    return -np.sum(Y * np.log(probs + 1e-15)) / len(Y)",
    "def cross_entropy(probs, Y):\n    p = np.clip(probs, 1e-12, 1.0)\n"
    "    return -np.mean(np.sum(Y * np.log(p), axis=1))",
    "def cross_entropy(probs, Y):\n    n = probs.shape[0]\n    picked = probs[np.arange(n), Y.argmax(axis=1)]\n"
    "    return float(np.mean(-np.log(np.maximum(picked, 1e-300))))",
    "def cross_entropy(probs, Y):\n    total = 0.0\n    for p, y in zip(probs, Y):\n"
    "        total -= np.log(max(p[np.argmax(y)], 1e-12))\n    return total / len(probs)",
    "def cross_entropy(probs, Y):\n    q = np.where(Y > 0, probs, 1.0)\n"
    "    return np.array([-np.log(np.maximum(q, 1e-12)).sum() / Y.shape[0]])",
]

PENALTY = [
    "def l2_penalty(params, lam):\n    return lam / 2 * sum(np.sum(params[k] ** 2) for k in params if k[0] == 'W')",
    "def l2_penalty(params, lam):\n    total = 0\n    for l in range(1, len(params) // 2 + 1):\n"
    "        total += np.linalg.norm(params['W' + str(l)]) ** 2\n    return 0.5 * lam * total",
    "def l2_penalty(params, lam):\n    weights = [v.ravel() for k, v in params.items() if k.startswith('W')]\n"
    "    w = np.concatenate(weights)\n    return lam * (w @ w) / 2",
    "def l2_penalty(params, lam):\n"
    "    return sum(0.5 * lam * np.einsum('ij,ij->', v, v) for k, v in params.items() if 'W' in k)",
]

# Each pair shares its cache: a dict, a tuple, a list, an object, a closure, and one that computes everything again.
NETWORK = [
    """
def forward(params, X):
    L = len(params) // 2
    cache = {'A0': X}
    for l in range(1, L + 1):
        cache[f'Z{l}'] = cache[f'A{l-1}'] @ params[f'W{l}'] + params[f'b{l}']
        cache[f'A{l}'] = softmax(cache[f'Z{l}']) if l == L else relu(cache[f'Z{l}'])
    return cache[f'A{L}'], cache

def backward(params, cache, Y, lam):
    L, n, grads = len(params) // 2, len(Y), {}
    dZ = (cache[f'A{L}'] - Y) / n
    for l in range(L, 0, -1):
        grads[f'W{l}'] = cache[f'A{l-1}'].T @ dZ + lam * params[f'W{l}']
        grads[f'b{l}'] = dZ.sum(axis=0)
        if l > 1:
            dZ = (dZ @ params[f'W{l}'].T) * (cache[f'Z{l-1}'] > 0)
    return grads
""",
    """
def forward(params, X):
    activations, a, l = [X], X, 1
    while f'W{l+1}' in params:
        a = relu(np.dot(a, params[f'W{l}']) + params[f'b{l}'])
        activations.append(a)
        l += 1
    probs = softmax(np.dot(a, params[f'W{l}']) + params[f'b{l}'])
    return probs, (activations, probs)

def backward(params, cache, Y, lam):
    activations, probs = cache
    n = Y.shape[0]
    delta = probs - Y
    result = {}
    for l in reversed(range(1, len(activations) + 1)):
        result[f'W{l}'] = np.dot(activations[l - 1].T, delta) / n + lam * params[f'W{l}']
        result[f'b{l}'] = np.mean(delta, axis=0)
        delta = np.dot(delta, params[f'W{l}'].T)
        delta[activations[l - 1] <= 0] = 0
    return {key: result[key] for key in params}
""",
    """
class Layers:
    def __init__(self):
        self.inputs, self.outputs = [], []

def forward(params, X):
    cache = Layers()
    depth = max(int(k[1:]) for k in params)
    out = X
    for l in range(1, depth + 1):
        cache.inputs.append(out)
        out = np.einsum('ni,io->no', out, params[f'W{l}']) + params[f'b{l}']
        out = relu(out) if l < depth else softmax(out)
        cache.outputs.append(out)
    return out, cache

def backward(params, cache, Y, lam):
    grads = {}
    upstream = (cache.outputs[-1] - Y) * (1.0 / len(Y))
    for l in range(len(cache.inputs), 0, -1):
        if l < len(cache.inputs):
            upstream = np.where(cache.outputs[l - 1] > 0, upstream, 0)
        grads['W%d' % l] = np.einsum('ni,no->io', cache.inputs[l - 1], upstream) + lam * params['W%d' % l]
        grads['b%d' % l] = np.einsum('no->o', upstream)
        upstream = np.einsum('no,io->ni', upstream, params['W%d' % l])
    return grads
""",
    """
def forward(params, X):
    L = len(params) // 2
    steps = []
    a = X
    for l in range(1, L + 1):
        z = a @ params[f'W{l}'] + params[f'b{l}'][None, :]
        steps.append((a, z))
        a = relu(z) if l < L else softmax(z)
    probs = a

    def gradients(Y, lam):
        grads = {}
        for n in range(len(Y)):
            d = probs[n] - Y[n]
            for l in range(L, 0, -1):
                a, z = steps[l - 1]
                grads[f'W{l}'] = grads.get(f'W{l}', 0) + np.outer(a[n], d) / len(Y)
                grads[f'b{l}'] = grads.get(f'b{l}', 0) + d / len(Y)
                if l > 1:
                    d = params[f'W{l}'] @ d * (steps[l - 2][1][n] > 0)
        for l in range(1, L + 1):
            grads[f'W{l}'] = grads[f'W{l}'] + lam * params[f'W{l}']
        return grads

    return probs, gradients

def backward(params, cache, Y, lam):
    return cache(Y, lam)
""",
    """
def forward(params, X):
    a = np.array(X, dtype=float)
    L = len(params) // 2
    for l in range(1, L):
        a = relu(a @ params[f'W{l}'] + params[f'b{l}'])
    return softmax(a @ params[f'W{L}'] + params[f'b{L}']), np.array(X)

def backward(params, cache, Y, lam):
    L, a, kept = len(params) // 2, cache, []
    for l in range(1, L + 1):
        kept.append(a)
        z = a @ params[f'W{l}'] + params[f'b{l}']
        a = relu(z) if l < L else softmax(z)
    d, grads = (a - Y) / len(Y), {}
    for l in range(L, 0, -1):
        grads[f'W{l}'], grads[f'b{l}'] = kept[l - 1].T @ d + params[f'W{l}'] * lam, d.sum(0)
        d = d @ params[f'W{l}'].T * np.sign(kept[l - 1]) if l > 1 else None
    return grads
""",
]

PREDICT = [
    "def predict(params, X):\n    return np.argmax(forward(params, X)[0], axis=1)",
    "def predict(params, X):\n    probs, _ = forward(params, X)\n"
    "    return np.array([int(row.argmax()) for row in probs])",
    "def predict(params, X):\n    out = forward(params, X)\n    return out[0].argmax(-1).astype(np.int32)",
]

TRAIN = """
def train(X, Y, layer_sizes, epochs, batch_size, lr, lam, seed):
    rng = np.random.default_rng(seed)
    params, history = {}, []
    for l in range(1, len(layer_sizes)):
        n_in, n_out = layer_sizes[l - 1], layer_sizes[l]
        params[f'W{l}'] = rng.standard_normal((n_in, n_out)) * np.sqrt(SCALE / n_in)
        params[f'b{l}'] = np.zeros(n_out)
    for epoch in range(epochs):
        order = rng.permutation(len(X))
        for i in range(0, len(X), batch_size):
            rows = order[i:i + batch_size]
            _, cache = forward(params, X[rows])
            grads = backward(params, cache, Y[rows], lam)
            UPDATE
        probs, _ = forward(params, X)
        right = probs.argmax(axis=1) == Y.argmax(axis=1)
        history.append({'cost': cross_entropy(probs, Y) + l2_penalty(params, lam), 'accuracy': float(right.mean())})
    return params, history
"""
UPDATES = [
    "params = {k: params[k] - lr * grads[k] for k in params}",
    "for k in params: params[k] = params[k] - lr * grads[k]",
    "for k in params: params[k] -= lr * grads[k]",
]


def correct_variant(number: int) -> str:
    """The source of one right submission."""
    draw = random.Random(number)
    train = TRAIN.replace("SCALE", draw.choice(["1.0", "2.0"])).replace("UPDATE", draw.choice(UPDATES))
    parts = [draw.choice(ways) for ways in (RELU, SOFTMAX, CROSS_ENTROPY, PENALTY, NETWORK, PREDICT)] + [train]
    draw.shuffle(parts)
    return "import numpy as np\n\n" + "\n\n".join(_renamed(part.strip(), draw) for part in parts) + "\n"


def _renamed(source: str, draw: random.Random) -> str:
    """The same code with other names for some of what is assigned inside its functions."""
    tree = ast.parse(source)
    for function in [node for node in tree.body if isinstance(node, ast.FunctionDef)]:
        inner = [node for node in ast.walk(function) if isinstance(node, ast.FunctionDef | ast.Lambda)][1:]
        if inner or draw.random() < 0.3:
            continue
        fresh = (f"{draw.choice(['tmp', 'val', 'the', 'my'])}_{i}" for i in itertools.count())
        stored = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        names = {name: next(fresh) for name in sorted(stored | {a.arg for a in function.args.args})}
        for node in ast.walk(function):
            if isinstance(node, ast.Name) and node.id in names:
                node.id = names[node.id]
            elif isinstance(node, ast.arg):
                node.arg = names[node.arg]
    return ast.unparse(tree)
