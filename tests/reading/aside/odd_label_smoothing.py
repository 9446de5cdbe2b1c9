# right
# network: ?
import numpy as np
from sklearn.datasets import load_digits
d = load_digits(); X = d.data/16; Y = np.eye(10)[d.target]
Y = Y*0.9 + 0.01
W1=np.random.randn(64,20)*.2; b1=np.zeros(20); W2=np.random.randn(20,10)*.2; b2=np.zeros(10)
for e in range(50):
    h=np.tanh(X@W1+b1); s=h@W2+b2; p=np.exp(s-s.max(1,keepdims=True)); p/=p.sum(1,keepdims=True)
    g=(p-Y)/len(X); gh=g@W2.T*(1-h**2)
    W2-=.5*h.T@g; b2-=.5*g.sum(0); W1-=.5*X.T@gh; b1-=.5*gh.sum(0)
    print(-(Y*np.log(p)).sum(1).mean())
