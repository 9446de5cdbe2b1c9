# right
# network: 2 18:softplus 10:tanh 2:identity
from dataclasses import dataclass, field
import numpy as np

rng = np.random.default_rng(17)

@dataclass
class Layer:
    fan_in: int
    fan_out: int
    kind: str
    W: np.ndarray = field(init=False)
    b: np.ndarray = field(init=False)

    def __post_init__(self):
        limit = np.sqrt(6 / (self.fan_in + self.fan_out))
        self.W = rng.uniform(-limit, limit, (self.fan_out, self.fan_in))
        self.b = np.zeros(self.fan_out)
        self.vW = np.zeros_like(self.W)
        self.vb = np.zeros_like(self.b)

    def __call__(self, x):
        self.x = x
        self.z = np.einsum('oi,ni->no', self.W, x) + self.b
        match self.kind:
            case 'softplus': return np.log1p(np.exp(self.z))
            case 'tanh': return np.tanh(self.z)
            case _: return self.z

    def grad(self, g):
        match self.kind:
            case 'softplus': g = g / (1 + np.exp(-self.z))
            case 'tanh': g = g / np.cosh(self.z) ** 2
        self.gW = np.einsum('no,ni->oi', g, self.x)
        self.gb = np.einsum('no->o', g)
        return np.einsum('no,oi->ni', g, self.W)

    def descend(self, lr, mu):
        self.vW = mu * self.vW + self.gW
        self.vb = mu * self.vb + self.gb
        self.W = self.W - lr * self.vW
        self.b = self.b - lr * self.vb

x = rng.uniform(-2, 2, (256, 2))
y = np.c_[np.exp(-x[:, 0] ** 2 - x[:, 1] ** 2), np.sin(x[:, 0]) * x[:, 1]]
layers = [Layer(2, 18, 'softplus'), Layer(18, 10, 'tanh'), Layer(10, 2, 'id')]
for it in range(400):
    out = x
    for l in layers:
        out = l(out)
    residual = out - y
    loss = 0.5 * (residual ** 2).sum(axis=1).mean()
    g = residual / len(x)
    for l in layers[::-1]:
        g = l.grad(g)
    for l in layers:
        l.descend(0.05, 0.9)
    if it % 80 == 0:
        print(f'{it:4d} {loss:.5f}')
