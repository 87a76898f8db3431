// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Kernels;

/// <summary>
/// One kernel with its buffers on one device, recorded: write the inputs, submit <see cref="Program"/>, wait, read the outputs. The spans that it
/// hands out are the device's memory: read and write them only while no run is under way. For one thread at a time.
/// </summary>
public abstract unsafe class KernelProgram : IDisposable
{
    /// <summary>Every device runs so many workgroups along x, y and z.</summary>
    private protected const int MostGroups = 65535;

    private readonly IComputeBuffer[] _buffers;

    private protected KernelProgram(IComputeDevice device, ComputeKernel kernel, ReadOnlySpan<long> bufferBytes, (int X, int Y, int Z) groups)
    {
        _buffers = new IComputeBuffer[bufferBytes.Length];
        try
        {
            for (int binding = 0; binding < _buffers.Length; binding++)
            {
                _buffers[binding] = device.CreateBuffer(Length(kernel, bufferBytes[binding]));
            }

            Dispatch = new(kernel, _buffers, groups.X, groups.Y, groups.Z);
            Program = device.CreateProgram([Dispatch]);
        }
        catch
        {
            DisposeBuffers();
            throw;
        }
    }

    /// <summary>The dispatch, to be recorded into a program with others.</summary>
    public KernelDispatch Dispatch { get; }

    /// <summary>The program of this dispatch alone.</summary>
    public IComputeProgram Program { get; }

    /// <summary>Frees the program and its buffers.</summary>
    public void Dispose()
    {
        Program.Dispose();
        DisposeBuffers();
        GC.SuppressFinalize(this);
    }

    private protected static int Size(int value, int least, int most, string name) => value >= least && value <= most
        ? value
        : throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{name} is {value}.") { Field = name, Allowed = $"{least}..{most}" };

    private protected static int Groups(int invocations, int groupSize) => (invocations + groupSize - 1) / groupSize;

    private protected Span<T> Buffer<T>(int binding)
        where T : unmanaged => new(_buffers[binding].Address, _buffers[binding].LengthBytes / sizeof(T));

    private protected ref T Parameters<T>()
        where T : unmanaged => ref *(T*)_buffers[0].Address;

    private static int Length(ComputeKernel kernel, long bytes) => bytes <= int.MaxValue
        ? (int)bytes
        : throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"{kernel.Name} would need a buffer of {bytes} bytes.") { Allowed = $"1..{int.MaxValue}" };

    private void DisposeBuffers()
    {
        foreach (IComputeBuffer? buffer in _buffers)
        {
            buffer?.Dispose();
        }
    }
}
