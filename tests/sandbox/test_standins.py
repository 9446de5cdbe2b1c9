"""Missing modules: pictures may be anything, numbers may not."""

import pytest

from grader.sandbox import Cell, SubmissionRaised

PICTURES = """
import matplotlib
import matplotlib.pyplot as plt
from matplotlib import pyplot, cm
from mpl_toolkits.mplot3d import Axes3D
import seaborn as sns, PIL.Image, cv2
import numpy as np
matplotlib.use('Agg')
plt.rcParams['figure.figsize'] = (10.0, 8.0)
sns.set_style('white')
fig, axes = plt.subplots(2, 3, figsize=(8, 8))
_, one = pyplot.subplots()
_, row = plt.subplots(1, 4)
_, grid = plt.subplots(1, 1, squeeze=False)
shapes = [axes.shape, row.shape, grid.shape]
for ax in axes.flat:
    ax.plot([1, 2], label='x').set_color('red')
n, bins, patches = plt.hist([1, 2])
first, *rest = plt.plot([1], [2])
(line,) = one.plot([1])
ax3 = fig.add_subplot(111, projection='3d') + 1 - 2 * one
with plt.style.context('dark') as context:
    plt.imshow(np.zeros((2, 2)), cmap=cm.gray)
plt.show(); plt.clf()
if plt.isinteractive(): pass
"""


def test_a_notebook_full_of_pictures_runs(cell: Cell) -> None:
    assert cell.run(PICTURES, "plots.py", seconds=5).failure is None
    assert cell.imported_stand_ins == ("matplotlib", "mpl_toolkits", "seaborn", "PIL", "cv2")
    cell.run("def get(): return shapes", "get.py", seconds=5)
    assert cell.call("get").value == [(2, 3), (4,), (1, 1)]


@pytest.mark.parametrize("name", ["tqdm", "tqdm.notebook", "tqdm.auto", "tqdm.autonotebook"])
def test_progress_bars_pass_their_items_through(cell: Cell, name: str) -> None:
    source = f"""
from {name} import tqdm, trange
def total():
    bar = tqdm(range(4), desc='epochs')
    seen = []
    for i in bar:
        bar.set_description('x'); bar.update()
        seen.append(i)
    with tqdm(total=3) as other:
        other.update(1)
    return seen + list(trange(2)) + [len(bar)]
"""
    cell.run(source, "bar.py", seconds=5)
    assert cell.call("total").value == [0, 1, 2, 3, 0, 1, 4]


def test_an_import_that_has_another_way_fails(cell: Cell) -> None:
    source = """
try:
    import cupy as xp
except ImportError:
    import numpy as xp
try:
    import matplotlib.pyplot as plt
except ImportError:
    plt = None
def get():
    return [xp.__name__, float(xp.arange(3).sum()), plt is not None]
"""
    assert cell.run(source, "either.py", seconds=5).failure is None
    assert cell.call("get").value == ["numpy", 3.0, True]


def test_what_only_a_notebook_has_is_harmless(cell: Cell) -> None:
    source = """
from IPython.display import display as show, clear_output, HTML
from IPython import get_ipython as get
name = input('Your name? ')
display([1, 2]); show('x'); clear_output(wait=True); HTML('<b>')
get_ipython().run_line_magic('matplotlib', 'inline'); get().magic('x')
help(len)
from ipywidgets import interact
@interact(x=3)
def f(x): return x
"""
    assert cell.run(source, "nb.py", seconds=5).failure is None
    assert cell.output.stdout == "Your name? \n[1, 2]\n'x'\n"
    assert cell.call("f", [5]).value == 5


def test_decorators_and_bases_leave_the_submissions_own_code(cell: Cell) -> None:
    source = """
from numba import jit, njit
import torch.nn as nn, torch
from sklearn.datasets import load_digits
@jit
def f(x): return x + 1
@njit(parallel=True)
def g(x): return x + 2
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.k = 3
device = 'cuda' if torch.cuda.is_available() else 'cpu'
X, y = load_digits(return_X_y=True)
(a, b), (c, d) = torch.load('x')
def k(): return Net().k
"""
    assert cell.run(source, "d.py", seconds=5).failure is None
    assert (cell.call("f", [1]).value, cell.call("g", [1]).value, cell.call("k").value) == (2, 3, 3)
    assert cell.imported_stand_ins == ("numba", "torch", "sklearn")


@pytest.mark.parametrize(
    "use",
    [
        "x + 1", "1 - x", "x @ [1]", "-x", "x < 1", "x ** 2", "float(x)", "int(x)", "len(x)", "np.asarray(x)",
        "np.exp(x)", "np.zeros(3) + x", "[0][x]", "list(x)", "[v for v in x]", "sum(x)", "abs(x)", "round(x)",
    ],
)  # fmt: skip
def test_a_made_up_number_fails_loudly(cell: Cell, use: str) -> None:
    cell.run("import numpy as np, scikit_magic\nx = scikit_magic.load().data[0]", "m.py", seconds=5)
    failure = cell.run(use, "use.py", seconds=5).failure
    assert isinstance(failure, SubmissionRaised)
    assert "scikit_magic" in failure.message or "object" in failure.message


@pytest.mark.parametrize("use", ["float(plt.x())", "np.asarray(plt.imread('x.png'))", "np.exp(plt.gca())"])
def test_a_picture_is_no_number_either(cell: Cell, use: str) -> None:
    cell.run("import numpy as np\nimport matplotlib.pyplot as plt", "m.py", seconds=5)
    failure = cell.run(use, "use.py", seconds=5).failure
    assert isinstance(failure, SubmissionRaised)


@pytest.mark.parametrize("name", ["cPickle", "urllib2", "tkinter.nothing", "os.nothing", "numpy.nothing", "_secret"])
def test_the_standard_library_and_real_packages_are_not_stood_in_for(cell: Cell, name: str) -> None:
    failure = cell.run(f"import {name}", "m.py", seconds=5).failure
    assert isinstance(failure, SubmissionRaised)
    assert failure.type_name in ("ModuleNotFoundError", "ImportError")
    assert cell.imported_stand_ins == ()
