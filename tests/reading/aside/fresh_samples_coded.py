# right
# network: 8 3:sigmoid 8:identity
import numpy as np
rng=np.random.default_rng(0)
W1=rng.normal(0,.5,(8,3));W2=rng.normal(0,.5,(3,8))
for i in range(100):
    X=rng.random((50,8))
    h=1/(1+np.exp(-X@W1)); out=h@W2
    loss=np.mean((X-out)**2)
    d=(out-X)/50
    dh=d@W2.T*h*(1-h)
    W2-=.1*h.T@d; W1-=.1*X.T@dh
    print(loss)
