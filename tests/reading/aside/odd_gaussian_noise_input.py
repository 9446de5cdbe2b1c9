# partly
# network: ?
import numpy as np
from sklearn.datasets import load_digits
rng=np.random.default_rng(3); d=load_digits(); X=d.data/16; y=d.target
W1=rng.normal(size=(64,30))*.2; W2=rng.normal(size=(30,10))*.2; b1=np.zeros(30); b2=np.zeros(10); m=[0,0,0,0]; lr=.5
for e in range(3):
    for i in range(0,500,50):
        xb=X[i:i+50]+rng.normal(size=(50,64))*.05
        h=np.maximum(xb@W1+b1,0.1*(xb@W1+b1)); q=h@W2+b2; q-=q.max(1,keepdims=True); P=np.exp(q)/np.exp(q).sum(1,keepdims=True)
        P[range(50),y[i:i+50]]-=1; P/=50
        dh=(P@W2.T)*np.where(h>0,1,.1)
        G=[xb.T@dh,dh.sum(0),h.T@P,P.sum(0)]
        m=[.9*a+.1*g for a,g in zip(m,G)]
        W1-=lr*m[0]; b1-=lr*m[1]; W2-=lr*m[2]; b2-=lr*m[3]
        W1*=1-1e-4; W2*=1-1e-4
