# right
# network: 1 24:tanh 1:identity
import numpy as np
rng=np.random.default_rng(11)
X=rng.uniform(-2,2,(128,1)); Y=X**2+0.1*rng.standard_t(2,size=(128,1))
W1=rng.normal(size=(1,24)); b1=rng.normal(size=24); W2=rng.normal(size=(24,1))*0.2; b2=np.zeros(1)
def loss_and_grad(yh,y,d=1.0):
    r=yh-y; small=np.abs(r)<=d
    L=np.where(small,0.5*r**2,d*(np.abs(r)-0.5*d)).mean()
    return L,np.where(small,r,d*np.sign(r))/len(y)
for e in range(400):
    H=np.tanh(X@W1+b1); O=H@W2+b2
    L,dO=loss_and_grad(O,Y)
    dH=dO@W2.T*(1-H*H)
    W2-=0.1*H.T@dO; b2-=0.1*dO.sum(0)
    W1-=0.1*X.T@dH; b1-=0.1*dH.sum(0)
print(L)
