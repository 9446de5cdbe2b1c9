# fault: y of-no-class 6
# network: 4 6:tanh 3:softmax
import numpy as np
rng=np.random.default_rng(2)
X=rng.normal(size=(120,4)); lab=1+X[:,:3].argmax(1)
Y=np.eye(4)[lab][:,:3]
W=rng.normal(size=(4,6))*.3; c=np.zeros(6); V=rng.normal(size=(6,3))*.3; d=np.zeros(3)
for i in range(100):
    h=np.tanh(X@W+c); s=h@V+d; e=np.exp(s); p=e/e.sum(1,keepdims=True)
    J=-(Y*np.log(p)).sum()/120
    g=(p-Y)/120; gh=g@V.T*(1-h*h)
    V-=.2*h.T@g; d-=.2*g.sum(0); W-=.2*X.T@gh; c-=.2*gh.sum(0)
print(J)
