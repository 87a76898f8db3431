// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Control.Server;

/// <summary>Wakes a thread that polls: any thread signals, the poller clears and then looks what there is. Signals in between are one.</summary>
internal sealed unsafe class Wakeup : IDisposable
{
    private readonly Lock _gate = new();
    private readonly int _writeEnd;
    private bool _isSignalled;
    private bool _isDisposed;

    public Wakeup()
    {
        if (OperatingSystem.IsLinux())
        {
            Handle = _writeEnd = LibC.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK);
        }
        else
        {
            int* ends = stackalloc int[] { -1, -1 };
            LibC.pipe(ends);
            (Handle, _writeEnd) = (ends[0], ends[1]);
        }

        if (Handle < 0)
        {
            throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"No descriptor is left for another client: {LibC.ErrorText(LibC.LastError)}.");
        }
    }

    /// <summary>Readable while signalled.</summary>
    public int Handle { get; }

    public void Signal()
    {
        lock (_gate)
        {
            if (!_isSignalled && !_isDisposed)
            {
                _isSignalled = true;
                ulong one = 1;
                LibC.write(_writeEnd, &one, sizeof(ulong));
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            if (_isSignalled && !_isDisposed)
            {
                ulong count;
                LibC.read(Handle, &count, sizeof(ulong));
                _isSignalled = false;
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            LibC.close(Handle);
            if (_writeEnd != Handle)
            {
                LibC.close(_writeEnd);
            }
        }
    }
}
