// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh;

/// <summary>The app's end of a ring it reads. One thread reads at a time.</summary>
public sealed class AppSink : MeshNode
{
    private readonly FrameRing _ring;

    internal AppSink(AudioMeshEngine engine, int id, FrameRing ring)
        : base(engine, id) => _ring = ring;

    /// <summary>Interleaved channels.</summary>
    public int Channels => _ring.Channels;

    /// <summary>Frames per second.</summary>
    public int Rate => _ring.Rate;

    /// <summary>Frames that can be read now.</summary>
    public int ReadableFrames => _ring.Reader.ReadableFrames;

    /// <summary>
    /// Copies up to as many interleaved frames as fit and returns how many; neither waits nor allocates.
    /// <paramref name="first"/> tells the mesh time at which the first leaves the device, and its flags.
    /// </summary>
    public int Read(Span<float> interleaved, out JamAudioFrame first) => _ring.Reader.Read(interleaved, out first);

    /// <summary>Fills all of <paramref name="interleaved"/>, waiting for sound.</summary>
    public async ValueTask ReadAsync(Memory<float> interleaved, CancellationToken cancellation = default)
    {
        while (true)
        {
            int read = Read(interleaved.Span, out _);
            interleaved = interleaved[(read * Channels)..];
            if (interleaved.Length < Channels)
            {
                return;
            }

            double ms = interleaved.Length / Channels * 500.0 / Rate;
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Clamp(ms, 1, 50)), cancellation).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override async Task RemoveAsync(CancellationToken cancellation = default)
    {
        await base.RemoveAsync(cancellation).ConfigureAwait(false);
        _ring.Dispose();
    }
}
