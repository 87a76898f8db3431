// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Daemon.Hosting;

/// <summary>SIGTERM and SIGINT ask for an orderly end, the second of them for the end at once; SIGHUP for another look at the configuration.</summary>
internal sealed class Signals : IDisposable
{
    private const int TwinMs = 1000;

    private readonly PosixSignalRegistration[] _registrations;
    private readonly Action _end;
    private readonly Action _reload;
    private long _signalledAt;

    public Signals(Action end, Action reload)
    {
        _end = end;
        _reload = reload;
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, End),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, End),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, Reload),
        ];
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }

    // Programs that pass signals on send one to the process and one to its group.
    private void End(PosixSignalContext context)
    {
        long now = Environment.TickCount64;
        bool isFirst = Interlocked.CompareExchange(ref _signalledAt, now, 0) == 0;
        context.Cancel = isFirst || now - Interlocked.Read(ref _signalledAt) < TwinMs;
        _end();
    }

    private void Reload(PosixSignalContext context)
    {
        context.Cancel = true;
        _reload();
    }
}
