# fault: dW1 normalisation-mean 12
# network: ?
import numpy as np
from sklearn.datasets import load_digits
d=load_digits(); X=d.data[:300]/16; Y=np.eye(10)[d.target[:300]]
rng=np.random.default_rng(0)
W1=rng.normal(size=(64,20))*.2; g1=np.ones(20); be=np.zeros(20); W2=rng.normal(size=(20,10))*.2; b2=np.zeros(10)
for it in range(100):
    z=X@W1; mu=z.mean(0); var=z.var(0); zn=(z-mu)/np.sqrt(var+1e-5); y=g1*zn+be; h=np.maximum(y,0)
    s=h@W2+b2; p=np.exp(s-s.max(1,keepdims=True)); p/=p.sum(1,keepdims=True)
    ds=(p-Y)/len(X); dh=ds@W2.T; dy=dh*(y>0); dg=(dy*zn).sum(0); db=dy.sum(0); dzn=dy*g1
    dz=(dzn-zn*(dzn*zn).mean(0))/np.sqrt(var+1e-5)
    W2-=.1*h.T@ds; b2-=.1*ds.sum(0); W1-=.1*X.T@dz; g1-=.1*dg; be-=.1*db
    print(-(Y*np.log(p)).sum(1).mean())
