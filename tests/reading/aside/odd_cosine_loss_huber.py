# right
# network: ?
import numpy as np
rng=np.random.default_rng(3)
x=rng.uniform(-2,2,(80,2)); t=(x[:,:1]*x[:,1:]); 
w1=rng.normal(size=(2,10)); c1=np.zeros(10); w2=rng.normal(size=(10,1))*.3; c2=np.zeros(1)
for k in range(300):
    h=np.tanh(x@w1+c1); o=h@w2+c2; e=o-t
    loss=np.where(abs(e)<1,0.5*e**2,abs(e)-.5).mean()
    g=np.clip(e,-1,1)/len(x); gh=g@w2.T*(1-h**2)
    w2-=.2*h.T@g; c2-=.2*g.sum(0); w1-=.2*x.T@gh; c1-=.2*gh.sum(0)
    print(loss)
