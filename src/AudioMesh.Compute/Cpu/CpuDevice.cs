// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.InteropServices;
using AudioMesh.Clock;

namespace AudioMesh.Compute.Cpu;

/// <summary>
/// Runs kernels in C# on the thread that submits: a run is done when <see cref="IComputeProgram.Submit"/> returns. There on every machine, never lost.
/// Its clock is mesh time.
/// </summary>
public sealed class CpuDevice : IComputeDevice
{
    private readonly CpuForm _form;

    /// <summary>Opens it.</summary>
    public CpuDevice(CpuForm form = CpuForm.Simd)
    {
        _form = form;
        string id = form == CpuForm.Simd ? "simd" : "oracle";
        string name = form == CpuForm.Simd ? $"C#, vectors of {Vector<byte>.Count * 8} bits" : "C#, scalar";
        Info = new(ComputeApi.Cpu, id, name, ComputeDeviceKind.Software, RuntimeInformation.FrameworkDescription, HasClock: true);
    }

    /// <inheritdoc/>
    public ComputeDeviceInfo Info { get; }

    /// <inheritdoc/>
    public bool IsLost => false;

    /// <inheritdoc/>
    public IComputeBuffer CreateBuffer(int lengthBytes) => new CpuBuffer(this, lengthBytes);

    /// <inheritdoc/>
    public IComputeProgram CreateProgram(ReadOnlySpan<KernelDispatch> dispatches)
    {
        CpuStep[] steps = new CpuStep[dispatches.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            DispatchCheck.Verify(dispatches[i], buffer => buffer is CpuBuffer own && own.Device == this);
            steps[i] = new(dispatches[i], _form);
        }

        return new CpuProgram(steps);
    }

    /// <inheritdoc/>
    public bool TrySampleClock(out GpuClockSample sample)
    {
        MeshTime now = MeshClock.Now;
        sample = new((ulong)now.Nanoseconds, ValidBits: 64, NsPerTick: 1, now, ErrorNs: 0);
        return true;
    }

    /// <summary>Does nothing: it holds nothing.</summary>
    public void Dispose()
    {
    }
}
