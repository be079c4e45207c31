//! What strace wrote of a program's calls about the network. The check of packages reads it, too.

/// Sockets that stay within the machine, and the calls that go beyond it. The kernel's news of which networks there are
/// speaks of the internet, too, and is no connection.
pub fn sockets(calls: &str) -> (usize, Vec<&str>) {
    let local = calls.lines().filter(|call| call.contains("socket(AF_UNIX")).count();
    let beyond = |call: &&str| call.contains("socket(AF_INET") || call.contains("sa_family=AF_INET");
    (local, calls.lines().filter(beyond).collect())
}

#[test]
fn calls_that_leave_the_machine_are_seen() {
    for (trap, call, expected) in [
        ("the display", "9 socket(AF_UNIX, SOCK_STREAM|SOCK_CLOEXEC, 0) = 5", (1, 0)),
        ("news of the kernel's", "9 recvmsg(5, {{sa_family=AF_NETLINK}, [{rtm_family=AF_INET}]) = 60", (0, 0)),
        ("a socket that could", "9 socket(AF_INET6, SOCK_STREAM, IPPROTO_TCP) = 7", (0, 1)),
        ("a connection", "9 connect(7, {sa_family=AF_INET, sin_port=htons(443)}, 16) = 0", (0, 1)),
        ("a port", "9 bind(7, {sa_family=AF_INET6, sin6_port=htons(0)}, 28) = 0", (0, 1)),
        ("a pipe", "9 socketpair(AF_UNIX, SOCK_STREAM, 0, [3, 4]) = 0", (0, 0)),
    ] {
        let (local, others) = sockets(call);
        assert_eq!((local, others.len()), expected, "{trap}");
    }
}
