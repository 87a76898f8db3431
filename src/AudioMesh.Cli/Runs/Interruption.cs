// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Cli.Runs;

/// <summary>Waits for Ctrl-C or SIGTERM. The first one asks for an orderly end; one a second later ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private const int TwinMs = 1000;

    private readonly TaskCompletionSource<PosixSignal> _signal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;
    private long _signalledAt;

    public Interruption() => _registrations =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
    ];

    /// <summary>Done when a signal came.</summary>
    public Task<PosixSignal> Signalled => _signal.Task;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }
    }

    // Programs that pass signals on, such as timeout(1), send one to the process and one to its group.
    private void Handle(PosixSignalContext context)
    {
        long now = Environment.TickCount64;
        bool isFirst = Interlocked.CompareExchange(ref _signalledAt, now, 0) == 0;
        context.Cancel = isFirst || now - Interlocked.Read(ref _signalledAt) < TwinMs;
        _signal.TrySetResult(context.Signal);
    }
}
