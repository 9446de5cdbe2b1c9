# fault: δ1 raw-error-sent-back 18
# network: 2 5:sigmoid 1:sigmoid
import numpy as np

X = np.mat("0 0; 0 1; 1 0; 1 1")
Y = np.mat("0; 1; 1; 0")
rs = np.random.RandomState(2)
V = np.mat(rs.randn(2, 5)); v0 = np.mat(np.zeros((1, 5)))
W = np.mat(rs.randn(5, 1)); w0 = np.mat(np.zeros((1, 1)))
f = lambda s: 1 / (1 + np.exp(-s))
for n in range(3000):
    H = f(X * V + v0)
    O = f(H * W + w0)
    E = O - Y
    if n % 500 == 0:
        print(0.5 * float((E.T * E)[0, 0]))
    D = np.multiply(E, np.multiply(O, 1 - O))
    G = np.multiply(E * W.T, np.multiply(H, 1 - H))
    W = W - 0.8 * H.T * D
    w0 = w0 - 0.8 * D.sum(axis=0)
    V = V - 0.8 * X.T * G
    v0 = v0 - 0.8 * G.sum(axis=0)
