# right
# network: none
import numpy as np
rng=np.random.default_rng(0)
Wx=rng.normal(size=(6,3))*.3; Wh=rng.normal(size=(6,6))*.3; Wy=rng.normal(size=(2,6))*.3; bh=np.zeros((6,1)); by=np.zeros((2,1))
for it in range(100):
    xs=[rng.normal(size=(3,1)) for _ in range(4)]; t=np.array([[1.0],[0.0]]); hs={-1:np.zeros((6,1))}
    for k in range(4): hs[k]=np.tanh(Wx@xs[k]+Wh@hs[k-1]+bh)
    y=Wy@hs[3]+by; p=np.exp(y)/np.exp(y).sum(); dy=p-t
    dWy=dy@hs[3].T; dby=dy; dWx=np.zeros_like(Wx); dWh=np.zeros_like(Wh); dbh=np.zeros_like(bh); dh=Wy.T@dy
    for k in range(3,-1,-1):
        r=(1-hs[k]**2)*dh; dbh+=r; dWx+=r@xs[k].T; dWh+=r@hs[k-1].T; dh=Wh.T@r
    for p_,g in ((Wx,dWx),(Wh,dWh),(Wy,dWy),(bh,dbh),(by,dby)): p_ -= .1*g
