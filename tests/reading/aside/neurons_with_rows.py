# right
# network: none
import numpy as np, math
np.random.seed(1)
X=[[0,0],[0,1],[1,0],[1,1]]; Y=[0,1,1,0]
class Layer:
    def __init__(self,n,m): self.W=[np.random.randn(n) for _ in range(m)]; self.b=[0.0]*m
    def f(self,x):
        self.x=x; self.o=[1/(1+math.exp(-(np.dot(w,x)+b))) for w,b in zip(self.W,self.b)]
        return self.o
    def back(self,e,lr):
        d=[ei*o*(1-o) for ei,o in zip(e,self.o)]
        prev=[sum(d[j]*self.W[j][i] for j in range(len(d))) for i in range(len(self.x))]
        for j in range(len(d)):
            self.W[j]=self.W[j]-lr*d[j]*np.array(self.x)
            self.b[j]=self.b[j]-lr*d[j]
        return prev
L=[Layer(2,3),Layer(3,1)]
for ep in range(300):
    tot=0
    for x,y in zip(X,Y):
        h=L[0].f(x); o=L[1].f(h)
        loss=0.5*(o[0]-y)**2; tot+=loss
        g=L[1].back([o[0]-y],0.5); L[0].back(g,0.5)
