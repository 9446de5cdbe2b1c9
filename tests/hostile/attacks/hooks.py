# %% at exit | relu\(z\) is wrong
import atexit

atexit.register(attempt, os.fork)

# %% an import hook | relu\(z\) is wrong
class Finder:
    def find_spec(self, name, path, target=None):
        raise SystemExit(name)
sys.meta_path.insert(0, Finder())
sys.path_hooks.insert(0, Finder)
sys.path_importer_cache.clear()

# %% modules taken away | (relu\(z\) is wrong|ended|sent bytes)
for name in list(sys.modules):
    if not name.startswith("encodings"):
        del sys.modules[name]

# %% an own codec for UTF-8 | (relu\(z\) is wrong|ended|sent bytes)
import codecs

codecs.register(lambda name: codecs.CodecInfo(lambda *_: (b"", 0), lambda *_: ("", 0), name=name))

# %% exceptions that nobody catches | relu\(z\) is wrong
sys.excepthook = sys.unraisablehook = lambda *_: os._exit(0)

# %% a finalizer at the end of the process | relu\(z\) is wrong
import weakref

weakref.finalize(np, attempt, os.fork)

# %% the garbage collector's callbacks | relu\(z\) is wrong
gc.callbacks.append(lambda phase, info: gc.get_objects())

# %% the allocator set to zero | (relu\(z\) is wrong|ended|segmentation fault|abort)
libc.mallopt(-8, 1)
libc.malloc_trim(0)

# %% the interpreter's own lists cleared | (relu\(z\)|ended|segmentation fault)
builtins.__dict__.pop("len")
builtins.__dict__.pop("memoryview")

# %% the C library's errors everywhere | relu\(z\) is wrong
ctypes.set_errno(errno.EPERM)
signal.set_wakeup_fd(-1)

# %% an audit hook that raises | (relu\(z\)|raised|ended|sent bytes)
def refuse(event, arguments):
    raise SystemExit(event)
sys.addaudithook(refuse)

# %% reference counts spoiled | (relu\(z\)|ended|segmentation fault|abort)
ctypes.c_long.from_address(id(np.float64)).value = 1
def relu(z):
    return np.abs(z).astype(np.float64)

# %% None and True exchanged in memory | (relu\(z\)|still running|ended|segmentation fault|abort|sent bytes|closed)
def relu(z):
    size = object.__sizeof__(1)
    ctypes.memmove(id(0), id(1), size)
    return z

# %% a small integer with another value, in the worker too | (relu\(z\)|ended|sent bytes|segmentation fault|still running)
ctypes.memmove(id(4) + 24, id(5) + 24, 4)
