# %% an endless loop | still running after 0.6 s
def relu(z):
    while True:
        pass

# %% an endless loop that catches everything | still running after 0.6 s, and did not stop|still running after 0.6 s
def relu(z):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass

# %% an endless loop in native code | still running after
def relu(z):
    return 10 ** 10**9

# %% asleep | still running after 0.6 s
def relu(z):
    time.sleep(1e6)

# %% asleep, signals blocked | still running after 0.6 s
def relu(z):
    signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
    while True:
        time.sleep(1000)

# %% asleep, the timer disarmed | still running after 0.6 s
def relu(z):
    signal.setitimer(signal.ITIMER_REAL, 0)
    time.sleep(1000)

# %% asleep, the handler replaced | still running after 0.6 s
def relu(z):
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    time.sleep(1000)

# %% the function that replaces handlers, replaced | still running after 0.6 s
signal.signal = lambda *_: None
def relu(z):
    time.sleep(1000)

# %% a lock that nobody opens | still running after 0.6 s
def relu(z):
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()

# %% almost the whole time in every call | the whole submission may take|relu\(z\)
def slowly(function):
    def called(*arguments):
        time.sleep(0.55)
        return function(*arguments)
    return called
relu, loss, forward, backward = map(slowly, (relu, loss, forward, backward))

# %% asleep while it is loaded | still running after
time.sleep(1000)

# %% a clock that stands still | still running after
time.perf_counter = time.process_time = time.monotonic = time.time = lambda: 0.0
def relu(z):
    while True:
        pass

# %% an expression that backtracks for ever | still running after
import re


def relu(z):
    re.match(r"(a|a)*$", "a" * 64 + "b")

# %% a constant for the compiler to fold | (still running|relu\(z\)|RecursionError)
def relu(z):
    exec("x = " + "-" * 3_000 + "1")
    return np.abs(z)

# %% garbage collection that takes for ever | (still running|relu\(z\))
gc.callbacks.append(lambda *_: time.sleep(0.2))

# %% an object that will not die | (still running after|relu\(z\))
class Lazarus:
    def __del__(self):
        survivors.append(self)
        time.sleep(10)
survivors = []
def relu(z):
    Lazarus()
    return np.abs(z)
