# right
# network: ?
import numpy as np
rng=np.random.default_rng(3)
x=rng.normal(size=(50,6)); y=np.eye(3)[rng.integers(0,3,50)]
Ws=[rng.normal(size=(6,9))*.4,rng.normal(size=(9,3))*.4]; bs=[np.zeros(9),np.zeros(3)]
for k in range(100):
    h=1/(1+np.exp(-(x@Ws[0]+bs[0]))); s=h@Ws[1]+bs[1]; p=np.exp(s)/np.exp(s).sum(1,keepdims=True)
    d=(p-y)/50; dh=d@Ws[1].T*h*(1-h)
    g=[x.T@dh,h.T@d]; gb=[dh.sum(0),d.sum(0)]
    for i in range(2):
        Ws[i]-=.3*g[i]/(np.linalg.norm(g[i])+1e-8); bs[i]-=.3*gb[i]/(np.linalg.norm(gb[i])+1e-8)
        Ws[i]=np.clip(Ws[i],-2,2)
