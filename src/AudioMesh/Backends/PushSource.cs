// SPDX-License-Identifier: MIT
using System.Numerics;
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Backends;

/// <summary>Push mode: the ring between the thread that pushes and the device that pulls.</summary>
internal sealed unsafe class PushSource : IRenderCallback, IDisposable
{
    private const int DefaultDepthDivisor = 4;
    private const int MinCapacity = 16;
    private readonly DeviceStream _stream;
    private readonly FrameRing _ring;
    private readonly string _driver;
    private bool _flowing;
    private int _writing;
    private int _closed;

    /// <summary>Makes the ring; throws InvalidArgument for more channels than it holds.</summary>
    public PushSource(DeviceStream stream, StreamInfo info, int pushFrames)
    {
        _stream = stream;
        _driver = info.Driver;
        int depth = pushFrames == 0 ? Math.Max(info.Rate / DefaultDepthDivisor, 2 * info.PeriodFrames) : Math.Max(pushFrames, info.PeriodFrames);
        _ring = FrameRing.Create(new FrameRingOptions
        {
            CapacityFrames = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(depth, MinCapacity)),
            HighWatermarkFrames = depth,
            Channels = info.OutputChannels,
            Rate = info.Rate,
        });
    }

    /// <summary>Takes what fits and says how many frames that was; 0 once closed. One thread.</summary>
    public int Write(ReadOnlySpan<float> samples, int frames, MeshTime timestamp)
    {
        if (frames < 0 || (long)frames * _ring.Channels > samples.Length)
        {
            throw new AudioMeshException(
                AudioErrorKind.InvalidArgument,
                $"{_driver}: {samples.Length} samples do not hold {frames} frames of {_ring.Channels} channels.");
        }

        Interlocked.Exchange(ref _writing, 1);
        int taken = Volatile.Read(ref _closed) != 0
            ? 0
            : _ring.Writer.Write(samples[..(frames * _ring.Channels)], timestamp, FrameFlags.None);
        Volatile.Write(ref _writing, 0);
        return taken;
    }

    [RealtimeSafe]
    public void Render(in DeviceBlock block)
    {
        int taken = _ring.Reader.ReadPlanar(block.Outputs, block.OutputChannels, 0, block.Frames, out _);
        bool full = taken == block.Frames;
        if (_flowing && !full)
        {
            _ring.Reader.ReportUnderrun(block.Frames - taken);
            _stream.Raise(DeviceEventKind.PushUnderrun, block.Frames - taken);
        }

        _flowing = full;
    }

    /// <summary>Waits out a write that is under way. Control thread, once no block runs.</summary>
    public void Dispose()
    {
        Interlocked.Exchange(ref _closed, 1);
        while (Volatile.Read(ref _writing) != 0)
        {
            Thread.Sleep(1);
        }

        _ring.Dispose();
    }
}
