// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using AudioMesh.Clock;
using AudioMesh.Network.Interop;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Impairment;

/// <summary>Waits for the first of several sockets, or for an instant, whichever comes first and to the precision of the kernel's own timers.</summary>
internal sealed unsafe class SocketWait(int mostSockets)
{
    private const long Second = 1_000_000_000;
    private const long Millisecond = 1_000_000;

    private readonly LibC.PollFd[] _sockets = GC.AllocateArray<LibC.PollFd>(mostSockets, pinned: true);

    public void Set(int place, Socket? socket) =>
        _sockets[place] = new LibC.PollFd { Fd = socket is null ? -1 : (int)socket.Handle, Events = LibC.POLLIN };

    /// <summary>Whether the socket at <paramref name="place"/> had something, or an error, when the last wait ended.</summary>
    public bool IsReady(int place) => _sockets[place].Revents != 0;

    /// <summary>Returns when a socket is ready, at <paramref name="deadline"/>, or for a signal.</summary>
    public void Until(MeshTime deadline)
    {
        long left = Math.Max(0, deadline - MeshClock.Now);
        fixed (LibC.PollFd* sockets = _sockets)
        {
            int ready;
            if (OperatingSystem.IsLinux())
            {
                LibC.TimeSpec timeout = new() { Seconds = left / Second, Nanoseconds = left % Second };
                ready = LibC.ppoll(sockets, (nuint)_sockets.Length, &timeout, null);
            }
            else
            {
                ready = LibC.poll(sockets, (nuint)_sockets.Length, (int)(left / Millisecond));
                if (ready == 0 && left < Millisecond)
                {
                    DeadlineTimer.WaitUntil(deadline);
                }
            }

            if (ready < 0)
            {
                Forget();
            }
        }
    }

    private void Forget()
    {
        foreach (ref LibC.PollFd socket in _sockets.AsSpan())
        {
            socket.Revents = 0;
        }
    }
}
