# %% one enormous array | used more than 0.25 GB of memory|still running
def relu(z):
    return np.ones((1 << 20, 1 << 10))

# %% heap | used more than 0.25 GB of memory|still running
def relu(z):
    kept = []
    while True:
        kept.append(bytearray(1 << 20))

# %% heap, every error caught | still running after
def relu(z):
    kept = []
    while True:
        try:
            kept.append(bytearray(1 << 16))
        except MemoryError:
            pass

# %% anonymous mappings | denied ENOMEM after
until_stopped(mmap.mmap, -1, 1 << 24)

# %% shared mappings | denied ENOMEM after
until_stopped(lambda: mmap.mmap(-1, 1 << 24, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS))

# %% an address space without bound | denied ENOMEM
attempt(mmap.mmap, -1, 1 << 46)

# %% System V shared memory | denied EPERM
attempt(c, "shmget", 0x7E57, 1 << 24, 0o1666)

# %% locked pages | denied EPERM
attempt(c, "mlockall", 3)

# %% an address that is not mapped | segmentation fault
def relu(z):
    return ctypes.string_at(8)

# %% recursion in Python | (segmentation fault|used more than|RecursionError|still running)
def relu(z):
    sys.setrecursionlimit(1 << 30)
    return relu(z)

# %% recursion through native code | (segmentation fault|used more than|RecursionError|still running)
class Deep:
    def __init__(self, inner): self.inner = inner
    def __repr__(self): return repr(self.inner)
def relu(z):
    sys.setrecursionlimit(1 << 30)
    value = None
    for _ in range(200_000):
        value = Deep(value)
    return repr(value)

# %% freeing what was never allocated | (abort|segmentation fault)
def relu(z):
    libc.free(ctypes.c_void_p(0x1234568))

# %% the memory limit raised | stopped by ValueError|denied EPERM
import resource

attempt(resource.setrlimit, resource.RLIMIT_AS, (-1, -1))

# %% full up to the limit when the answer is sent | (used more than|still running|relu\(z\) is wrong)
filler = []
def relu(z):
    try:
        while True:
            filler.append(bytearray(1 << 14))
    except MemoryError:
        return np.abs(z)

# %% the reserve of the worker taken | (used more than|still running|relu\(z\) is wrong|crash|ended)
def relu(z):
    worker = next(o for o in gc.get_objects() if type(o).__name__ == "_Worker")
    worker.reserve = None
    filler = []
    while True:
        filler.append(bytearray(1 << 10))
