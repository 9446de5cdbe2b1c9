# right
# network: ?
import numpy as np
class Tensor:
    def __init__(self, data, parents=(), back=None): self.data=np.asarray(data,float); self.grad=np.zeros_like(self.data); self.parents=parents; self.back=back
    def __matmul__(self,o):
        out=Tensor(self.data@o.data,(self,o))
        def back(): self.grad+=out.grad@o.data.T; o.grad+=self.data.T@out.grad
        out.back=back; return out
    def __add__(self,o):
        out=Tensor(self.data+o.data,(self,o))
        def back(): self.grad+=out.grad; o.grad+=out.grad.sum(0)
        out.back=back; return out
    def relu(self):
        out=Tensor(np.maximum(self.data,0),(self,))
        def back(): self.grad+=out.grad*(out.data>0)
        out.back=back; return out
    def backward(self,g):
        order=[]; seen=set()
        def visit(t):
            if id(t) not in seen:
                seen.add(id(t)); [visit(p) for p in t.parents]; order.append(t)
        visit(self); self.grad=g
        for t in reversed(order):
            if t.back: t.back()
rng=np.random.default_rng(0)
X=rng.normal(size=(60,4)); Y=(X[:,:1]*X[:,1:2])
W1=Tensor(rng.normal(size=(4,12))*.5); b1=Tensor(np.zeros(12)); W2=Tensor(rng.normal(size=(12,1))*.5); b2=Tensor(np.zeros(1))
for i in range(200):
    for p in (W1,b1,W2,b2): p.grad=np.zeros_like(p.data)
    out=(Tensor(X)@W1+b1).relu()@W2+b2
    loss=((out.data-Y)**2).mean()
    out.backward(2*(out.data-Y)/len(X))
    for p in (W1,b1,W2,b2): p.data-=.05*p.grad
print(loss)
