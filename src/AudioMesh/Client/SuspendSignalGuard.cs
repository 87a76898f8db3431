// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Interop;

namespace AudioMesh;

/// <summary>
/// Restores, when disposed, the handler of the signal by which this process's runtime stops its threads. A NativeAOT library of
/// .NET 9 takes SIGRTMIN for itself when it starts; its handler then runs on the host's threads, where it can deadlock
/// (dotnet/runtime#121345). Linux only; elsewhere it does nothing.
/// </summary>
internal unsafe ref struct SuspendSignalGuard
{
    private readonly byte* _saved;
    private readonly int _signal;

    public SuspendSignalGuard()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        _signal = LibC.__libc_current_sigrtmin();
        _saved = (byte*)NativeMemory.AllocZeroed(LibC.SigactionBytes);
        LibC.sigaction(_signal, null, _saved);
    }

    public readonly void Dispose()
    {
        if (_saved != null)
        {
            LibC.sigaction(_signal, _saved, null);
            NativeMemory.Free(_saved);
        }
    }
}
