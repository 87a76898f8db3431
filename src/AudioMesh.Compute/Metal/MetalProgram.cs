// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Metal.Interop;

namespace AudioMesh.Compute.Metal;

/// <summary>
/// Dispatches, encoded anew for every run because Metal's command buffers run only once. It owns what it uses together with those who made it, and
/// a run that is under way does too, so devices, buffers and programs may go at any time.
/// </summary>
internal sealed unsafe class MetalProgram : IComputeProgram
{
    private static readonly TimeSpan Busy = TimeSpan.FromSeconds(2);
    private readonly MetalFramework _metal;
    private readonly MetalHealth _health;
    private readonly nint _queue;
    private readonly MetalStep[] _steps;
    private readonly MetalRun _run;
    private bool _disposed;

    public MetalProgram(MetalFramework metal, MetalHealth health, nint queue, MetalStep[] steps)
    {
        (_metal, _health, _queue, _steps, _run) = (metal, health, queue, steps, new(metal, health));
        foreach (nint used in Used())
        {
            metal.ObjC.Retain(used);
        }
    }

    public long Submit()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _health.ThrowIfLost();
        if (!_run.WaitUntilIdle(Busy))
        {
            throw new AudioMeshException(AudioErrorKind.Timeout, $"Metal has not ended the run before for {Busy.TotalSeconds} s.");
        }

        _health.ThrowIfLost();
        using AutoreleasePool pool = _metal.ObjC.OpenPool();
        nint commands = _metal.Queue.commandBuffer(_queue);
        nint encoder = commands == 0 ? 0 : _metal.Commands.computeCommandEncoder(commands);
        if (encoder == 0)
        {
            _health.Lose("Metal gives no more command buffers.");
            _health.ThrowIfLost();
        }

        Encode(encoder);
        long ticket = _run.Begin(commands);
        _metal.Commands.commit(commands);
        return ticket;
    }

    public bool IsDone(long ticket)
    {
        _health.ThrowIfLost();
        return _run.IsDone(ticket);
    }

    public bool Wait(long ticket, TimeSpan timeout)
    {
        if (!IsDone(ticket))
        {
            _run.WaitUntilIdle(timeout);
        }

        return IsDone(ticket);
    }

    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _run.Dispose();
        foreach (nint used in Used())
        {
            _metal.ObjC.Release(used);
        }
    }

    private IEnumerable<nint> Used() => _steps.SelectMany(step => step.Buffers.Append(step.Pipeline)).Append(_queue);

    private void Encode(nint encoder)
    {
        foreach (ref readonly MetalStep step in _steps.AsSpan())
        {
            _metal.Encoder.setComputePipelineState_(encoder, step.Pipeline);
            for (int binding = 0; binding < step.Buffers.Length; binding++)
            {
                _metal.Encoder.setBuffer_offset_atIndex_(encoder, step.Buffers[binding], 0, (nuint)binding);
            }

            _metal.Encoder.dispatchThreadgroups_threadsPerThreadgroup_(encoder, step.Groups, step.Threads);
        }

        _metal.Encoder.endEncoding(encoder);
    }
}
