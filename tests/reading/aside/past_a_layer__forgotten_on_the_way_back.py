# fault: W0|b0 not-the-derivative 19
# network: none
import numpy as np
np.random.seed(1)
X=np.random.randn(150,8); T=np.sin(X[:,:1])+0.5*X[:,1:2]
W0=np.random.randn(8,8)*0.3; W1=np.random.randn(8,8)*0.3; W2=np.random.randn(8,1)*0.3
b0=np.zeros(8); b1=np.zeros(8); b2=np.zeros(1)
for epoch in range(200):
    h0=np.tanh(X@W0+b0)
    h1=h0+np.tanh(h0@W1+b1)      # skip connection
    out=h1@W2+b2
    loss=np.mean((out-T)**2)
    dout=2*(out-T)/len(X)
    dW2=h1.T@dout; db2=dout.sum(0)
    dh1=dout@W2.T
    dz1=dh1*(1-(h1-h0)**2)
    dW1=h0.T@dz1; db1=dz1.sum(0)
    dh0=dz1@W1.T
    dz0=dh0*(1-h0**2)
    dW0=X.T@dz0; db0=dz0.sum(0)
    for p,g in ((W0,dW0),(b0,db0),(W1,dW1),(b1,db1),(W2,dW2),(b2,db2)):
        p-=0.05*g
print(loss)
