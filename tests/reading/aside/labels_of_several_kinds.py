# right
# network: 8 10:ReLU 10:ReLU 4:sigmoid
import numpy as np
R = np.random.default_rng(21)
sizes = (8, 10, 10, 4)
Ws = [R.normal(0, np.sqrt(2 / i), (i, o)) for i, o in zip(sizes[:-1], sizes[1:])]
bs = [R.normal(0, .05, (1, o)) for o in sizes[1:]]
vel = [np.zeros_like(p) for p in Ws + bs]
stuff = R.normal(size=(128, 8))
tags = (stuff[:, :4] + stuff[:, 4:] > 0).astype(float)
mom, eps = .85, .06
t = 0
while t < 120:
    pres, posts = [], [stuff]
    for k in range(3):
        pres.append(posts[k] @ Ws[k] + bs[k])
        posts.append(np.maximum(pres[k], 0) if k < 2 else .5 * (1 + np.tanh(.5 * pres[k])))
    q = posts[-1]
    bce = -(tags * np.log(q) + (1 - tags) * np.log1p(-q)).sum(axis=1).mean()
    flow = (q - tags) / 128
    gW, gb = [None] * 3, [None] * 3
    for k in reversed(range(3)):
        gW[k] = posts[k].T @ flow
        gb[k] = flow.sum(axis=0, keepdims=True)
        if k:
            flow = flow @ Ws[k].T
            flow[pres[k - 1] <= 0] = 0
    for i, g in enumerate(gW + gb):
        vel[i] = mom * vel[i] - eps * g
    for i in range(3):
        Ws[i] = Ws[i] + vel[i]
        bs[i] = bs[i] + vel[3 + i]
    t += 1
print(bce)
