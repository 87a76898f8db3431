// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Sockets;

namespace AudioMesh.Network.Tests.Simulation;

/// <summary>One machine of a <see cref="SimulatedMesh"/>: a clock, a socket with a handler behind it, and timers.</summary>
internal sealed class SimulatedHost
{
    private readonly RunningClock _clock;
    private readonly List<SimulatedTimer> _timers = [];
    private IDatagramHandler? _handler;
    private TickTimer? _tick;

    internal SimulatedHost(SimulatedMesh mesh, string name, int index, PeerAddress address, RunningClock clock)
    {
        Mesh = mesh;
        Name = name;
        Index = index;
        Address = address;
        _clock = clock;
        Port = new SimulatedPort(this);
    }

    public SimulatedMesh Mesh { get; }

    public string Name { get; }

    /// <summary>Counts the hosts in the order they were added.</summary>
    public int Index { get; }

    /// <summary>Where others reach it.</summary>
    public PeerAddress Address { get; private set; }

    /// <summary>Sends from here.</summary>
    public IDatagramPort Port { get; }

    /// <summary>What this host's monotonic clock shows.</summary>
    public MeshTime Now => new(_clock.At(Mesh.TrueTime.Nanoseconds));

    /// <summary>How much too fast this host's clock runs at the moment, parts per million.</summary>
    public double ClockPpm => _clock.Rate * 1e6;

    public bool IsSuspended { get; private set; }

    public bool IsAlive => _handler is not null;

    /// <summary>Datagrams that found nobody: the host was suspended, or nothing was bound.</summary>
    public long Unheard { get; private set; }

    /// <summary>
    /// Gives what arrives to <paramref name="handler"/>, in place of the one before, and ticks it at once, after each datagram, and when it wants to.
    /// </summary>
    public void Bind(IDatagramHandler handler)
    {
        _tick?.Dispose();
        _handler = handler;
        _tick = new TickTimer(this, handler);
        _tick.Tick();
    }

    /// <summary>Ticks the handler now.</summary>
    public void TickNow() => _tick?.Tick();

    /// <summary>Ends the process on this host: its handler and timers are gone. <see cref="Bind"/> starts another one.</summary>
    public void Kill()
    {
        _tick?.Dispose();
        _tick = null;
        _handler = null;
        foreach (SimulatedTimer timer in _timers)
        {
            timer.Dispose();
        }

        _timers.Clear();
    }

    /// <summary>Does <paramref name="action"/> once in each period of this host's clock, the first time after one period; until what it returns is disposed.</summary>
    public IDisposable Every(TimeSpan period, Action action) => Begin(new PeriodicTimer(this, period, action));

    /// <summary>
    /// Runs an audio device of <paramref name="framesPerSecond"/> in true time, whatever this host's clock shows. <paramref name="render"/> is told the first frame of each
    /// period, when all of it is over.
    /// </summary>
    public IDisposable RunDevice(int periodFrames, double framesPerSecond, Action<long> render) =>
        Begin(new DeviceTimer(this, periodFrames, framesPerSecond, render));

    /// <summary>Sets this host's clock forth or back.</summary>
    public void StepClock(TimeSpan by)
    {
        _clock.Step(Mesh.TrueTime.Nanoseconds, by.Ticks * 100);
        foreach (SimulatedTimer timer in Timers())
        {
            timer.Arm();
        }
    }

    /// <summary>Sleeps for <paramref name="length"/>, and wakes up by itself.</summary>
    public void Suspend(TimeSpan length, bool clockStops = true)
    {
        Suspend(clockStops);
        Mesh.In(length, Resume);
    }

    /// <summary>Sleeps: hears nothing, does nothing, and as on Linux and macOS its monotonic clock stands still, unless <paramref name="clockStops"/> is false.</summary>
    public void Suspend(bool clockStops = true)
    {
        IsSuspended = true;
        if (clockStops)
        {
            _clock.Stop(Mesh.TrueTime.Nanoseconds);
        }
    }

    /// <summary>Wakes up; what was due meanwhile is done now.</summary>
    public void Resume()
    {
        if (!IsSuspended)
        {
            return;
        }

        IsSuspended = false;
        _clock.Continue(Mesh.TrueTime.Nanoseconds);
        foreach (SimulatedTimer timer in Timers())
        {
            timer.Wake();
        }
    }

    /// <summary>Goes to another address, as a laptop that changes its network. What is on its way to the old one is not heard.</summary>
    public void Move(PeerAddress address)
    {
        Mesh.Rename(this, address);
        Address = address;
    }

    public void JoinGroup(PeerAddress group) => Mesh.Join(this, group);

    public void LeaveGroup(PeerAddress group) => Mesh.Leave(this, group);

    internal long TrueWhen(long hostNs) => _clock.WhenIs(hostNs, Mesh.TrueTime.Nanoseconds);

    internal bool Hear(in PeerAddress from, ReadOnlySpan<byte> datagram)
    {
        if (IsSuspended || _handler is null)
        {
            Unheard++;
            return false;
        }

        _handler.Receive(from, datagram, Now);
        _tick?.Tick();
        return true;
    }

    private SimulatedTimer Begin(SimulatedTimer timer)
    {
        _timers.Add(timer);
        timer.Arm();
        return timer;
    }

    private SimulatedTimer[] Timers() => _tick is null ? [.. _timers] : [.. _timers, _tick];
}
