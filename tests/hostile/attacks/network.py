# %% TCP | denied EPERM
attempt(socket.create_connection, ("127.0.0.1", PORT), 1)

# %% TCP over IPv6 | denied EPERM
attempt(socket.create_connection, ("::1", PORT), 1)

# %% UDP | denied EPERM
attempt(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"hello", ("127.0.0.1", PORT)))

# %% a server | denied EPERM
attempt(socket.create_server, ("127.0.0.1", 0))

# %% a local socket | denied EPERM
attempt(lambda: socket.socket(socket.AF_UNIX).connect(SECRETS["socket"]))

# %% an abstract local socket | denied EPERM
attempt(lambda: socket.socket(socket.AF_UNIX).connect(ABSTRACT))

# %% a pair of sockets | denied EPERM
attempt(socket.socketpair)

# %% netlink | denied EPERM
attempt(socket.socket, socket.AF_NETLINK, socket.SOCK_RAW, 0)

# %% raw IP | denied EPERM
attempt(socket.socket, socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)

# %% raw packets | denied EPERM
attempt(socket.socket, socket.AF_PACKET, socket.SOCK_RAW, 0x0300)

# %% a virtual machine's socket | denied EPERM
attempt(socket.socket, 40, socket.SOCK_STREAM, 0)

# %% the kernel's cryptography | denied EPERM
attempt(socket.socket, 38, socket.SOCK_SEQPACKET, 0)

# %% bluetooth | denied EPERM
attempt(socket.socket, 31, socket.SOCK_RAW, 1)

# %% every family of sockets | denied EPERM every time
codes = set()
for family in range(64):
    try:
        c("socket", family, 1, 0)
        print("ESCAPED:", family)
    except OSError as error:
        codes.add(error.errno)
print("denied", "EPERM every time" if codes == {errno.EPERM} else codes)

# %% a name looked up | (denied|stopped by gaierror)
attempt(socket.getaddrinfo, "localhost", 80)

# %% a web page | denied
import urllib.request

attempt(urllib.request.urlopen, f"http://127.0.0.1:{PORT}/")

# %% a socket by io_uring | denied EPERM
attempt(syscall, 425, 8, ctypes.addressof(ctypes.create_string_buffer(120)))
