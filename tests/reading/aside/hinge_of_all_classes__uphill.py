# fault: step uphill 11
# network: 7 3:identity
import numpy as np
rng=np.random.default_rng(0)
X=np.c_[rng.normal(size=(180,7)),np.ones(180)]; y=(X[:,:3]).argmax(1)
W=0.01*rng.normal(size=(8,3)); reg=1e-3
for i in range(200):
    s=X@W; m=np.maximum(0,s-s[np.arange(180),y][:,None]+1); m[np.arange(180),y]=0
    loss=m.sum()/180+reg*(W**2).sum()
    g=(m>0).astype(float); g[np.arange(180),y]=-g.sum(1)
    W+=0.1*(X.T@g/180+2*reg*W)
print(loss)
