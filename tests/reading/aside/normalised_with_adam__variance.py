# fault: W1|δ1 ? 11
# network: ?
import numpy as np
rng=np.random.default_rng(6)
X=rng.normal(size=(100,5))*3+1; t=np.eye(2)[(X[:,0]>1).astype(int)]
W1=rng.normal(size=(5,9))*.5; g=np.ones(9); be=np.zeros(9); W2=rng.normal(size=(9,2))*.5; b2=np.zeros(2)
P=[W1,g,be,W2,b2]; m=[np.zeros_like(p) for p in P]; v=[np.zeros_like(p) for p in P]
for k in range(1,80):
    u=X@W1; mu=u.mean(0); sd=np.sqrt(u.var(0)+1e-5); n=(u-mu)/sd; q=g*n+be; a=np.maximum(q,0)
    s=a@W2+b2; e=np.exp(s-s.max(1,keepdims=True)); p=e/e.sum(1,keepdims=True); L=-(t*np.log(p)).sum()/100
    d=(p-t)/100; dq=(d@W2.T)*(q>0); dn=dq*g; du=(dn-dn.mean(0))/sd
    G=[X.T@du,(dq*n).sum(0),dq.sum(0),a.T@d,d.sum(0)]
    for i in range(5):
        m[i]=.9*m[i]+.1*G[i]; v[i]=.999*v[i]+.001*G[i]**2
        P[i]-=.01*(m[i]/(1-.9**k))/(np.sqrt(v[i]/(1-.999**k))+1e-8)
print(L)
