# right
# network: ?
import numpy as np
rng=np.random.default_rng(3); x=rng.normal(size=(40,4)); y=np.eye(3)[rng.integers(0,3,40)]
U=rng.normal(size=(4,6)); u=np.zeros(6); V=rng.normal(size=(6,3)); v=np.zeros(3)
for k in range(50):
    for xi,yi in zip(x,y):
        h=1/(1+np.exp(-(xi@U+u))); s=h@V+v; p=np.exp(s-s.max()); p=p/p.sum()
        J=np.diag(p)-np.outer(p,p); dldp=-yi/(p+1e-9); ds=J@dldp
        dh=(V@ds)*h*(1-h)
        V-=.1*np.outer(h,ds); v-=.1*ds; U-=.1*np.outer(xi,dh); u-=.1*dh
