// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Cpu;

namespace AudioMesh.Compute.Tests.Rendering;

/// <summary>A GPU that a test can make slow, wrong or absent, run by run; opened again and again as devices of it are lost.</summary>
internal sealed class FaultyGpu
{
    private long _stalledUntil;
    private int _opened;
    private int _disposed;
    private volatile bool _isAbsent;
    private volatile bool _isFailing;

    /// <summary>Devices opened so far.</summary>
    public int Opened => Volatile.Read(ref _opened);

    /// <summary>Of these, given back.</summary>
    public int Disposed => Volatile.Read(ref _disposed);

    /// <summary>Gone: everything throws, and opening does.</summary>
    public bool IsAbsent
    {
        get => _isAbsent;
        set => _isAbsent = value;
    }

    /// <summary>Submitting fails with an error that is not one of a lost device.</summary>
    public bool IsFailing
    {
        get => _isFailing;
        set => _isFailing = value;
    }

    public bool IsStalled => Environment.TickCount64 < Volatile.Read(ref _stalledUntil);

    /// <summary>No run gets done before so many milliseconds are over.</summary>
    public void Stall(int milliseconds) => Volatile.Write(ref _stalledUntil, Environment.TickCount64 + milliseconds);

    public IComputeDevice Open()
    {
        if (IsAbsent)
        {
            throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, "No such GPU now.");
        }

        Interlocked.Increment(ref _opened);
        return new Device(this);
    }

    private sealed class Device(FaultyGpu gpu) : IComputeDevice
    {
        private readonly CpuDevice _cpu = new();
        private volatile bool _isLost;

        public ComputeDeviceInfo Info { get; } = new(ComputeApi.Vulkan, "faulty", "Faulty GPU", ComputeDeviceKind.Virtual, "", HasClock: false);

        public bool IsLost => _isLost |= gpu.IsAbsent;

        public IComputeBuffer CreateBuffer(int lengthBytes) => _cpu.CreateBuffer(lengthBytes);

        public IComputeProgram CreateProgram(ReadOnlySpan<KernelDispatch> dispatches) => new Program(this, gpu, _cpu.CreateProgram(dispatches));

        public bool TrySampleClock(out GpuClockSample sample)
        {
            sample = default;
            return false;
        }

        public void Dispose() => Interlocked.Increment(ref gpu._disposed);

        public void ThrowWhereLost()
        {
            if (IsLost)
            {
                throw new AudioMeshException(AudioErrorKind.DeviceLost, "The GPU is gone.");
            }
        }
    }

    private sealed class Program(Device device, FaultyGpu gpu, IComputeProgram inner) : IComputeProgram
    {
        public long Submit()
        {
            device.ThrowWhereLost();
            if (gpu.IsFailing)
            {
                throw new InvalidOperationException("The GPU does not feel like it.");
            }

            return inner.Submit();
        }

        public bool IsDone(long ticket)
        {
            device.ThrowWhereLost();
            return !gpu.IsStalled;
        }

        public bool Wait(long ticket, TimeSpan timeout)
        {
            long limit = Environment.TickCount64 + (long)Math.Ceiling(timeout.TotalMilliseconds);
            while (!IsDone(ticket))
            {
                if (Environment.TickCount64 >= limit)
                {
                    return false;
                }

                Thread.Sleep(1);
            }

            return true;
        }

        public void Dispose() => inner.Dispose();
    }
}
