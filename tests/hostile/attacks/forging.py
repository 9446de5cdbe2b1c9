# %% numpy's comparisons patched | relu\(z\) is wrong
np.allclose = np.isclose = np.array_equal = lambda *_, **__: True
np.linalg.norm = lambda *_, **__: 0.0
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *_, **__: None

# %% built-ins patched | relu\(z\) is wrong
builtins.abs = builtins.max = builtins.min = builtins.sum = lambda *_, **__: 0
builtins.AssertionError = builtins.Exception

# %% an own grader among the modules | relu\(z\) is wrong
class Generous:
    def __getattr__(self, name): return Generous()
    def __call__(self, *_, **__): return True
for name in ("grader", "grader.checks", "grader.report", "reference", "assignments", "solution", "checks"):
    sys.modules[name] = Generous()

# %% json and struct patched | (sent bytes that are no reply|ended|relu\(z\))
json.dumps = lambda *_, **__: '[[0, ["value", [10.0, null]], 0, 0, []], []]'
struct.pack = lambda *_, **__: b"CEL1\x2c\0\0\0"

# %% os.write patched | (sent bytes that are no reply|still running|ended)
write = os.write
os.write = lambda descriptor, data: write(descriptor, bytes(len(data)))

# %% the encoder patched | relu\(z\)
encoding = sys.modules["_grader_cell.encoding"]
encoding._Encoder.array_node = lambda self, tag, array, obj: 1.0

# %% the worker's methods patched | relu\(z\)
worker = next(o for o in gc.get_objects() if type(o).__name__ == "_Worker")
worker.operations["call"] = lambda target, args, kwargs, seconds, keep, watch: [args[0], [] if watch else None]

# %% outcomes that claim success | sent bytes that are no reply
worker = next(o for o in gc.get_objects() if type(o).__name__ == "_Worker")
worker.failure = lambda error: ["passed"]
def relu(z):
    raise ValueError

# %% the comparison of the worker's own objects | relu\(z\)
worker = next(o for o in gc.get_objects() if type(o).__name__ == "_Worker")
worker.preloaded.update(expected=np.ones((5, 3)))

# %% a trace function that changes results | relu\(z\)
def trace(frame, event, argument):
    if event == "return" and frame.f_code.co_name == "relu":
        frame.f_locals["z"] = None
    return trace
sys.settrace(trace)

# %% a profiler in the worker's frames | relu\(z\)
found = []
def profile(frame, event, argument):
    if "score" in frame.f_locals or "expected" in frame.f_locals:
        print("ESCAPED:", frame.f_code.co_name)
sys.setprofile(profile)

# %% frames walked for what is expected | relu\(z\) is wrong
def relu(z):
    step = sys._getframe()
    while step is not None:
        for value in list(step.f_locals.values()):
            if isinstance(value, np.ndarray) and value is not z and value.shape == z.shape:
                return value
        step = step.f_back
    return np.abs(z)

# %% arrays in memory searched for what is expected | relu\(z\) is wrong
def relu(z):
    for candidate in gc.get_objects():
        if isinstance(candidate, (list, tuple, dict)):
            values = candidate.values() if isinstance(candidate, dict) else candidate
            for value in list(values):
                if type(value) is np.ndarray and value is not z and value.shape == z.shape and (value >= 0).all():
                    return value
    return np.abs(z)

# %% the input zeroed, so that the solution sees zeros | relu\(z\)
def relu(z):
    z[...] = 0
    return z

# %% the input returned, in the hope that it is shared | relu\(z\) is wrong
def relu(z):
    return z

# %% the network guessed from time | relu\(z\)
seen = []
def relu(z):
    seen.append((time.perf_counter(), z.shape))
    return np.abs(z) if len(seen) % 2 else z

