// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Compute.Rendering;
using AudioMesh.Realtime;

namespace AudioMesh.Compute.Tests.Rendering;

/// <summary>Takes period after period of a <see cref="MarkedPatch"/> in real time, looks at every sample, and counts who made them.</summary>
internal sealed class Player : IDisposable
{
    public const int Frames = 128;

    private const int Rate = 48_000;

    public Player(Func<IComputeDevice> open)
    {
        Engine = new GpuRenderEngine(Options(open));
        Ring = Engine.CreateBuffer();
    }

    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(60);

    public GpuRenderEngine Engine { get; }

    public FrameRing Ring { get; }

    public long Begun { get; private set; }

    public long Taken { get; private set; }

    /// <summary>Of these, by the processor.</summary>
    public long FromCpu { get; private set; }

    public static GpuRenderOptions Options(Func<IComputeDevice> open) =>
        new() { Patch = new MarkedPatch(), OpenDevice = open, PeriodFrames = Frames, Rate = Rate };

    public void Dispose() => Engine.Dispose();

    /// <summary>The GPU renders again, and twenty periods came from it since.</summary>
    public Func<bool> IsOnGpuAgain()
    {
        long fromGpu = Taken - FromCpu;
        return () => Engine.State == GpuRenderState.Gpu && Taken - FromCpu > fromGpu + 20;
    }

    /// <summary>Plays until that is so, and then to the end of what is under way.</summary>
    public void PlayUntil(Func<bool> isOver)
    {
        long limit = Environment.TickCount64 + (long)Patience.TotalMilliseconds;
        while (!isOver())
        {
            Assert.That(Environment.TickCount64, Is.LessThan(limit), "It does not come to that.");
            PlayOne();
        }

        Assert.That(Engine.WaitFinished(Patience));
        TakeAll();
        Assert.That(Taken, Is.EqualTo(Begun));
    }

    public void PlayOne()
    {
        Begin(MeshClock.Now.Add(new FrameCount(4 * Frames).ToNanoseconds(Rate)));
        DeadlineTimer.WaitUntil(MeshClock.Now.Add(new FrameCount(Frames).ToNanoseconds(Rate)));
        TakeAll();
    }

    /// <summary>Begins a period, where there is room for one.</summary>
    public void Begin(MeshTime due)
    {
        Span<float> inputs = Engine.Inputs;
        if (inputs.IsEmpty)
        {
            return;
        }

        for (int i = 0; i < Frames; i++)
        {
            inputs[i] = Sample(Begun, i);
        }

        if (Engine.RenderToBuffer(Ring, due))
        {
            Begun++;
        }
    }

    private void TakeAll()
    {
        Span<float> samples = stackalloc float[Frames * 2];
        while (Ring.Reader.ReadableFrames >= Frames)
        {
            Ring.Reader.Read(samples, out _);
            for (int i = 0; i < Frames; i++)
            {
                if (samples[2 * i] != Sample(Taken, i))
                {
                    Assert.Fail($"Frame {i} of period {Taken} is {samples[2 * i]}.");
                }
            }

            FromCpu += samples[1] == 0 ? 1 : 0;
            Taken++;
        }
    }

    private static float Sample(long period, int frame) => ((period * Frames) + frame) & 0xFFFFF;
}
