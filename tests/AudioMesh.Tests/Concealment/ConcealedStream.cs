// SPDX-License-Identifier: MIT
using AudioMesh.Concealment;

namespace AudioMesh.Tests.Concealment;

/// <summary>Passes one channel through a concealer in blocks, training as soon as a model is due.</summary>
internal sealed class ConcealedStream(StreamConcealer concealer) : IDisposable
{
    public ConcealedStream(ConcealmentProfile profile = ConcealmentProfile.Default)
        : this(new StreamConcealer(new ConcealerOptions { Channels = 1, Rate = 48000, Profile = profile }))
    {
    }

    public StreamConcealer Concealer => concealer;

    public bool Trains { get; init; } = true;

    /// <summary>What is heard of <paramref name="samples"/> when the blocks that <paramref name="isLost"/> names do not come.</summary>
    public float[] Play(float[] samples, int block, Func<int, bool> isLost, int later = 0)
    {
        float[] heard = [.. samples];
        for (int i = 0; i < heard.Length / block; i++)
        {
            Span<float> here = heard.AsSpan(i * block, block);
            if (isLost(i))
            {
                here.Fill(float.NaN);
                Fill(here, samples.AsSpan((i + 1) * block, isLost(i + 1) ? 0 : later));
            }
            else
            {
                Receive(here);
            }
        }

        return heard;
    }

    public void Receive(Span<float> block)
    {
        concealer.Receive(block);
        Train();
    }

    public void Fill(Span<float> block, ReadOnlySpan<float> later = default)
    {
        concealer.Fill(block, later);
        Train();
    }

    public void Dispose() => concealer.Dispose();

    private void Train()
    {
        while (Trains && concealer.Work())
        {
        }
    }
}
