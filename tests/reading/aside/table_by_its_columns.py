# right
# network: 8 5:tanh 1:sigmoid
import numpy as np, pandas as pd

df=pd.read_csv('csv/train.csv')
df['Sex']=df['Sex'].map({'male':0,'female':1})
df['Age']=df['Age'].fillna(df['Age'].median())
df['Embarked'].fillna('S',inplace=True)
df=df.drop(['Name','Ticket','Cabin','PassengerId'],axis=1)
df=pd.get_dummies(df,columns=['Embarked'],drop_first=True)
y=df['Survived'].values; X=df.drop('Survived',axis=1).values
X,y=X,y

np.random.seed(0)
X=np.asarray(X,float); y=np.asarray(y,float).reshape(len(X),-1)
X=(X-X.mean(0))/(X.std(0)+1e-9)
W1=np.random.randn(X.shape[1],5)*.3;b1=np.zeros((1,5));W2=np.random.randn(5,y.shape[1])*.3;b2=np.zeros((1,y.shape[1]))
for e in range(100):
    h=np.tanh(X@W1+b1);o=1/(1+np.exp(-(h@W2+b2)))
    loss=-np.mean(np.sum(y*np.log(o)+(1-y)*np.log(1-o),1))
    d=(o-y)/len(X);e1=d@W2.T*(1-h*h)
    W2-=.5*h.T@d;b2-=.5*d.sum(0,keepdims=True);W1-=.5*X.T@e1;b1-=.5*e1.sum(0,keepdims=True)
