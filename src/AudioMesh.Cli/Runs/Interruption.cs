// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace AudioMesh.Cli.Runs;

/// <summary>Waits for Ctrl-C or SIGTERM. The first one asks for an orderly end; the second one ends the process at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly TaskCompletionSource<PosixSignal> _signal = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PosixSignalRegistration[] _registrations;

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

    private void Handle(PosixSignalContext context) => context.Cancel = _signal.TrySetResult(context.Signal);
}
