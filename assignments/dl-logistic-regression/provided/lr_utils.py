"""What the notebook of this assignment imports for its images."""


def load_dataset():
    raise RuntimeError("the images are left out here: nothing is trained on them while a submission is graded")
