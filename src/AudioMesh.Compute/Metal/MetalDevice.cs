// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Metal.Interop;

namespace AudioMesh.Compute.Metal;

/// <summary>A GPU driven by Metal. Executed against fakes on Linux, never on macOS.</summary>
public sealed unsafe class MetalDevice : IComputeDevice
{
    private readonly MetalFramework _metal;
    private readonly nint _device;
    private readonly nint _queue;
    private readonly MetalHealth _health;
    private readonly MetalKernels _kernels;
    private readonly MetalClock _clock;
    private bool _disposed;

    private MetalDevice(MetalFramework metal, FoundDevice found)
    {
        (_metal, _device, _health) = (metal, found.Device, new(found.Info.Name));
        _queue = metal.Device.newCommandQueue(_device);
        if (_queue == 0)
        {
            throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, $"{found.Info.Name} gives no command queue.");
        }

        _kernels = new(metal, _device);
        _clock = new(metal, _device);
        Info = found.Info with { HasClock = _clock.IsThere };
        metal.ObjC.Retain(_device);
    }

    /// <inheritdoc/>
    public ComputeDeviceInfo Info { get; }

    /// <inheritdoc/>
    public bool IsLost => _health.IsLost;

    /// <summary>
    /// The devices of this machine, at least one, in the order in which one is chosen, with the system's frameworks or with the one library at
    /// <paramref name="libraryPath"/> that stands in for them. Throws <see cref="AudioErrorKind.LibraryMissing"/> without them, and
    /// <see cref="AudioErrorKind.DeviceUnavailable"/> where they show none.
    /// </summary>
    public static IReadOnlyList<ComputeDeviceInfo> Enumerate(string? libraryPath = null)
    {
        using FoundDevices found = new(MetalFramework.Load(libraryPath));
        return found.Devices.Count > 0
            ? [.. found.Devices.Select(device => device.Info)]
            : throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, "Metal shows no device.");
    }

    /// <summary>
    /// Opens a device by its id, or the first when none is given. Throws <see cref="AudioErrorKind.LibraryMissing"/>,
    /// <see cref="AudioErrorKind.NotFound"/>, <see cref="AudioErrorKind.DeviceUnavailable"/>.
    /// </summary>
    public static MetalDevice Open(string? id = null, string? libraryPath = null)
    {
        MetalFramework metal = MetalFramework.Load(libraryPath);
        using FoundDevices found = new(metal);
        foreach (FoundDevice device in found.Devices)
        {
            if (id is null || device.Info.Id == id)
            {
                return new(metal, device);
            }
        }

        throw new AudioMeshException(AudioErrorKind.NotFound, id is null ? "Metal shows no device." : $"Metal shows no device '{id}'.");
    }

    /// <inheritdoc/>
    public IComputeBuffer CreateBuffer(int lengthBytes)
    {
        ThrowIfUnusable();
        if (lengthBytes < 1)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"A buffer of {lengthBytes} bytes.") { Field = nameof(lengthBytes), Allowed = "1.." };
        }

        nint buffer = (nuint)lengthBytes > _metal.Device.maxBufferLength(_device)
            ? 0
            : _metal.Device.newBufferWithLength_options_(_device, (nuint)lengthBytes, MetalFramework.MTLResourceStorageModeShared);
        return buffer != 0
            ? new MetalBuffer(_metal, _health, buffer, lengthBytes)
            : throw new AudioMeshException(AudioErrorKind.LimitExceeded, $"{Info.Name} gives no buffer of {lengthBytes} bytes.");
    }

    /// <inheritdoc/>
    public IComputeProgram CreateProgram(ReadOnlySpan<KernelDispatch> dispatches)
    {
        ThrowIfUnusable();
        MetalStep[] steps = new MetalStep[dispatches.Length];
        for (int i = 0; i < steps.Length; i++)
        {
            KernelDispatch dispatch = dispatches[i];
            DispatchCheck.Verify(dispatch, buffer => buffer is MetalBuffer own && own.Health == _health && own.Handle != 0);
            nint[] buffers = [.. dispatch.Buffers.Select(buffer => ((MetalBuffer)buffer).Handle)];
            MTLSize groups = new(dispatch.GroupsX, dispatch.GroupsY, dispatch.GroupsZ);
            steps[i] = new(_kernels.PipelineOf(dispatch.Kernel), buffers, groups, MetalKernels.ThreadsOf(dispatch.Kernel));
        }

        return new MetalProgram(_metal, _health, _queue, steps);
    }

    /// <inheritdoc/>
    public bool TrySampleClock(out GpuClockSample sample)
    {
        sample = default;
        return !_disposed && !IsLost && _clock.TrySample(out sample);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _kernels.Dispose();
        _metal.ObjC.Release(_queue);
        _metal.ObjC.Release(_device);
    }

    private void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _health.ThrowIfLost();
    }
}
