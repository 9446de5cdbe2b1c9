# fault: F not-the-derivative 17
# network: ?
import numpy as np
from keras.datasets import mnist
(x,y),_=mnist.load_data(); x=x[:64]/255.0; y=y[:64]
rng=np.random.default_rng(0)
F=rng.normal(size=(8,9))*.3; fb=np.zeros(8); W=rng.normal(size=(8*13*13,10))*.05; b=np.zeros(10)
def im2col(a): return np.stack([a[:,i:i+26,j:j+26] for i in range(3) for j in range(3)],-1).reshape(len(a),26*26,9)
for ep in range(5):
    for s in range(0,64,16):
        xb=x[s:s+16]; t=np.eye(10)[y[s:s+16]]
        c=im2col(xb); z=c@F.T+fb; h=np.maximum(z,0).reshape(16,13,2,13,2,8)
        pool=h.max(axis=(2,4)); flat=pool.reshape(16,-1)
        o=flat@W+b; p=np.exp(o-o.max(1,keepdims=True)); p/=p.sum(1,keepdims=True)
        d=(p-t)/16; dflat=d@W.T; dp=dflat.reshape(16,13,1,13,1,8)*(h==h.max(axis=(2,4),keepdims=True))
        dz=dp.reshape(16,676,8)*(z>0)
        dF=np.einsum('nij,nik->kj',c[::-1],dz); dfb=dz.sum((0,1))
        W-=.1*flat.T@d; b-=.1*d.sum(0); F-=.1*dF; fb-=.1*dfb
    print(-np.log(p[np.arange(16),y[s:s+16]]).mean())
