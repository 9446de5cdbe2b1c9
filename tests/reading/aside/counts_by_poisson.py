# right
# network: 3 10:softplus 1:identity
import numpy as np
rng=np.random.default_rng(6)
X=rng.normal(size=(150,3)); lam=np.exp(.5*X[:,:1]); y=rng.poisson(lam)
W1=rng.normal(size=(3,10))*.4; b1=np.zeros(10); W2=rng.normal(size=(10,1))*.2; b2=np.zeros(1)
for i in range(200):
    z=X@W1+b1; h=np.log1p(np.exp(z)); eta=h@W2+b2; mu=np.exp(eta)
    nll=(mu-y*eta).mean()
    d=(mu-y)/150; dz=d@W2.T/(1+np.exp(-z))
    W2-=.02*h.T@d; b2-=.02*d.sum(0); W1-=.02*X.T@dz; b1-=.02*dz.sum(0)
print(nll)
