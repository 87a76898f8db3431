// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using AudioMesh.Compute.Metal.Interop;

namespace AudioMesh.Compute.Metal;

/// <summary>The runs of one program, one after the other. Metal tells on a thread of its own when one has ended.</summary>
internal sealed unsafe class MetalRun : IDisposable
{
    private readonly MetalFramework _metal;
    private readonly MetalHealth _health;

    // A monitor: what waits more cleverly allocates when it first has to wait.
    private readonly object _gate = new();
    private GCHandle _self;
    private long _begun;
    private long _done;
    private bool _disposed;

    public MetalRun(MetalFramework metal, MetalHealth health)
    {
        (_metal, _health) = (metal, health);
        _self = GCHandle.Alloc(this);
    }

    /// <summary>Whether a run has ended.</summary>
    public bool IsDone(long ticket) => ticket <= Volatile.Read(ref _done);

    /// <summary>Waits until none is under way; false when the time is over. A negative time has no end.</summary>
    public bool WaitUntilIdle(TimeSpan timeout)
    {
        long deadline = Environment.TickCount64 + (timeout < TimeSpan.Zero ? int.MaxValue : (long)Math.Min(timeout.TotalMilliseconds, int.MaxValue));
        lock (_gate)
        {
            while (!IsDone(_begun))
            {
                long left = deadline - Environment.TickCount64;
                if (left <= 0)
                {
                    return false;
                }

                Monitor.Wait(_gate, (int)left);
            }

            return true;
        }
    }

    /// <summary>Begins a run and returns its ticket; the command buffer must be committed next.</summary>
    public long Begin(nint commands)
    {
        CompletionBlock block = new(_metal.ObjC, &OnCompleted, GCHandle.ToIntPtr(_self));
        _metal.Commands.addCompletedHandler_(commands, &block);
        return ++_begun;
    }

    /// <summary>Lets go of this, or leaves that to the run that is under way.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (!_disposed && IsDone(_begun))
            {
                _self.Free();
            }

            _disposed = true;
        }
    }

    [UnmanagedCallersOnly]
    private static void OnCompleted(CompletionBlock* block, nint commands) => Unsafe.As<MetalRun>(GCHandle.FromIntPtr(block->Captured).Target!).Complete(commands);

    private void Complete(nint commands)
    {
        if (_metal.Commands.status(commands) == MetalFramework.MTLCommandBufferStatusError)
        {
            using AutoreleasePool pool = _metal.ObjC.OpenPool();
            _health.Lose(_metal.Foundation.Description(_metal.Commands.error(commands)));
        }

        lock (_gate)
        {
            Volatile.Write(ref _done, _begun);
            Monitor.PulseAll(_gate);
            if (_disposed)
            {
                _self.Free();
            }
        }
    }
}
