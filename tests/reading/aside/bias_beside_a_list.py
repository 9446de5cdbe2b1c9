# right
# network: 2 3:sigmoid 1:sigmoid
import numpy as np, math
np.random.seed(1)
X=np.array([[0,0],[0,1],[1,0],[1,1]],float); Y=np.array([0,1,1,0],float)
W1=np.random.randn(3,3); W2=np.random.randn(4)
def sig(z): return 1/(1+math.exp(-z))
for ep in range(500):
    for x,y in zip(X,Y):
        xb=np.append(x,1)
        z=np.dot(W1,xb)
        a=np.array([sig(v) for v in z])
        ab=np.array(list(a)+[1])
        o=sig(np.dot(W2,ab))
        d=(o-y)*o*(1-o)
        d1=d*W2[:3]*a*(1-a)
        W2=W2-0.5*d*ab
        W1=W1-0.5*np.outer(d1,xb)
print(o)