# %% an object that converts itself anew each time | relu\(z\)
class Chameleon:
    def __array__(self, dtype=None, copy=None): return np.zeros((5, 3))
    def __float__(self): return 0.0
    def __eq__(self, other): return True
    def __le__(self, other): return True
    __lt__ = __ge__ = __gt__ = __le__
    def __len__(self): return 15
    shape = (5, 3)
def relu(z):
    return Chameleon()

# %% equal to everything | relu\(z\)
class Equal(np.ndarray):
    def __eq__(self, other): return np.True_
    def __ne__(self, other): return np.False_
    def __sub__(self, other): return np.zeros_like(other)
    __rsub__ = __sub__
    def __array_ufunc__(self, *_, **__): return np.zeros((5, 3))
def relu(z):
    return np.abs(z).view(Equal)

# %% an array that lies about its shape | relu\(z\)
class Liar(np.ndarray):
    shape = property(lambda self: (5, 3))
    dtype = property(lambda self: np.dtype("f8"))
    nbytes = size = itemsize = property(lambda self: 1)
    def tolist(self): return [[0.0] * 3] * 5
    def reshape(self, *_): return self
    def astype(self, *_, **__): return self
def relu(z):
    return np.zeros((100, 100)).view(Liar)

# %% an array of a type that lies about its class | relu\(z\)
class Pretender:
    __class__ = property(lambda self: np.ndarray)
    dtype, shape, ndim, size = np.dtype("f8"), (5, 3), 2, 15
def relu(z):
    return Pretender()

# %% a number that lies | loss\(y, t\)
class Number(float):
    def __float__(self): return 0.0
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __truediv__ = __sub__
    def __abs__(self): return 0.0
    def __hash__(self): return 0
def loss(y, t):
    return Number(1e9)

# %% an integer that lies | loss\(y, t\)
class Integer(int):
    def bit_length(self): return 1
    def __int__(self): return 0
    def __index__(self): return 0
def loss(y, t):
    return Integer(1 << 300)

# %% a text that lies | loss\(y, t\)
class Text(str):
    def __str__(self): return "0.5"
    def __eq__(self, other): return True
    def __hash__(self): return 0
def loss(y, t):
    return Text("five")

# %% a tuple that lies about its length | the output|could not be used|expected 2 values
class Pair(tuple):
    def __len__(self): return 2
    def __iter__(self): return iter((np.zeros((5, 3)), None))
    def __getitem__(self, index): return np.zeros((5, 3))
def forward(W, X):
    return Pair((1, 2, 3, 4))

# %% a list that grows while it is sent | relu\(z\)|result cannot be read
class Growing(list):
    def __iter__(self):
        while True:
            yield 0.0
    def __len__(self): return 0
def relu(z):
    return Growing([1.0])

# %% a dict that lies about its keys | dW|backward
class Keys(dict):
    def items(self): return [("W", 0)] * 10
    def keys(self): return ["W"]
    def __getitem__(self, key): return 0
def backward(W, cache, upstream):
    return Keys(other=1)

# %% an object that raises whatever is asked | relu\(z\)|raised
class Touchy:
    def __getattribute__(self, name): raise SystemExit(name)
    __repr__ = __str__ = __eq__ = __hash__ = __bool__ = lambda *_: sys.exit(1)
def relu(z):
    return Touchy()

# %% a result that cleans up with a bang | relu\(z\)|exit code
class Bomb:
    def __del__(self): os._exit(0)
def relu(z):
    Bomb()
    return np.abs(z)

# %% a result with instructions for unpickling | relu\(z\)
class Pickled:
    def __reduce__(self): return os.system, ("touch /tmp/escaped-pickle",)
def relu(z):
    return [Pickled(), np.array([Pickled()], dtype=object)]

# %% a class whose name is a terminal's command | relu\(z\)
def relu(z):
    return type("\x1b[2J\u202eevil\n\n<script>", (), {})()

# %% NaN everywhere | not finite
def relu(z): return np.full_like(z, np.nan)
def loss(y, t): return float("nan")
def backward(W, cache, upstream): return np.full_like(W, np.nan)

