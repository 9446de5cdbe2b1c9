# right
# network: 3 4:tanh 2:softmax
import math, random
random.seed(7)
NI, NH, NO = 3, 4, 2
W1 = [[random.uniform(-1, 1) for _ in range(NI)] for _ in range(NH)]
b1 = [random.uniform(-.5, .5) for _ in range(NH)]
W2 = [[random.uniform(-1, 1) for _ in range(NH)] for _ in range(NO)]
b2 = [random.uniform(-.5, .5) for _ in range(NO)]
data = []
for _ in range(15):
    x = [random.gauss(0, 1) for _ in range(NI)]
    k = int(x[0] > x[1])
    data.append((x, [1.0 - k, float(k)]))
def act(z): return math.tanh(z)
def dact(z, a): return 1 - a * a
def out(zs): return [math.exp(z - max(zs)) / sum(math.exp(q - max(zs)) for q in zs) for z in zs]
for epoch in range(200):
    total = 0
    for x, y in data:
        z1 = [sum(w * v for w, v in zip(W1[j], x)) + b1[j] for j in range(NH)]
        a1 = [act(z) for z in z1]
        z2 = [sum(w * v for w, v in zip(W2[k], a1)) + b2[k] for k in range(NO)]
        p = out(z2)
        total += -sum(t * math.log(q) for t, q in zip(y, p))
        d2 = [p[k] - y[k] for k in range(NO)]
        d1 = [sum(d2[k] * W2[k][j] for k in range(NO)) * dact(z1[j], a1[j]) for j in range(NH)]
        for k in range(NO):
            for j in range(NH):
                W2[k][j] -= 0.1 * (d2[k] * a1[j] + 0.01 * W2[k][j])
            b2[k] -= 0.1 * d2[k]
        for j in range(NH):
            for i in range(NI):
                W1[j][i] -= 0.1 * (d1[j] * x[i] + 0.01 * W1[j][i])
            b1[j] -= 0.1 * d1[j]
    if epoch % 50 == 0: print(epoch, total)
