// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute;

/// <summary>Runs kernels. What it makes is disposed of before it. Members may be called from any thread; what they return is for one thread at a time.</summary>
public interface IComputeDevice : IDisposable
{
    /// <summary>What it is.</summary>
    ComputeDeviceInfo Info { get; }

    /// <summary>Whether it failed for good; everything made from it then throws <see cref="AudioErrorKind.DeviceLost"/>, and a new device has to be opened.</summary>
    bool IsLost { get; }

    /// <summary>Makes a buffer. Throws <see cref="AudioErrorKind.InvalidArgument"/> for a size below 1, <see cref="AudioErrorKind.LimitExceeded"/> where memory is out.</summary>
    IComputeBuffer CreateBuffer(int lengthBytes);

    /// <summary>
    /// Records dispatches that run in order, each seeing what the ones before it wrote. Throws <see cref="AudioErrorKind.InvalidArgument"/> where
    /// a kernel is given another number of buffers than it takes, or buffers of another device.
    /// </summary>
    IComputeProgram CreateProgram(ReadOnlySpan<KernelDispatch> dispatches);

    /// <summary>
    /// Reads the device's clock together with mesh time. False where it has none (<see cref="ComputeDeviceInfo.HasClock"/>) or could not just now.
    /// </summary>
    bool TrySampleClock(out GpuClockSample sample);
}
