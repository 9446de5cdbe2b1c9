# %% garbage on the reply pipe | sent bytes that are no reply
def relu(z):
    os.write(REPLY, b"\0" * 100)
    time.sleep(10)

# %% garbage after the answer | sent bytes that are no reply
signal.signal(signal.SIGVTALRM, lambda *_: os.write(REPLY, b"garbage"))
def relu(z):
    signal.setitimer(signal.ITIMER_VIRTUAL, 1e-6)
    return np.abs(z)
def loss(y, t):
    return sum(range(1_000_000))

# %% answers to requests that are not yet made | sent bytes that are no reply
for number in range(8):
    os.write(REPLY, frame([number, ["value", 1.0], 0.0, 0.0, []]))

# %% the answer given by itself, and once more by the worker | relu\(z\) has shape (.|\n)*(sent bytes|closed the pipe)
def relu(z):
    reply(["value", [0.0, None]])
    return np.abs(z)

# %% the answer given by itself, and the end | exit code 0
def relu(z):
    reply(["value", [0.0, None]])
    os._exit(0)

# %% a success that no request asked for | sent bytes that are no reply
def relu(z):
    reply(["passed", 10.0])
    time.sleep(10)

# %% a report instead of a value | sent bytes that are no reply
def relu(z):
    os.write(REPLY, json.dumps({"status": "graded", "score": 10.0}).encode())
    time.sleep(10)

# %% a header of 4 GB | sent bytes that are no reply
def relu(z):
    os.write(REPLY, b"CEL1\xff\xff\xff\xff")
    time.sleep(10)

# %% a header of the full size, full of lists | sent bytes that are no reply
def relu(z):
    os.write(REPLY, frame(b"[" + b"[]," * 2_000_000 + b"[]]"))

# %% a header of as many lists as permitted | sent bytes that are no reply
def relu(z):
    view = memoryview(frame(b"[" + b"[]," * 399_000 + b"[]]"))
    while view:
        view = view[os.write(REPLY, view):]
    time.sleep(10)

# %% lists nested without end | sent bytes that are no reply
def relu(z):
    os.write(REPLY, frame(b"[" * 100_000 + b"]" * 100_000))
    time.sleep(10)

# %% objects with many keys | sent bytes that are no reply
def relu(z):
    os.write(REPLY, frame(b'[[{"a":1,"b":2}],[]]'))
    time.sleep(10)

# %% an integer of a million digits | sent bytes that are no reply
def relu(z):
    os.write(REPLY, frame(b"[[" + b"9" * 500_000 + b"],[]]"))
    time.sleep(10)

# %% constants that JSON lacks | sent bytes that are no reply
def relu(z):
    os.write(REPLY, frame(b"[[NaN, Infinity],[]]"))
    time.sleep(10)

# %% text in no encoding | sent bytes that are no reply
def relu(z):
    os.write(REPLY, frame(b'[["\xff\xfe"],[]]'))
    time.sleep(10)

# %% an array of a petabyte | sent bytes that are no reply
def relu(z):
    reply(["value", [{"a": 0}, None]], table=[["<f8", [1 << 47]]])
    time.sleep(10)

# %% arrays that are too large together | sent bytes that are no reply
def relu(z):
    reply(["value", [{"a": 0}, None]], table=[["<f8", [1 << 19]]] * 1000)
    time.sleep(10)

# %% a length that overflows | sent bytes that are no reply
def relu(z):
    reply(["value", [{"a": 0}, None]], table=[["<f8", [1 << 62, 1 << 62, 0]]])
    time.sleep(10)

# %% a negative length | sent bytes that are no reply
def relu(z):
    reply(["value", [{"a": 0}, None]], table=[["<f8", [-1]]])
    time.sleep(10)

# %% an array of objects | sent bytes that are no reply
def relu(z):
    reply(["value", [{"a": 0}, None]], table=[["|O", [4]]])
    time.sleep(10)

# %% a boolean that is 255 | sent bytes that are no reply
def relu(z):
    os.write(REPLY, frame([pending_request(), ["value", [{"a": 0}, None]], 0.0, 0.0, []], [["|b1", [1]]]) + b"\xff")
    time.sleep(10)

# %% one array a thousand times | sent bytes that are no reply
def relu(z):
    size = 1 << 19
    view = memoryview(frame([pending_request(), ["value", [[{"a": 0}] * 1_000, None]], 0.0, 0.0, []], [["<f8", [size]]]) + bytes(8 * size))
    while view:
        view = view[os.write(REPLY, view):]
    time.sleep(10)

# %% an array that is not there | sent bytes that are no reply
def relu(z):
    reply(["value", [{"a": 7}, None]])
    time.sleep(10)

# %% an empty array of millions of rows | relu\(z\) has shape
def relu(z):
    reply(["value", [{"a": 0}, None]], table=[["|u1", [1 << 23, 0]]])
    time.sleep(10)

# %% a frame that never ends | still running after
def relu(z):
    os.write(REPLY, b"CEL1\xff\xff\0\0")
    time.sleep(10)

# %% an array that drips | still running after
def relu(z):
    reply(["value", [{"a": 0}, None]], table=[["<f8", [1 << 16]]])
    while True:
        os.write(REPLY, b"\0")
        try:
            time.sleep(0.01)
        except BaseException:
            pass