# %% infinities | not finite
def relu(z): return np.full_like(z, np.inf)
def loss(y, t): return float("-inf")
def backward(W, cache, upstream): return np.full_like(W, -np.inf)

# %% numbers at the edge of overflow | is wrong
def relu(z): return np.full_like(z, np.finfo(float).max)
def loss(y, t): return np.finfo(float).max
def backward(W, cache, upstream): return np.full_like(W, -np.finfo(float).max)

# %% denormal numbers | is wrong
def relu(z): return np.full_like(z, 5e-324)
def loss(y, t): return 5e-324
def backward(W, cache, upstream): return np.full_like(W, -5e-324)

# %% complex numbers with the right real part of nothing | relu\(z\) is wrong
def relu(z): return np.abs(z) + 1e6j
def loss(y, t): return 1e6j

# %% half precision, overflown | relu\(z\)
def relu(z): return np.full(z.shape, 60000, np.float16) * np.float16(2)

# %% integers without a sign | relu\(z\) is wrong
def relu(z): return np.full(z.shape, (1 << 64) - 1, np.uint64)

# %% an array of objects | relu\(z\)
def relu(z): return np.abs(z).astype(object)

# %% records, dates and texts | relu\(z\)
def relu(z):
    return [np.zeros(3, "f8,i4"), np.zeros(3, "M8[s]"), np.array(["a"]), np.void(b"12")]

# %% a masked array | relu\(z\)
def relu(z): return np.ma.masked_all_like(z)

# %% an array of 32 dimensions | relu\(z\)
def relu(z): return np.zeros((1,) * 32)

# %% a gigabyte by strides of zero | result cannot be read
def relu(z): return np.broadcast_to(0.0, (1 << 15, 1 << 15))

# %% exits and interrupts | SystemExit(.|\n)*KeyboardInterrupt(.|\n)*GeneratorExit
def relu(z): raise SystemExit(0)
def loss(y, t): raise KeyboardInterrupt
def forward(W, X): raise GeneratorExit

# %% the worker's own time limit raised | still running after
def relu(z): raise sys.modules["_grader_cell.worker"].TimeLimit

# %% the worker's own rejection raised | result cannot be read
def relu(z): raise sys.modules["_grader_cell.wire"].Unsendable("\x1b[2J" * 10_000)

# %% a message that raises | its __str__ raised
class Silent(Exception):
    def __str__(self): raise KeyboardInterrupt
def relu(z): raise Silent

# %% a message without end | raised
class Talkative(Exception):
    def __str__(self): return "x" * (1 << 24)
def relu(z): raise Talkative

# %% a message that takes for ever | still running after
class Slow(Exception):
    def __str__(self):
        while True:
            pass
def relu(z): raise Slow

# %% an error that is no instance of its class | ended: exit code 1|raised
class Shape(Exception):
    __class__ = property(lambda self: MemoryError)
    __traceback__ = property(lambda self: self)
def relu(z): raise Shape

# %% a chain of errors | raised
def relu(z):
    error = ValueError()
    for _ in range(20_000):
        error, error.__cause__ = ValueError(), error
    raise error

# %% code that says it is somewhere else | raised
def relu(z): raise ValueError("here")
relu.__code__ = relu.__code__.replace(co_filename="/etc/passwd", co_name="\x1b[31m", co_firstlineno=1 << 30)

# %% functions with signatures that lie | relu\(z\)
class Callable:
    __name__ = property(lambda self: 1 / 0)
    __signature__ = property(lambda self: 1 / 0)
    __wrapped__ = property(lambda self: self)
    def __call__(self, z): return np.abs(z)
relu = Callable()

# %% a namespace that changes when it is looked at | not defined|relu
class Names(dict):
    def __iter__(self): raise SystemExit
worker = next(o for o in gc.get_objects() if type(o).__name__ == "_Worker")
worker.namespace.values = Names()
