# fault: dW1 sign-turned 22
# network: 784 20:sigmoid 10:sigmoid
import numpy as numpy
import scipy.special

class Classifier:
    def __init__(self, n_in, n_mid, n_out, rate):
        self.w_in_mid = numpy.random.normal(0.0, n_in ** -0.5, (n_mid, n_in))
        self.w_mid_out = numpy.random.normal(0.0, n_mid ** -0.5, (n_out, n_mid))
        self.rate = rate
        self.squash = lambda v: scipy.special.expit(v)

    def learn(self, values, wanted):
        x = numpy.array(values, ndmin=2).T
        t = numpy.array(wanted, ndmin=2).T
        mid = self.squash(numpy.dot(self.w_in_mid, x))
        out = self.squash(numpy.dot(self.w_mid_out, mid))
        err_out = t - out
        grad_out = err_out * out * (1.0 - out)
        err_mid = numpy.dot(self.w_mid_out.T, grad_out)
        self.w_mid_out += self.rate * numpy.dot(grad_out, numpy.transpose(mid))
        self.w_in_mid -= self.rate * numpy.dot(err_mid * mid * (1.0 - mid), numpy.transpose(x))

rows = open("data/mnist_train.csv", "r").readlines()
net = Classifier(784, 20, 10, 0.2)
for _ in range(2):
    for row in rows:
        numbers = row.split(",")
        wanted = numpy.zeros(10, dtype=numpy.float) + 0.01
        wanted[int(numbers[0])] = 0.99
        net.learn(numpy.asfarray(numbers[1:]) / 255.0 * 0.99 + 0.01, wanted)
