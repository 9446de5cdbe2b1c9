import numpy as np
import h5py


def load_dataset():
    with h5py.File("datasets/train_catvnoncat.h5", "r") as train:
        X, Y = np.array(train["train_set_x"][:]), np.array(train["train_set_y"][:])
    with h5py.File("datasets/test_catvnoncat.h5", "r") as test:
        X_test, Y_test = np.array(test["test_set_x"][:]), np.array(test["test_set_y"][:])
        classes = np.array(test["list_classes"][:])
    return X, Y.reshape((1, -1)), X_test, Y_test.reshape((1, -1)), classes
