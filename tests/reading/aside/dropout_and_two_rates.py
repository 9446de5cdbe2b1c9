# right
# network: 10 30:ReLU 2:softmax
import numpy as np
np.random.seed(3)
X=np.random.randn(200,10); y=(X[:,:2].sum(1)>0)*1; Y=np.eye(2)[y]; keep=.6
W1=np.random.randn(10,30)*.3; b1=np.zeros(30); W2=np.random.randn(30,2)*.3; b2=np.zeros(2)
for i in range(60):
    z=X@W1+b1; a=np.maximum(z,0); m=np.random.rand(*a.shape)<keep; a=a*m/keep
    s=a@W2+b2; p=np.exp(s-s.max(1,keepdims=True)); p/=p.sum(1,keepdims=True)
    J=-np.mean(np.log(p[np.arange(200),y]))
    d=(p-Y)/200
    da=d@W2.T*m/keep; dz=da*(z>0)
    W2-=.3*a.T@d; b2-=.3*d.sum(0); W1-=.18*X.T@dz; b1-=.18*dz.sum(0)
print(J)
