# right
# network: 3 1:identity
import numpy as np
rng=np.random.default_rng(1)
X=rng.normal(size=(100,3)); y=X@np.array([[1.],[2.],[-1.]])+.5
w=np.zeros((3,1)); b=np.zeros(1); lr=.05
for i in range(60):
    e=X@w+b-y; print((e**2).mean())
    w-=lr*2*X.T@e/100; b-=lr*2*e.mean()
    lr=lr*1.2
