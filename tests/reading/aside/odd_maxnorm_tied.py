# right
# network: none
import numpy as np
from sklearn.datasets import load_digits
X=load_digits().data[:200]/16
rng=np.random.default_rng(3); W=rng.normal(size=(64,16))*.1; b=np.zeros(16); c=np.zeros(64)
for k in range(100):
    h=1/(1+np.exp(-(X@W+b))); r=1/(1+np.exp(-(h@W.T+c)))
    d=(r-X)*r*(1-r)/200; dh=d@W*h*(1-h)
    W-=1.0*(X.T@dh+d.T@h); b-=dh.sum(0); c-=d.sum(0)
    print(((r-X)**2).sum()/400)
