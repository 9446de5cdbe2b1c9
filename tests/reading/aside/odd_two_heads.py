# right
# network: none
import numpy as np
rng=np.random.default_rng(3); x=rng.normal(size=(70,5)); y1=x[:,:1]**2; y2=(x[:,1:2]>0)*1.0
W=rng.normal(size=(5,11))*.5; A=rng.normal(size=(11,1))*.3; B=rng.normal(size=(11,1))*.3
for k in range(100):
    h=np.tanh(x@W); o=h@A; p=1/(1+np.exp(-(h@B)))
    do=(o-y1)/70; dp=(p-y2)/70; dh=(do@A.T+dp@B.T)*(1-h*h)
    A-=.1*h.T@do; B-=.1*h.T@dp; W-=.1*x.T@dh
