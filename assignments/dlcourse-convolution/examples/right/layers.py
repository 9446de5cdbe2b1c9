import numpy as np


class Param:
    """A trainable parameter: its value, and the gradient of the loss in it."""

    def __init__(self, value):
        self.value = value
        self.grad = np.zeros_like(value)


class ConvolutionalLayer:
    def __init__(self, in_channels, out_channels, filter_size, padding):
        self.filter_size = filter_size
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.W = Param(np.random.randn(filter_size, filter_size, in_channels, out_channels))
        self.B = Param(np.zeros(out_channels))
        self.padding = padding
        self.X = None

    def forward(self, X):
        batch_size, height, width, channels = X.shape
        out_height = height - self.filter_size + 2 * self.padding + 1
        out_width = width - self.filter_size + 2 * self.padding + 1
        self.X = np.zeros((batch_size, height + 2 * self.padding, width + 2 * self.padding, channels))
        self.X[:, self.padding : self.padding + height, self.padding : self.padding + width, :] = X
        W = self.W.value.reshape(-1, self.out_channels)
        result = np.zeros((batch_size, out_height, out_width, self.out_channels))
        for y in range(out_height):
            for x in range(out_width):
                window = self.X[:, y : y + self.filter_size, x : x + self.filter_size, :]
                result[:, y, x, :] = window.reshape(batch_size, -1).dot(W) + self.B.value
        return result

    def backward(self, d_out):
        batch_size, out_height, out_width, out_channels = d_out.shape
        W = self.W.value.reshape(-1, out_channels)
        d_input = np.zeros_like(self.X)
        for y in range(out_height):
            for x in range(out_width):
                window = self.X[:, y : y + self.filter_size, x : x + self.filter_size, :]
                pixel = d_out[:, y, x, :]
                self.W.grad += window.reshape(batch_size, -1).T.dot(pixel).reshape(self.W.value.shape)
                self.B.grad += pixel.sum(axis=0)
                d_window = pixel.dot(W.T).reshape(window.shape)
                d_input[:, y : y + self.filter_size, x : x + self.filter_size, :] += d_window
        height, width = self.X.shape[1:3]
        return d_input[:, self.padding : height - self.padding, self.padding : width - self.padding, :]

    def params(self):
        return {"W": self.W, "B": self.B}


class MaxPoolingLayer:
    def __init__(self, pool_size, stride):
        self.pool_size = pool_size
        self.stride = stride
        self.X = None

    def forward(self, X):
        batch_size, height, width, channels = X.shape
        self.X = X
        out_height = (height - self.pool_size) // self.stride + 1
        out_width = (width - self.pool_size) // self.stride + 1
        result = np.zeros((batch_size, out_height, out_width, channels))
        for y in range(out_height):
            for x in range(out_width):
                top, left = y * self.stride, x * self.stride
                window = X[:, top : top + self.pool_size, left : left + self.pool_size, :]
                result[:, y, x, :] = np.max(window, axis=(1, 2))
        return result

    def backward(self, d_out):
        batch_size, out_height, out_width, channels = d_out.shape
        result = np.zeros_like(self.X)
        for y in range(out_height):
            for x in range(out_width):
                top, left = y * self.stride, x * self.stride
                window = self.X[:, top : top + self.pool_size, left : left + self.pool_size, :]
                mask = window == np.max(window, axis=(1, 2), keepdims=True)
                result[:, top : top + self.pool_size, left : left + self.pool_size, :] += (
                    mask * d_out[:, y : y + 1, x : x + 1, :]
                )
        return result

    def params(self):
        return {}


class Flattener:
    def __init__(self):
        self.X_shape = None

    def forward(self, X):
        batch_size, height, width, channels = X.shape
        self.X_shape = X.shape
        return X.reshape(batch_size, height * width * channels)

    def backward(self, d_out):
        return d_out.reshape(self.X_shape)

    def params(self):
        return {}
