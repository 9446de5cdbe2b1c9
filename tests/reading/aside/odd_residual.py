# right
# network: ?
import numpy as np
rng=np.random.default_rng(0)
X=rng.normal(size=(100,8)); Y=np.sin(X.sum(1,keepdims=True))
A=rng.normal(size=(8,8))*.3; B=rng.normal(size=(8,1))*.3
for i in range(200):
    z=X@A; h=np.maximum(z,0)+X; o=h@B; e=(o-Y)/100
    gB=h.T@e; gh=e@B.T; gz=gh*(z>0); gA=X.T@gz
    A-=.1*gA; B-=.1*gB
