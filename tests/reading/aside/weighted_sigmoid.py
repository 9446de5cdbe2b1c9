# right
# network: 5 1:sigmoid
import numpy as np
np.random.seed(7)
n=240
x=np.random.randn(n,5); t=(x@np.array([1.,-2,0.5,0,1])>1.2).astype(float)
cw=np.where(t==1,n/(2*t.sum()),n/(2*(n-t.sum())))
w=np.zeros(5); b=0.0
for k in range(300):
    p=1/(1+np.exp(-(x@w+b)))
    J=-np.mean(cw*(t*np.log(p)+(1-t)*np.log(1-p)))
    g=cw*(p-t)/n
    w-=0.5*x.T@g
    b-=0.5*g.sum()
print(J,w,b)
