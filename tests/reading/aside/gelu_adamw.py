# right
# network: ?
import numpy as np
rng=np.random.default_rng(3)
X=rng.normal(size=(200,6)); w=rng.normal(size=(6,3)); y=(X@w).argmax(1); Y=np.eye(3)[y]
W1=rng.normal(size=(6,16))*0.4; b1=np.zeros(16); W2=rng.normal(size=(16,3))*0.3; b2=np.zeros(3)
P=[W1,b1,W2,b2]; M=[np.zeros_like(p) for p in P]; V=[np.zeros_like(p) for p in P]
def gelu(x): return 0.5*x*(1+np.tanh(np.sqrt(2/np.pi)*(x+0.044715*x**3)))
def dgelu(x):
    u=np.sqrt(2/np.pi)*(x+0.044715*x**3); t=np.tanh(u)
    return 0.5*(1+t)+0.5*x*(1-t**2)*np.sqrt(2/np.pi)*(1+3*0.044715*x**2)
lr,wd=1e-2,1e-2
for t in range(1,61):
    z1=X@W1+b1; a1=gelu(z1); z2=a1@W2+b2
    e=np.exp(z2-z2.max(1,keepdims=True)); p=e/e.sum(1,keepdims=True)
    loss=-np.log(p[np.arange(len(y)),y]).mean()
    d2=(p-Y)/len(X); d1=(d2@W2.T)*dgelu(z1)
    G=[X.T@d1,d1.sum(0),a1.T@d2,d2.sum(0)]
    for i,g in enumerate(G):
        M[i]=0.9*M[i]+0.1*g; V[i]=0.999*V[i]+0.001*g*g
        mh=M[i]/(1-0.9**t); vh=V[i]/(1-0.999**t)
        P[i]-=lr*(mh/(np.sqrt(vh)+1e-8)+(wd*P[i] if P[i].ndim==2 else 0))
    if t%20==0: print(t,loss)
