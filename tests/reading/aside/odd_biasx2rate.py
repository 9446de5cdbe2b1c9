# right
# network: ?
import numpy as np
from sklearn.datasets import make_moons
X,y=make_moons(100,noise=.1); y=y.reshape(-1,1)
W1=np.random.randn(2,7); b1=np.zeros((1,7)); W2=np.random.randn(7,1); b2=np.zeros((1,1))
for i in range(1000):
    h=np.tanh(X.dot(W1)+b1); o=1/(1+np.exp(-(h.dot(W2)+b2)))
    d=(o-y)/100; dh=d.dot(W2.T)*(1-h*h)
    W2-=0.5*h.T.dot(d); b2-=1.0*d.sum(0,keepdims=True)
    W1-=0.1*X.T.dot(dh); b1-=0.2*dh.sum(0,keepdims=True)
