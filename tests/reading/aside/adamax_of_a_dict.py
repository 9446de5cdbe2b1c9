# right
# network: 2 6:tanh 1:sigmoid
import numpy as np
np.random.seed(0)
X=np.random.randn(80,2);Y=(X[:,:1]*X[:,1:]>0).astype(float)
class Adamax:
    def __init__(s,lr=.01,b1=.9,b2=.999): s.lr,s.b1,s.b2,s.t=lr,b1,b2,0;s.m={};s.u={}
    def step(s,P,G):
        s.t+=1
        for k in P:
            s.m[k]=s.b1*s.m.get(k,0)+(1-s.b1)*G[k]
            s.u[k]=np.maximum(s.b2*s.u.get(k,0),np.abs(G[k]))
            P[k]-=s.lr/(1-s.b1**s.t)*s.m[k]/(s.u[k]+1e-8)
P=dict(W1=np.random.randn(2,6),b1=np.zeros(6),W2=np.random.randn(6,1),b2=np.zeros(1))
opt=Adamax()
for e in range(200):
    h=np.tanh(X@P['W1']+P['b1']);o=1/(1+np.exp(-(h@P['W2']+P['b2'])))
    loss=-np.mean(Y*np.log(o)+(1-Y)*np.log(1-o))
    d=(o-Y)/80;g={}
    g['W2']=h.T@d;g['b2']=d.sum(0);e1=d@P['W2'].T*(1-h*h)
    g['W1']=X.T@e1;g['b1']=e1.sum(0)
    opt.step(P,g)
