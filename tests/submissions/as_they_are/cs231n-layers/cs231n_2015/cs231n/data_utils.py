import cPickle as pickle
import numpy as np


def load_batch(filename):
  with open(filename, 'rb') as f:
    datadict = pickle.load(f)
    return datadict['data'], np.array(datadict['labels'])
