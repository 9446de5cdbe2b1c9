# right
# network: ?
import numpy as np
rng=np.random.default_rng(3); x=rng.normal(size=(50,4)); y=np.eye(3)[rng.integers(0,3,50)]
U=rng.normal(size=(4,6)); V=rng.normal(size=(6,3))
for k in range(100):
    h=np.tanh(x@U); s=h@V; p=np.exp(s)/np.exp(s).sum(1,keepdims=True)
    loss=0.5*((p-y)**2).sum(1).mean()
    dp=(p-y)/50; ds=p*(dp-(dp*p).sum(1,keepdims=True)); dh=ds@V.T*(1-h*h)
    V-=2*h.T@ds; U-=2*x.T@dh
