// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;
using BenchmarkDotNet.Attributes;

namespace AudioMesh.Benchmarks;

/// <summary>One period through a ring, in and out, both ends warm in the cache.</summary>
public class RingBenchmarks
{
    private const int Frames = 64;
    private float[] _samples = [];
    private FrameRing _ring = null!;

    [Params(2, 8)]
    public int Channels { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        _samples = Sound.Make(Frames * Channels);
        _ring = FrameRing.Create(new FrameRingOptions { CapacityFrames = 4096, Channels = Channels, Rate = 48000 });
    }

    [GlobalCleanup]
    public void CleanUp() => _ring.Dispose();

    [Benchmark]
    public void WriteAndRead()
    {
        _ring.Writer.Write(_samples, MeshTime.Unknown, FrameFlags.None);
        _ring.Reader.Read(_samples, out _);
    }

    [Benchmark]
    public unsafe void WriteAndReadPlanar()
    {
        _ring.Writer.Write(_samples, MeshTime.Unknown, FrameFlags.None);
        float** channels = stackalloc float*[Channels];
        fixed (float* start = _samples)
        {
            for (int i = 0; i < Channels; i++)
            {
                channels[i] = start + (i * Frames);
            }

            _ring.Reader.ReadPlanar(channels, Channels, 0, Frames, out _);
        }
    }
}
