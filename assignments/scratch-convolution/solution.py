"""What no table gives: a mask that is drawn in training, and kept for the way back."""


class Dropout:
    def __init__(self, dropout_ratio=0.5):
        self.dropout_ratio, self.mask = dropout_ratio, None

    def forward(self, x, train_flg=True):
        if not train_flg:
            return scaled_afterwards(x, self.dropout_ratio)
        self.mask = mask_of(x.shape, self.dropout_ratio)
        return masked(x, self.mask, self.dropout_ratio)

    def backward(self, dout):
        return passed_by_mask(dout, self.mask, self.dropout_ratio)
