# %% standard output without end | still running after
def relu(z):
    while True:
        print("x" * 10_000)

# %% standard error without end, by the system call | still running after
def relu(z):
    while True:
        os.write(2, b"x" * 65_536)

# %% one enormous line | truncated output
def relu(z):
    print("x" * (1 << 24))
    return np.abs(z)

# %% control characters | relu\(z\) is wrong
print("\x1b[2J\x1b]0;owned\x07\x9b31m\u202e\0\b\b\r<script>alert(1)</script>")

# %% bytes in no encoding | relu\(z\) is wrong
os.write(1, bytes(range(256)))

# %% the streams replaced | relu\(z\) is wrong
class Stream:
    def __getattr__(self, name): raise SystemExit
sys.stdout = sys.stderr = Stream()

# %% the streams closed | relu\(z\) is wrong
os.close(1)
os.close(2)

# %% an array beyond the limit | result cannot be read
def relu(z):
    return np.zeros(2 << 20)

# %% a text beyond the limit | result cannot be read
def relu(z):
    return "x" * (9 << 20)

# %% a number of a million digits | relu\(z\)
def relu(z):
    return 1 << (1 << 22)

# %% a hundred thousand arrays | result cannot be read|still running
def relu(z):
    return [np.zeros(1)] * 100_000

# %% lists within lists | result cannot be read
def relu(z):
    value = []
    for _ in range(100_000):
        value = [value]
    return value

# %% a list that holds itself | result cannot be read
def relu(z):
    value = []
    value.append(value)
    return value

# %% a dict of a million entries | result cannot be read|still running
def relu(z):
    return dict.fromkeys(range(1_000_001), 0)

# %% objects without end | objects are kept in the cell
def relu(z):
    return [object() for _ in range(20_000)]

# %% an empty array of millions of rows | relu\(z\) has shape
def relu(z):
    return np.zeros((1 << 23, 0), np.uint8)

# %% an error message with a megabyte | raised
def relu(z):
    raise ValueError("\x1b[2J\n" * 1_000_000)

# %% lone surrogates | relu\(z\)
def relu(z):
    return ["\ud800", {"\udfff": "\ud800"}]

# %% a thousand names | relu\(z\) is wrong
for number in range(100_000):
    globals()[f"name_{number}"] = number

# %% names that are no names | relu\(z\) is wrong
globals().update({"\x1b[2J\u202e": relu, "": relu, 1: relu, "x" * 100_000: relu, "\ud800": relu})

# %% one long text among many short ones | relu\(z\)
def relu(z):
    return ["x" * 4_000_000, *[""] * 400]