# %% half a frame and the end | exit code 0
def relu(z):
    os.write(REPLY, b"CEL1\xff")
    os._exit(0)

# %% durations that are no numbers | sent bytes that are no reply
def relu(z):
    os.write(REPLY, frame([pending_request(), ["value", [0.0, None]], {"f": "nan"}, 0.0, []]))
    time.sleep(10)

# %% durations before the beginning | relu\(z\) has shape
def relu(z):
    reply(["value", [0.0, None]], seconds=-1e300, cpu=1e300)
    time.sleep(10)

# %% frames of nowhere in an error | raised
def relu(z):
    places = [["attack.py", line, "relu"] for line in (-(10**38), -1, 0, 1, 10**38)]
    reply(["raised", "ValueError", "x" * 4000, [*places, ["\x1b[2J/etc/passwd", 1, "<script>"]]])
    time.sleep(10)

# %% an error named with control characters | raised
def relu(z):
    reply(["raised", "\x1b]0;owned\x07\x1b[2J", "\u202e\ud800\0<script>alert(1)</script>", []])
    time.sleep(10)

# %% a handle that another cell might have | (could not be used|expected)
def relu(z):
    reply(["value", [{"h": [1 << 33, "cache"]}, None]])
    time.sleep(10)

# %% a cache that another cell might have | (could not be used|sent bytes)
def forward(W, X):
    reply(["value", [{"t": [[], {"h": [-1, "cache"]}]}, None]])
    time.sleep(10)

# %% names of stand-ins by the thousand | sent bytes that are no reply
def relu(z):
    reply(["value", [0.0, None]], stand_ins=["<b>"] * 10_000)
    time.sleep(10)

# %% names of stand-ins that are markup | relu\(z\) has shape
def relu(z):
    reply(["value", [0.0, None]], stand_ins=["<script>alert(1)</script>", "\x1b[2J\u202e", "\ud800", "x" * 5_000])
    time.sleep(10)

# %% refused only now | sent bytes that are no reply
def relu(z):
    reply(["refused", "the sandbox is broken, grade without it"])
    time.sleep(10)

# %% a lie about the names | cannot be called: the result cannot be read
worker = next(o for o in gc.get_objects() if type(o).__name__ == "_Worker")
worker.operations["names"] = lambda seconds: [["relu" * 100, "function", "function", "(" * 9_000, None, 10**38]] * 1000

# %% names by the hundred thousand | (sent bytes that are no reply|still running|elements outside arrays|texts)
worker = next(o for o in gc.get_objects() if type(o).__name__ == "_Worker")
worker.operations["names"] = lambda seconds: [["rlu%x" % n, "value", "", None, None, None] for n in range(140_000)]

# %% a kind of name that there is not | (sent bytes that are no reply|internal)
worker = next(o for o in gc.get_objects() if type(o).__name__ == "_Worker")
worker.operations["names"] = lambda seconds: [["relu", "oracle", "function", None, None, None]]

# %% a changed argument that there is not | sent bytes that are no reply
def relu(z):
    reply(["value", [0.0, [1 << 40]]])
    time.sleep(10)

# %% changed arguments that are none | sent bytes that are no reply
def relu(z):
    reply(["value", [0.0, "nothing"]])
    time.sleep(10)

# %% both pipes closed | closed the pipe|exit code
def relu(z):
    os.close(REQUEST)
    os.close(REPLY)

# %% the reply pipe closed, and no end | closed the pipe
def relu(z):
    os.close(REPLY)
    while True:
        try:
            time.sleep(1)
        except BaseException:
            pass

# %% answers sent to standard output | closed the pipe
def relu(z):
    os.dup2(1, REPLY)

# %% standard output sent to the reply pipe | sent bytes that are no reply
def relu(z):
    os.dup2(REPLY, 1)
    print("score: 10 of 10")

# %% requests read and not answered | relu\(z\) has shape(.|\n)*still running
def relu(z):
    reply(["value", [0.0, None]])
    while True:
        try:
            os.read(REQUEST, 1 << 20)
        except BaseException:
            pass

# %% requests never read | still running after
def relu(z):
    reply(["value", [0.0, None]])
    while True:
        try:
            time.sleep(1)
        except BaseException:
            pass

# %% the worker replaced, answering everything | relu\(z\)
def serve():
    while True:
        magic, length = struct.unpack("<4sI", os.read(REQUEST, 8))
        body, table = json.loads(os.read(REQUEST, length))
        arrays = [os.read(REQUEST, 8 * int(np.prod(shape))) for _, shape in table]
        outcome = ["value", [1.0, None]] if body[1] == "call" else ["value", None]
        os.write(REPLY, frame([body[0], outcome, 0.0, 0.0, []]))
def relu(z):
    reply(["value", [1.0, None]])
    serve()

# %% ended with a forged report on standard output | exit code 0
def relu(z):
    print(json.dumps({"score": 10, "tests": [{"score": 10, "max_score": 10}]}), flush=True)
    os._exit(0)

# %% ended while it is loaded, with a forged answer | sent bytes that are no reply|exit code 0
os.write(REPLY, frame([0, ["value", None], 0.0, 0.0, []]))
os._exit(0)
