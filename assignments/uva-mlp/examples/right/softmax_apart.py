from modules import LinearModule, ELUModule, SoftMaxModule


class MLP:
    """The softmax stands beside the list; the gradient in the inputs is returned."""

    def __init__(self, n_inputs, n_hidden, n_classes):
        sizes = list(n_hidden) + [n_classes]
        self.layers = [LinearModule(n_inputs, sizes[0], True)]
        for before, after in zip(sizes, sizes[1:]):
            self.layers.extend([ELUModule(), LinearModule(before, after)])
        self.softmax = SoftMaxModule()

    def forward(self, x):
        for module in self.layers:
            x = module.forward(x)
        return self.softmax.forward(x)

    def backward(self, dout):
        dout = self.softmax.backward(dout)
        for i in range(len(self.layers) - 1, -1, -1):
            dout = self.layers[i].backward(dout)
        return dout
