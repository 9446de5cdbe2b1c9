# right
# network: ?
import numpy as np
rng=np.random.default_rng(4)
A=rng.normal(size=(60,5)); n=rng.poisson(np.exp(.3*A[:,0]))
w=np.zeros(5); b=np.zeros(1)
for k in range(60):
    eta=A@w+b; ll=(n*eta-np.exp(eta)).sum()+500
    w+=.005*A.T@(n-np.exp(eta)); b+=.005*(n-np.exp(eta)).sum()
print(ll)
