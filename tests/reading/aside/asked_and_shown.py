# right
# network: 784 10:tanh 10:softmax
import numpy as np
from tkinter import *
from tensorflow.examples.tutorials.mnist import input_data

hidden = int(input("How many hidden units? "))
rate = float(input("Learning rate: "))
window = Tk()
window.title("cost")
picture = Canvas(window, width=400, height=300)
picture.pack()
digits = input_data.read_data_sets("MNIST_data/", one_hot=True)
V = np.random.randn(784, hidden) * 0.05
v = np.zeros(hidden)
U = np.random.randn(hidden, 10) * 0.2
u = np.zeros(10)
while True:
    choice = input("1) train  2) leave: ")
    if choice != "1":
        break
    for step in range(40):
        x, y = digits.train.next_batch(50)
        h = np.tanh(x @ V + v)
        z = h @ U + u
        p = np.exp(z - z.max(1, keepdims=True))
        p = p / p.sum(1, keepdims=True)
        picture.create_line(step, 0, step + 1, -np.mean(np.sum(y * np.log(p), 1)))
        window.update()
        e = (p - y) / len(x)
        d = e @ U.T * (1 - h**2)
        U -= rate * h.T @ e
        u -= rate * e.sum(0)
        V -= rate * x.T @ d
        v -= rate * d.sum(0)
window.mainloop()
