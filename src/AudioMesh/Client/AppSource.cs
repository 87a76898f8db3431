// SPDX-License-Identifier: MIT
using System.Text.Json;
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh;

/// <summary>The app's end of a ring it writes. One thread writes at a time.</summary>
public sealed class AppSource : MeshNode
{
    private readonly FrameRing _ring;

    internal AppSource(AudioMeshEngine engine, int id, FrameRing ring, int depthFrames)
        : base(engine, id)
    {
        _ring = ring;
        DepthFrames = depthFrames;
    }

    /// <summary>Interleaved channels.</summary>
    public int Channels => _ring.Channels;

    /// <summary>Frames per second.</summary>
    public int Rate => _ring.Rate;

    /// <summary>Frames the ring is kept filled to.</summary>
    public int DepthFrames { get; }

    /// <summary>Frames in the ring now.</summary>
    public int FillFrames => _ring.Writer.FillFrames;

    /// <summary>Frames that fit before the depth is reached, or the ring's end where the app's clock is followed.</summary>
    public int WritableFrames => _ring.Writer.WritableFrames;

    /// <summary>Copies as many interleaved frames as fit and returns how many; neither waits nor allocates.</summary>
    public int Write(ReadOnlySpan<float> interleaved) => Write(interleaved, MeshTime.Unknown);

    /// <summary>The same, with the mesh time of the first frame.</summary>
    public int Write(ReadOnlySpan<float> interleaved, MeshTime timestamp)
    {
        FrameRingWriter writer = _ring.Writer;

        // Tells the engine how long this runtime has been stopped in all, so that it can say what made a gap.
        writer.ReportPauseTotal(GC.GetTotalPauseDuration().Ticks * TimeSpan.NanosecondsPerTick);
        int frames = Math.Min(interleaved.Length / Channels, writer.WritableFrames);
        return frames == 0 ? 0 : writer.Write(interleaved[..(frames * Channels)], timestamp, FrameFlags.None);
    }

    /// <summary>Writes all of it, waiting for room.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<float> interleaved, CancellationToken cancellation = default)
    {
        while (true)
        {
            int written = Write(interleaved.Span);
            interleaved = interleaved[(written * Channels)..];
            if (interleaved.Length < Channels)
            {
                return;
            }

            await Task.Delay(WaitFor(interleaved.Length / Channels), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Says that no more comes; the engine plays what is in the ring and reports the end.</summary>
    public void Complete() => _ring.Writer.Complete();

    /// <summary>Completes and waits until the ring is played; the engine must be playing.</summary>
    public async Task DrainAsync(CancellationToken cancellation = default)
    {
        Complete();
        while (FillFrames > 0)
        {
            await Task.Delay(WaitFor(FillFrames), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>How long a sample takes from here to the device, in frames, hop by hop: <c>ring</c>, the types of nodes that delay, <c>period</c>, <c>device</c>.</summary>
    public async Task<IReadOnlyList<(string Hop, long Frames)>> GetLatencyAsync(CancellationToken cancellation = default)
    {
        using JsonDocument reply = await Engine.AskAsync("latency", json => json.WriteNumber("id", Id), cancellation).ConfigureAwait(false);
        return
        [
            .. reply.RootElement.GetProperty("hops").EnumerateArray()
                .Select(hop => (hop.GetProperty("hop").GetString()!, hop.GetProperty("frames").GetInt64())),
        ];
    }

    /// <inheritdoc/>
    public override async Task RemoveAsync(CancellationToken cancellation = default)
    {
        await base.RemoveAsync(cancellation).ConfigureAwait(false);
        _ring.Dispose();
    }

    // Half of what the rest takes to be played, so that the ring stays near its depth; at most a quarter of the depth.
    private TimeSpan WaitFor(int frames)
    {
        double ms = Math.Min(frames, DepthFrames / 2) * 500.0 / Rate;
        return TimeSpan.FromMilliseconds(Math.Max(1, ms));
    }
}
