# %% what was inherited | inherited: \[0, 1, 2, 3, 4\]
def is_open(number):
    try:
        os.fstat(number)
    except OSError:
        return False
    return True
print("inherited:", [number for number in range(1024) if is_open(number)])

# %% duplicates without end | denied EMFILE after
until_stopped(os.dup, 0)

# %% open files without end | denied EMFILE after
until_stopped(os.open, "/dev/null", os.O_RDONLY)

# %% pipes | denied EPERM
attempt(os.pipe)

# %% an event counter | denied EPERM
attempt(c, "eventfd", 0, 0)

# %% epoll | denied EPERM
import select

attempt(select.epoll)

# %% a watch on files | denied EPERM
attempt(c, "inotify_init1", 0)

# %% signals as a file | denied EPERM
attempt(c, "signalfd", -1, None, 0)

# %% a timer as a file | denied EPERM
attempt(c, "timerfd_create", 1, 0)

# %% a larger pipe | denied EPERM
import fcntl

attempt(fcntl.fcntl, 1, 1031, 1 << 20)

# %% signals to others when a pipe has room | denied EPERM
import fcntl

attempt(fcntl.fcntl, REPLY, fcntl.F_SETOWN, PARENT)

# %% a lease on a library | denied EPERM
import fcntl

attempt(fcntl.fcntl, os.open(os.__file__, os.O_RDONLY), 1024, 0)

# %% input pushed into a terminal | denied EPERM
import fcntl

attempt(fcntl.ioctl, 0, 0x5412, b"x")

# %% entropy taken away | denied (EPERM|EACCES)
import fcntl

attempt(fcntl.ioctl, os.open("/dev/urandom", os.O_RDONLY), 0x5206)

# %% another process's descriptors | denied EPERM
attempt(syscall, 438, 0, 3, 0)

# %% bytes moved between pipes by the kernel | denied EPERM
attempt(c, "tee", REQUEST, REPLY, 1 << 16, 0)

# %% pages given to a pipe | denied EPERM
attempt(c, "vmsplice", REPLY, None, 0, 0)

# %% the limit on descriptors raised | stopped by ValueError|denied EPERM
import resource

attempt(resource.setrlimit, resource.RLIMIT_NOFILE, (4096, 4096))
