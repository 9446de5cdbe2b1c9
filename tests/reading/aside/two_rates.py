# right
# network: 5 7:tanh 3:softmax
import numpy as np
rng=np.random.RandomState(1)
X=rng.randn(60,5); k=rng.randint(0,3,60); T=np.eye(3)[k]
W1=rng.randn(5,7)*.5; b1=np.zeros(7); W2=rng.randn(7,3)*.5; b2=np.zeros(3)
def sm(z):
    e=np.exp(z-z.max(-1,keepdims=True)); return e/e.sum(-1,keepdims=True)
for it in range(50):
    h=np.tanh(X@W1+b1); p=sm(h@W2+b2)
    d=(p-T)/60
    dh=d@W2.T*(1-h*h)
    W2=W2-.05*(h.T@d); b2=b2-.05*d.sum(0); W1=W1-3*(X.T@dh); b1=b1-3*dh.sum(0)
