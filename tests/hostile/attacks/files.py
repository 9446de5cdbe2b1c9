# %% a new file | denied (EACCES|EROFS|ENOENT)
attempt(open, "/tmp/escaped-new", "w")

# %% new files everywhere | (denied (EACCES|EROFS|ENOENT|EPERM)\n){6}
for folder in (".", "/", "/tmp", "/var/tmp", "/dev/shm", os.path.dirname(np.__file__)):
    attempt(open, os.path.join(folder, "escaped-everywhere"), "w")

# %% a file without a name | denied
attempt(os.open, "/tmp", os.O_TMPFILE | os.O_RDWR)

# %% an existing file overwritten | denied (EACCES|ENOENT)
attempt(open, VICTIM, "w")

# %% an existing file appended to | denied (EACCES|ENOENT)
attempt(open, VICTIM, "a")

# %% an existing file cut off | denied (EPERM|EACCES|ENOENT)
attempt(os.truncate, VICTIM, 0)

# %% a file removed | denied EPERM
attempt(os.unlink, VICTIM)

# %% a file renamed | denied EPERM
attempt(os.rename, VICTIM, "/tmp/escaped-renamed")

# %% permissions changed | denied EPERM
attempt(os.chmod, VICTIM, 0o777)

# %% an owner changed | denied EPERM
attempt(os.chown, VICTIM, 0, 0)

# %% times changed | denied EPERM
attempt(os.utime, VICTIM)

# %% an attribute set | denied EPERM
attempt(os.setxattr, VICTIM, "user.escaped", b"1")

# %% a symbolic link | denied EPERM
attempt(os.symlink, VICTIM, "/tmp/escaped-link")

# %% a hard link | denied EPERM
attempt(os.link, VICTIM, "/tmp/escaped-hard-link")

# %% a folder | denied EPERM
attempt(os.mkdir, "/tmp/escaped-folder")

# %% a pipe with a name | denied EPERM
attempt(os.mkfifo, "/tmp/escaped-pipe")

# %% a device node | denied EPERM
attempt(os.mknod, "/tmp/escaped-device", 0o60666, os.makedev(8, 0))

# %% bytecode beside a module | denied
attempt(open, os.path.join(os.path.dirname(json.__file__), "__pycache__", "escaped-bytecode.pyc"), "wb")

# %% the worker's own source | denied
attempt(open, sys.modules["_grader_cell.worker"].__file__, "r+")

# %% the solution | denied (EACCES|ENOENT)
attempt(open, SECRETS["solution"])

# %% the checks | denied (EACCES|ENOENT)
attempt(open, SECRETS["checks"])

# %% the assignment's folder listed | denied (EACCES|ENOENT)
attempt(os.listdir, os.path.dirname(SECRETS["solution"]))

# %% another submission | denied (EACCES|ENOENT)
attempt(open, SECRETS["submission"])

# %% the test images' labels on disk | denied (EACCES|ENOENT)
attempt(open, SECRETS["labels"])

# %% a way round by parent folders | denied (EACCES|ENOENT)
attempt(open, os.path.dirname(os.__file__) + "/.." * 12 + SECRETS["solution"])

# %% a way round by the working folder | denied (EACCES|ENOENT|EPERM)
def relative():
    os.chdir(os.path.dirname(SECRETS["solution"]))
    return open("solution.py")
attempt(relative)

# %% a way round by /proc/self/root | denied (EACCES|ENOENT)
attempt(open, "/proc/self/root" + SECRETS["solution"])

# %% the grader imported | an empty StandInFinder
sys.path[:0] = [GRADER]
print("an empty", type(__import__("grader.grading").__loader__).__name__)

# %% the grader's own source | denied (EACCES|ENOENT)
attempt(open, GRADER + "/grader/grading.py")

# %% other installed packages | an empty StandInFinder
print("an empty", type(__import__("pydantic").__loader__).__name__)

# %% the environment | environment without secrets
print("ESCAPED:" if any("SECRET" in name for name in os.environ) else "environment without secrets")

# %% the environment at the start of the process | denied (EACCES|ENOENT)
attempt(open, "/proc/self/environ")

# %% the parent's environment | denied (EACCES|ENOENT)
attempt(open, f"/proc/{PARENT}/environ")

# %% the parent's memory | denied (EACCES|ENOENT)
attempt(open, f"/proc/{PARENT}/mem", "rb")

# %% its own memory by /proc | denied (EACCES|ENOENT)
attempt(open, "/proc/self/mem", "r+b")

# %% the list of processes | denied (EACCES|ENOENT)
attempt(os.listdir, "/proc")

# %% the programs of processes | denied (EACCES|ENOENT)
attempt(os.readlink, f"/proc/{PARENT}/exe")

# %% the descriptors of processes | denied (EACCES|ENOENT)
attempt(os.listdir, f"/proc/{PARENT}/fd")

# %% the machine by /sys | denied (EACCES|ENOENT)
attempt(os.listdir, "/sys/class/net")

# %% a kernel setting | denied (EACCES|ENOENT|EROFS)
attempt(open, "/proc/sys/kernel/core_pattern", "w")

# %% control groups | denied (EACCES|ENOENT|EROFS)
attempt(open, "/sys/fs/cgroup/cgroup.procs", "w")

# %% the list of users | denied (EACCES|ENOENT)
attempt(open, "/etc/passwd")

# %% the passwords | denied (EACCES|ENOENT)
attempt(open, "/etc/shadow")

# %% the root folder | denied EACCES
attempt(os.listdir, "/")

# %% home folders | denied (EACCES|ENOENT)
attempt(os.listdir, os.path.expanduser("~root"))

# %% temporary files of others | denied (EACCES|ENOENT)
attempt(os.listdir, "/tmp")

# %% physical memory | denied (EACCES|ENOENT)
attempt(open, "/dev/mem", "rb")

# %% disks | denied (EACCES|ENOENT)
attempt(os.listdir, "/dev")

# %% the terminal | denied (EACCES|ENOENT|ENXIO|EROFS)
attempt(open, "/dev/tty", "w")

# %% a file handle past the folders | denied EPERM
attempt(c, "name_to_handle_at", -100, VICTIM.encode(), None, None, 0)

# %% open with another call | denied EPERM
attempt(syscall, 437, -100, ctypes.addressof(ctypes.create_string_buffer(VICTIM.encode())), 0, 0)

# %% a copy of a file inside the kernel | denied EPERM
attempt(os.copy_file_range, 0, 1, 1)

# %% what the images' labels are | only images: \['X_test', 'X_train'\]
worker = next(o for o in gc.get_objects() if type(o).__name__ == "_Worker")
print("only images:", sorted(worker.preloaded))

# %% the grader's modules | of the grader: \[\]
print("of the grader:", [name for name in sys.modules if name.partition(".")[0] in ("grader", "reference", "assignments")])

# %% the grader's objects, by the garbage collector | of the grader: \[\]
print("of the grader:", sorted({type(o).__module__ for o in gc.get_objects() if type(o).__module__.startswith("grader")}))

# %% the grader's variables, by frames | variables: none of the grader's
step, names = sys._getframe(), []
while step is not None:
    names += [name for name in step.f_locals if name not in globals()]
    step = step.f_back
found = {"solution", "student", "check", "expected", "points", "score"}.intersection(names)
print("variables:", found or "none of the grader's")
