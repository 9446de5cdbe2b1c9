# right
# network: ?
import numpy as np
rng=np.random.default_rng(3)
x=rng.normal(size=(120,5)); y=(x[:,0]+x[:,1]**2>1).astype(float)[:,None]
cw=np.where(y==1,3.0,1.0)
w1=rng.normal(size=(5,8))*.5; b1=np.zeros(8); w2=rng.normal(size=(8,1))*.5; b2=np.zeros(1)
for k in range(200):
    h=np.maximum(x@w1+b1,0); p=1/(1+np.exp(-(h@w2+b2)))
    loss=-(cw*(y*np.log(p)+(1-y)*np.log(1-p))).mean()
    d=cw*(p-y)/120; dh=d@w2.T*(h>0)
    w2-=.3*h.T@d; b2-=.3*d.sum(0); w1-=.3*x.T@dh; b1-=.3*dh.sum(0)
