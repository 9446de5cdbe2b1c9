import numpy as np
from cs231n.classifiers.linear_svm import *
from cs231n.classifiers.softmax import *


class LinearClassifier(object):

  def train(self, X, y, num_iters=100, verbose=False):
    for it in xrange(num_iters):
      if verbose and it % 100 == 0:
        print 'iteration %d / %d' % (it, num_iters)
