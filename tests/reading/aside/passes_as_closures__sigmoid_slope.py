# fault: δ2 slope-of-sigmoid 29
# network: 3 11:tanh 7:tanh 2:identity
import numpy as np
gen = np.random.default_rng(3)

def linear(n_in, n_out, rate):
    weight = gen.normal(0, 1 / np.sqrt(n_in), (n_out, n_in))
    offset = np.zeros(n_out)
    seen = None
    def ahead(batch):
        nonlocal seen
        seen = batch
        return batch @ weight.T + offset
    def astern(upstream):
        nonlocal weight, offset
        below = upstream @ weight
        weight = weight - rate * (upstream.T @ seen) / len(seen)
        offset = offset - rate * upstream.mean(axis=0)
        return below
    return ahead, astern

def squash():
    kept = None
    def ahead(batch):
        nonlocal kept
        kept = np.tanh(batch)
        return kept
    def astern(upstream):
        return upstream * (1 - kept) * kept
    return ahead, astern

pts = gen.uniform(-1, 1, (150, 3))
want = np.stack([pts[:, 0] * pts[:, 1], np.sin(2 * pts[:, 2])], axis=1)
chain = [linear(3, 11, .3), squash(), linear(11, 7, .3), squash(), linear(7, 2, .3)]
for sweep in range(80):
    order = gen.permutation(150)
    for lot in np.split(order, 5):
        value = pts[lot]
        for go, _ in chain:
            value = go(value)
        miss = value - want[lot]
        loss = 0.5 * np.mean(np.sum(miss ** 2, axis=1))
        for _, back in reversed(chain):
            miss = back(miss)
    if sweep % 20 == 0:
        print(sweep, loss)
