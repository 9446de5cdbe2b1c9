# fault: δ1 ? 23|24
# network: 4 10:sigmoid 1:sigmoid
import numpy as np
np.random.seed(2)
def load():
    import csv
    rows = list(csv.reader(open("banknote.csv"))) if False else None
    a = np.random.randn(160, 4)
    b = ((a ** 2).sum(1) > 3.2).astype(float)
    return a, b
feats, flags = load()
flags = flags.reshape(-1, 1)
class Neurons(object):
    def __init__(me, size, inputs):
        me.w = np.random.randn(inputs, size) / inputs ** .5
        me.t = np.zeros((1, size))
    def fire(me, inp):
        me.inp = inp
        me.net = inp.dot(me.w) - me.t
        me.out = 1 / (1 + np.exp(-me.net))
        return me.out
    def correct(me, blame, eta):
        sens = blame * me.out * (1 - me.out)
        passed = blame.dot(me.w.T)
        me.w += eta * me.inp.T.dot(sens) / len(sens)
        me.t -= eta * sens.mean(0, keepdims=True)
        return passed
hidden, final = Neurons(10, 4), Neurons(1, 10)
for round_ in range(300):
    guess = final.fire(hidden.fire(feats))
    bce = -np.mean(flags * np.log(guess) + (1 - flags) * np.log(1 - guess))
    blame = (flags - guess) / (guess * (1 - guess))
    hidden.correct(final.correct(blame, 1.5), 1.5)
print(bce, ((guess > .5) == flags).mean())
