// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using AudioMesh.Clock;
using AudioMesh.Network.Interop;
using AudioMesh.Realtime;

namespace AudioMesh.Network.Sockets;

/// <summary>The body of a port's thread: wait until something came or Tick is due, hand over what came, and again.</summary>
internal sealed unsafe class UdpReceiveLoop(Socket[] sockets, IDatagramHandler handler, UdpPortCounters counters)
{
    private const long LongestWaitNs = 50_000_000;
    private const long ShortestTickNs = 50_000;
    private const long BusyNs = 20_000_000;
    private const long RestNs = 1_000_000;

    private readonly int[] _fds = [.. sockets.Select(socket => (int)socket.Handle)];
    private volatile bool _isStopping;
    private MeshTime _rested;

    /// <summary>Lets <see cref="Run"/> return within the longest wait.</summary>
    internal void Stop() => _isStopping = true;

    internal void Run()
    {
        using DatagramBatch batch = new();
        LibC.PollFd* polled = stackalloc LibC.PollFd[_fds.Length];
        for (int i = 0; i < _fds.Length; i++)
        {
            polled[i] = new LibC.PollFd { Fd = _fds[i], Events = LibC.POLLIN };
        }

        MeshTime due = _rested = MeshClock.Now;
        while (!_isStopping)
        {
            MeshTime now = MeshClock.Now;
            if (now >= due)
            {
                due = Tick(now);
            }

            Wait(polled, due);
            for (int i = 0; i < _fds.Length; i++)
            {
                if (polled[i].Revents != 0)
                {
                    Receive(batch, _fds[i]);
                }
            }
        }
    }

    /// <summary>
    /// Waits for a datagram, at most until <paramref name="due"/>. In a flood, where there is always one, it pauses now and then all the same: a realtime thread that never waits takes
    /// the processor from the audio, and Linux ends the process where rtkit granted the priority.
    /// </summary>
    private void Wait(LibC.PollFd* polled, MeshTime due)
    {
        MeshTime before = MeshClock.Now;
        if (before - _rested > BusyNs)
        {
            DeadlineTimer.WaitUntil(before.Add(RestNs));
            _rested = before = MeshClock.Now;
        }

        long wait = Math.Clamp(due - before, 0, LongestWaitNs);
        if (OperatingSystem.IsLinux())
        {
            LibC.TimeSpec timeout = new() { Nanoseconds = wait };
            _ = LibC.ppoll(polled, (nuint)_fds.Length, &timeout, null);
        }
        else
        {
            _ = LibC.poll(polled, (nuint)_fds.Length, (int)((wait + 999_999) / 1_000_000));
        }

        MeshTime after = MeshClock.Now;
        if (after - before > ShortestTickNs)
        {
            _rested = after;
        }
    }

    private void Receive(DatagramBatch batch, int fd)
    {
        int got = batch.Receive(fd);
        if (got < 0)
        {
            int error = LibC.LastError;
            if (error is not (LibC.EINTR or LibC.EAGAIN_LINUX or LibC.EAGAIN_MACOS))
            {
                counters.AddReceiveError(error);
            }
        }

        for (int i = 0; i < got; i++)
        {
            if (batch.IsWhole(i))
            {
                HandOver(batch, i);
            }
            else
            {
                counters.AddTruncated();
            }
        }
    }

    private void HandOver(DatagramBatch batch, int index)
    {
        MeshTime arrival = batch.Arrival(index, out bool isKernels);
        counters.AddReceived(isKernels);
        try
        {
            handler.Receive(batch.From(index), batch.Bytes(index), arrival);
        }
        catch (Exception e)
        {
            counters.AddFault(e);
        }
    }

    private MeshTime Tick(MeshTime now)
    {
        MeshTime next = now.Add(LongestWaitNs);
        try
        {
            next = handler.Tick(now);
        }
        catch (Exception e)
        {
            counters.AddFault(e);
        }

        return next > now.Add(ShortestTickNs) ? next : now.Add(ShortestTickNs);
    }
}
