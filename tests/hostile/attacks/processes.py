# %% fork | denied EPERM
attempt(os.fork)

# %% fork in every call | denied EPERM
def relu(z):
    attempt(os.fork)
    return np.abs(z)

# %% a thousand forks | denied EPERM(.|\n)*denied EPERM
for _ in range(1000):
    attempt(os.fork)

# %% vfork | denied EPERM
attempt(c, "vfork")

# %% clone, past the C library | denied EPERM
attempt(syscall, (56, 220), signal.SIGCHLD, 0, 0, 0, 0)

# %% clone3 | denied ENOSYS
attempt(syscall, 435, 0, 88)

# %% a thread | stopped by RuntimeError
attempt(threading.Thread(target=print).start)

# %% threads without end | stopped by (RuntimeError|error) after 0
import _thread

until_stopped(_thread.start_new_thread, time.sleep, (1000,))

# %% a thread of the C library | stopped by OSError|denied (EPERM|EAGAIN)
def start():
    thread = ctypes.c_ulong()
    if code := libc.pthread_create(ctypes.byref(thread), None, ctypes.cast(libc.pause, ctypes.c_void_p), None):
        raise OSError(code, "pthread_create")
attempt(start)

# %% a shell | denied EPERM
attempt(subprocess.run, ["/bin/sh", "-c", "id"])

# %% posix_spawn | denied EPERM
attempt(os.posix_spawn, "/bin/true", ["true"], {})

# %% a pool of workers | denied|stopped by
import multiprocessing

attempt(multiprocessing.Pool, 2)

# %% a process on a new terminal | denied|stopped by
import pty

attempt(pty.spawn, ["/bin/true"])

# %% exec | denied EPERM
attempt(os.execv, "/bin/true", ["true"])

# %% exec by ctypes | denied EPERM
attempt(c, "execve", b"/bin/true", None, None)

# %% execveat of an open file | denied EPERM
attempt(syscall, (322, 281), os.open(sys.executable, os.O_RDONLY), ctypes.addressof(ctypes.create_string_buffer(b"")), 0, 0, 0x1000)

# %% exec out of anonymous memory | denied EPERM
attempt(os.memfd_create, "program")

# %% exec in machine code [x86_64] | denied EPERM
def execve():  # mov eax, 59; xor edi, edi; xor esi, esi; xor edx, edx; syscall; ret
    result = run_machine_code(b"\xb8\x3b\0\0\0\x31\xff\x31\xf6\x31\xd2\x0f\x05\xc3")
    raise OSError(-result, "execve")
attempt(execve)

# %% a 32-bit system call in machine code [x86_64] | system call of a foreign architecture
def relu(z):  # mov eax, 20 (getpid); int 0x80; ret
    return run_machine_code(b"\xb8\x14\0\0\0\xcd\x80\xc3")

# %% a call of the x32 interface [x86_64] | denied EPERM
attempt(syscall, 0x40000000 | 39)

# %% machine code that is made executable later | denied EPERM
memory = mmap.mmap(-1, mmap.PAGESIZE)
address = ctypes.addressof(ctypes.c_char.from_buffer(memory))
if libc.mprotect(ctypes.c_void_p(address), mmap.PAGESIZE, 7) == 0:  # harmless: the filter holds for machine code too
    attempt(os.fork)

# %% an own session | denied EPERM
attempt(os.setsid)

# %% a process that stays behind | denied EPERM
def relu(z):
    attempt(os.fork)
    attempt(os.setsid)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    return np.abs(z)

# %% a timer that goes off after the answer | relu\(z\) is wrong
signal.signal(signal.SIGVTALRM, lambda *_: attempt(os.fork))
signal.setitimer(signal.ITIMER_VIRTUAL, 0.001, 0.001)
